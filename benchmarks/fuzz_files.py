"""Malformed files: real ones, damaged in a way that a seed reproduces."""

import io
import random
import zipfile
from pathlib import Path

from . import hostile_files

ADDON = Path(__file__).parents[1] / "addons" / "client_extension"
FIXTURES = ADDON / "tests" / "fixtures"
LARGEST = 1 << 16
#: fragments of odd files
TOKENS = (
    *"\";,\t|='+-@\r\n\0",
    *("\r\n", '""', '";"', "'=", "=1+1", "sep=;\n", "\n\n\n", ";;;;", " \u00a0 "),
    *("\ufeff", "\u200b", "\u2028", "\u0085", "\x0b", "\x0c", "\x1a", "\u0130", "ß"),
    *("e\u0301", "é", "\u202e", "\ud83d\ude00".encode("utf-16", "surrogatepass")),
    *("reference", "name", "email", "country", "state", "category", "active", "type"),
    *("line", "error", "Additional: name", "number", "integer", "date", "yesno"),
    *("id", "__proto__", "user_ids/login", "%s", "%(value)s", "{0}", "NULL", "nan"),
    *("inf", "1e999", "1E5", "9" * 400, "1_000", "\uff12", "0x10", "2024-02-30", "٣"),
    *("<script>", "&amp;", "<row>", "<c>", "<v>", "</v>", "]]>", "<!--", "<?x?>"),
    *('r="0"', 'r="-1"', 'r="99999999999"', 't="s"', 't="e"', "_x0000_", "_xD800_"),
    *('table:number-rows-repeated="1000000"', "\x7f", "\x80", "\xff", "a" * 70_000),
)
BYTES = tuple(t if isinstance(t, bytes) else t.encode("utf-8") for t in TOKENS)
KINDS = ("reference", "name", "email", "active", "country", "state", "category")
LABELS = ("number", "integer", "date", "yesno", "choice", "Additional: x", "id", "")
GOOD = {
    "reference": ("1", "2", "3", "004", "x", "1E5", "%", "NULL"),
    "name": ("Zoë", "A & B", "O'Neil", "'s-Gravenhage"),
    "email": ("a@b.co", "a@b.co; c@d.eu"),
    "active": ("1", "non"),
    "country": ("BE", "fr"),
    "state": ("Liège",),
    "category": ("vip", "new; vip"),
    "number": ("1,5", "-2", "1e3", "nan", "1_0", "1e999"),
    "integer": ("12", "1 000", "9" * 30),
    "date": ("2024-02-29", "1/2/2024", "29.02.2023"),
    "yesno": ("ja", "0"),
    "choice": ("a", "b"),
}
CELLS = ("1", "01", "Zoë", "a@b.co", "be", "liege", "vip; new", "=", "x y", "", "x\ny")


def corpus() -> list[bytes]:
    """Return the small odd files of the tests, and those made to do harm."""
    paths = [path for path in sorted(FIXTURES.rglob("*")) if path.is_file()]
    files = [path.read_bytes() for path in paths if path.suffix != ".json"]
    files += [hostile_files.FILES[name]() for name in hostile_files.SEEDS]
    return [data for data in files if len(data) <= LARGEST]


def make(rng: random.Random, files: list[bytes]) -> bytes:
    """Return a test file or a generated table, damaged several times."""
    data = rng.choice(files) if rng.random() < 0.5 else table(rng)
    for _ in range(rng.choice((0, 1, 1, 2, 3, 8))):
        inside = data.startswith(b"PK") and rng.random() < 0.8
        data = break_part(rng, data) if inside else break_one(rng, data, files)
    return data


def table(rng: random.Random) -> bytes:
    """Return a CSV file of some rows, in some encoding."""
    width = rng.randint(1, 9)
    separator = rng.choice(";;;,,\t|")
    header = ["reference", *rng.sample((*KINDS, *LABELS), k=width)]
    rng.shuffle(header)
    rows = [[cell(rng, name) for name in header] for _ in range(rng.randint(0, 12))]
    end = rng.choice(("\r\n", "\n", "\r"))
    text = end.join(separator.join(row) for row in (header, *rows))
    encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
    return text.encode(encoding, "replace")


def cell(rng: random.Random, name: str) -> str:
    """Return a cell that may be fine, with or without quotes."""
    if rng.random() < 0.8 and (good := GOOD.get(name)):
        return rng.choice(good)
    text = rng.choice(CELLS) if rng.random() < 0.8 else ""
    if not text or rng.random() < 0.2:
        text += rng.choice(BYTES[:-1]).decode("utf-8", "replace")
    return '"' + text.replace('"', '""') + '"' if rng.random() < 0.3 else text


def break_one(rng: random.Random, data: bytes, files: list[bytes]) -> bytes:
    """Return the bytes with one thing changed."""
    start = rng.randint(0, len(data))
    end = min(len(data), start + rng.choice((0, 1, 1, 2, 8, 200)))
    kind = rng.randrange(6)
    if kind == 0:
        new = rng.choice(BYTES)
    elif kind == 1:
        new = bytes(rng.randrange(256) for _ in range(rng.randint(1, 4)))
    elif kind == 2:
        new = data[start : start + 300] * rng.randint(2, 4)
    elif kind == 3:
        other = rng.choice(files)
        return data[:start] + other[rng.randint(0, len(other)) :]
    elif kind == 4:
        new = b""
    else:
        return data[:start]
    return data[:start] + new + data[end:]


def break_part(rng: random.Random, data: bytes) -> bytes:
    """Return the workbook with one of its parts damaged, and packed again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except Exception:  # noqa: BLE001 - it is broken enough already
        return data
    if not parts or sum(map(len, parts.values())) > 1 << 22:
        return data
    name = rng.choice(list(parts))
    parts[name] = break_one(rng, parts[name], list(parts.values()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()
