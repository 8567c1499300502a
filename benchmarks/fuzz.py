"""`./dev bench fuzz`: the pure steps of the import against malformed files.

Whatever a file contains, the steps return rows or a problem: no exception, no endless
work, no value that a database cannot store, and counts that add up.
"""

import argparse
import json
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "addons" / "client_extension"))

from importer.files.decode import decode, opener  # noqa: E402
from importer.files.read import read  # noqa: E402
from importer.kinds.registry import label_kind  # noqa: E402
from importer.problems import FileProblem  # noqa: E402
from importer.rows.clean import clean, reference_of  # noqa: E402
from importer.rows.columns import map_columns, signature, sketch_columns  # noqa: E402
from importer.rows.correct import Rejected, corrected  # noqa: E402
from importer.rows.match import match, repeated  # noqa: E402
from importer.rows.plan import Ledger, plan  # noqa: E402
from importer.rows.report import report  # noqa: E402
from importer.text.fold import fold_header  # noqa: E402
from importer.types import (  # noqa: E402
    MODES,
    Candidate,
    CleanOptions,
    Label,
    Lookups,
    PlanOptions,
)
from importer.writers.write_csv import write_rejects  # noqa: E402

from . import fuzz_files  # noqa: E402

LOOKUPS = Lookups(
    {
        "country": {"be": (1,), "fr": (2,)},
        "category": {"vip": (20,)},
        "manager": {"lea": (40,), "twin": (41, 42)},
    },
    {"liege": ((60, 1),), "north": ((61, 1), (62, 2))},
    frozenset({"category"}),
)
LABELS = {
    "number": Label("float"),
    "integer": Label("integer"),
    "date": Label("date"),
    "yesno": Label("boolean"),
    "choice": Label("selection", {"a": "a"}),
}
KNOWN = {
    "1": (Candidate(1, "One", values={"name": "x"}),),
    "2": (Candidate(2, "Two"), Candidate(3, "Three")),
}
ENCODINGS = (
    *("",) * 60,
    *("utf-8", "cp1252", "utf-16", "latin-1", "utf-7", "utf-32", "unicode_escape"),
    *("idna", "punycode", "hex", "rot13", "undefined", "cp037", "\0", "x" * 300),
)
DELIMITERS = ("",) * 40 + (*";,\t|~", "tab", "\0", '"', "ab", " ", "é")
#: limits for one small file in seconds of CPU, and for the process in bytes
PATIENCE, MEMORY = 20, 2 << 30


class Broken(AssertionError):
    """A condition that must always hold is violated."""


def hold(condition: bool, what: str) -> None:
    """Raise an error if the condition is false."""
    if not condition:
        raise Broken(what)


def walk(rng: random.Random, data: bytes) -> str:
    """Pass a file through all steps; return the code of its problem, or ``rows``."""
    try:
        decoded = decode(opener(data), rng.choice(ENCODINGS))
        sheet = read(decoded, rng.choice(DELIMITERS))
        signature(sheet.header)
        sketch_columns(sheet.header)
        columns = map_columns(sheet.header)
    except FileProblem as refused:
        hold(all(isinstance(v, str) for v in refused.problem.params.values()), "params")
        return str(refused.problem.code)
    place = columns.index_of("reference")
    try:
        again = repeated(reference_of(row.cells[place]) for row in sheet.rows())
    except FileProblem as refused:
        return str(refused.problem.code)
    rows = list(sheet.rows())
    see_rows(sheet, rows)
    options = CleanOptions(
        clear_empty=rng.random() < 0.3, warn_cells=rng.random() < 0.3, labels=LABELS
    )
    cleaned = [clean(row, columns, LOOKUPS, options) for row in rows]
    ledger = Ledger(again)
    outcomes = []
    mode = PlanOptions(rng.choice(MODES))
    for row in cleaned:
        outcomes.append(plan(match(row, KNOWN), mode, ledger))
        ledger.remember(outcomes[-1], virtual=True)
    counted = report(outcomes)
    hold(counted.rows == len(rows), "the counts add up to the rows")
    for outcome in outcomes:
        see_outcome(outcome)
    see_rejects(sheet, columns, [o for o in outcomes if o.kind == "reject"])
    return "rows"


def see_rows(sheet: Any, rows: list[Any]) -> None:
    """Rows are numbered in ascending line order, and as wide as the header."""
    hold(bool(rows), "a file without rows is refused")
    hold([row.number for row in rows] == list(range(1, len(rows) + 1)), "numbers")
    lines = [row.line for row in rows]
    hold(all(a < b for a, b in pairwise(lines)), "lines go down")
    hold(all(len(row.cells) >= len(sheet.header) for row in rows), "rows are padded")
    again = [row.cells for row in sheet.rows()]
    hold(again == [row.cells for row in rows], "a sheet can be read again")


def see_outcome(outcome: Any) -> None:
    """The planned values fit in a database, and in its JSON."""
    values = [new for _old, new in outcome.changes.values() if isinstance(new, str)]
    values += [new for _old, new in outcome.additional.values()]
    if outcome.kind in ("create", "update"):
        for text in (*values, *outcome.additional):
            text.encode()
            hold("\0" not in text, "no NUL in a value")
        for name, (_old, text) in outcome.additional.items():
            if text and (label := LABELS.get(fold_header(name))):
                json.dumps(label_kind(label).read(text), allow_nan=False)
    for problem in outcome.problems:
        texts = (problem.column, problem.value, *problem.params.values())
        hold(all(isinstance(text, str) for text in texts), "problems hold texts")
        hold(not any("\0" in text for text in texts), "no NUL in a problem")
        "".join(texts).encode()


def see_rejects(sheet: Any, columns: Any, outcomes: list[Any]) -> None:
    """Rejected rows can be reimported: each is found again on its own line."""
    if not outcomes:
        return
    refused = [o.row.row for o in outcomes]
    gone = {t.index for t in columns.targets if t.role == "ignored"}
    lines = [(row.cells, row.line, "no") for row in refused]
    pieces = write_rejects(sheet.header, lines, gone, sheet.delimiter, sheet.encoding)
    encoding = sheet.encoding if sheet.encoding not in ("", "ascii") else "utf-8"
    back = read(decode(opener(b"".join(pieces)), encoding), sheet.delimiter or ";")
    rejected = Rejected(
        {o.row.row.line: o.row.reference for o in outcomes},
        [row.line for row in sheet.rows()],
    )
    found = corrected(back, map_columns(back.header), rejected)
    hold([r.line for r in found.rows()] == [r.line for r in refused], "rows come back")


def expire(_number: int, _frame: FrameType | None) -> None:
    """Report that a file took too long."""
    raise Broken(f"more than {PATIENCE} seconds of CPU for one small file")


def one(seed: int, files: list[bytes]) -> tuple[str, bytes, str]:
    """Make and test the file of a seed; return its result, its bytes and its error."""
    rng = random.Random(seed)
    data = fuzz_files.make(rng, files)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        return walk(rng, data), data, ""
    except Exception:  # noqa: BLE001 - any exception is what this looks for
        return "broken", data, traceback.format_exc(limit=-4)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def cause_of(error: str) -> str:
    """Return what distinguishes one error from another: its type and its place."""
    places = [line for line in error.splitlines() if line.startswith("  File")]
    return places[-1] + error.strip().splitlines()[-1].partition(":")[0]


def fuzz(minutes: float, seed: int | None, folder: Path) -> int:
    """Test files for some minutes; save failing ones in the folder, with their seed.

    With no minutes, only test the file of that seed. Returns the number of failures.
    """
    first = random.SystemRandom().randrange(1 << 40) if seed is None else seed
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))
    former = signal.signal(signal.SIGPROF, expire)
    print(f"First seed {first}, {minutes:g} minutes", flush=True)
    files, ends, broken = fuzz_files.corpus(), Counter[str](), Counter[str]()
    until = time.monotonic() + 60 * minutes
    try:
        for number in range(1 << 60):
            end, data, error = one(first + number, files)
            ends[end] += 1
            if error and not broken[cause := cause_of(error)]:
                path = folder / f"fuzz-{first + number}"
                path.write_bytes(data)
                print(f"Seed {first + number}: kept as {path}\n{error}", flush=True)
            if error:
                broken[cause] += 1
            if time.monotonic() >= until:
                break
    finally:
        signal.signal(signal.SIGPROF, former)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    for end, count in ends.most_common():
        print(f"{end:24}{count:10}")
    print(f"{ends.total()} files, {broken.total()} broken", flush=True)
    return broken.total()


def main() -> int:
    """Run it without `./dev`, in any Python without other packages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--folder", type=Path, default=Path())
    args = parser.parse_args()
    return int(fuzz(args.minutes, args.seed, args.folder) > 0)


if __name__ == "__main__":
    sys.exit(main())
