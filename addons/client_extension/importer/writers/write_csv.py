"""The CSV files we write, which a spreadsheet opens without running formulas.

``guard`` and ``unguard`` are opposites: a text that is written and read again is the
same, apostrophes included, except for the surrounding space that an import strips.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

from ..text.fold import trim
from ..text.letters import without_signs

#: a spreadsheet takes the full-width signs of East Asian keyboards for the others
_FULL_WIDTH: Final = "\uff1d\uff0b\uff0d\uff20"
_BLANKS: Final = ("\t", "\r")
_DANGER: Final = ("=", "+", "-", "@", *_FULL_WIDTH, *_BLANKS)
_GUARDED: Final = (*_DANGER, "'")
_PHONE: Final = re.compile(r"\+[ \u00a0\u202f().\-/]*\d[\d \u00a0\u202f().\-/]*")
_WITH_BOM: Final = {
    "utf-8": "utf-8-sig",
    "ascii": "utf-8-sig",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
}
_PIECE: Final = 1 << 16
#: rows that are checked and written together
_BATCH: Final = 100
#: precedes each cell of some rows, and follows the last one
_MARK: Final = "\0"
#: a cell that does not begin with a letter or digit, and is no plain phone number
_DOUBTFUL: Final = re.compile(rf"{_MARK}(?!{_MARK}|\Z|[^\W_]|\+[\d ().\-/]*\d{_MARK})")


def guard(text: str) -> str:
    """Prefix an apostrophe to a text that a spreadsheet or an import would interpret.

    Both ignore the space around a text, which is dropped where an apostrophe is added.
    Plain phone numbers stay unchanged; a text that already looks guarded gets one more.
    """
    if text[:1].isalnum():
        return text
    inner = trim(without_signs(text))
    if not inner:
        return ""
    if inner.startswith(_DANGER):
        safe = _PHONE.fullmatch(inner) and not text.startswith(_BLANKS)
    else:
        safe = unguard(inner) == inner and not text.startswith(_DANGER)
    if safe:
        return text
    return f"'{text}" if text.startswith(_GUARDED) else f"'{inner}"


def _guard_rows(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Guard each cell; one check shows for most rows that no cell needs it."""
    text = _MARK.join(("", *chain.from_iterable(rows), ""))
    usual = text.count(_MARK) == sum(map(len, rows)) + 1
    if usual and not _DOUBTFUL.search(text):
        return rows
    return [
        [cell if not cell or cell[0].isalnum() else guard(cell) for cell in row]
        for row in rows
    ]


def unguard(text: str) -> str:
    """Remove the apostrophe of :func:`guard` (``'s-Hertogenbosch`` stays)."""
    # LF: an import converts CR to it
    if text.startswith("'") and text[1:].startswith((*_GUARDED, "\n")):
        return text[1:]
    return text


def unwrap(text: str) -> str:
    """Return the text of a formula that is only a text, used to keep leading zeros."""
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        return trim(text[2:-1].replace('""', '"'))
    return text


def write_csv(
    rows: Iterable[Sequence[str]],
    delimiter: str = ";",
    encoding: str = "utf-8-sig",
    guarded: bool = True,
) -> Iterator[bytes]:
    """Yield RFC 4180 lines as pieces of bytes, each of which ends with a row."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    encoder = codecs.getincrementalencoder(encoding)(errors="replace")
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        writer.writerows(_guard_rows(batch) if guarded else batch)
        if buffer.tell() > _PIECE:
            yield encoder.encode(buffer.getvalue())
            buffer.seek(0)
            buffer.truncate()
    yield encoder.encode(buffer.getvalue(), final=True)


def write_rejects(
    header: Sequence[str],
    rows: Iterable[tuple[Sequence[str], int, str]],
    skip: Iterable[int] = (),
    delimiter: str = ";",
    encoding: str = "utf-8-sig",
) -> Iterator[bytes]:
    """Yield the rejected rows as they were read, plus ``line`` and ``error``.

    ``skip`` are the positions of these columns in a file that is itself a file of
    rejected rows. If the encoding cannot hold the sentences, UTF-8 is used. Formulas
    are guarded: whoever corrects the rows in a spreadsheet did not write them.
    """
    gone = frozenset(skip)

    def kept(cells: Sequence[str]) -> list[str]:
        kept = (cell for index, cell in enumerate(cells) if index not in gone)
        return [_guard_again(cell) for cell in kept]

    def lines() -> Iterator[list[str]]:
        yield [*kept(header), "line", "error"]
        for cells, line, error in rows:
            # cells beyond the header go after these two columns, so that nothing shifts
            own, more = cells[: len(header)], cells[len(header) :]
            yield [*kept(own), str(line), guard(error), *map(_guard_again, more)]

    encoding = with_bom(encoding or "utf-8")
    yield from write_csv(lines(), delimiter or ";", encoding, guarded=False)


def _guard_again(text: str) -> str:
    """Return a cell that is no formula, and is read like this one; usually itself."""
    inner = trim(without_signs(text))
    bare = unwrap(inner)
    safe = bare if bare == "=" else guard(trim(unguard(bare)))
    return text if safe == inner and not text.startswith(_BLANKS) else safe


def with_bom(encoding: str) -> str:
    """Return the encoding that a spreadsheet recognizes automatically."""
    return _WITH_BOM.get(encoding, encoding)
