"""A file cut into rows, whatever its format."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ..problems import Problem, file_problem
from ..text.fold import fold_header, trim
from ..types import Question, Row
from .odd_row import is_cut

#: whether these cells are names of columns
HeaderTest = Callable[[Sequence[str]], bool]
#: lines in which the header is searched, and the character that ends a DOS file
TITLES: Final = 20
#: maximum number of columns, as in a spreadsheet
MOST_COLUMNS: Final = 16_384
_END_OF_DOS: Final = ("\x1a",)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file cut into rows; ``rows()`` starts again from the first one.

    For a workbook, ``name`` is the tab that is read and ``others`` are the other tabs
    that are not empty; separator and encoding are empty.
    """

    header: tuple[str, ...]
    delimiter: str
    encoding: str
    rows: Callable[[], Iterator[Row]]
    name: str = ""
    others: tuple[str, ...] = ()
    #: how many title lines are above the header
    titles: int = 0
    #: whether some cell may have invisible signs
    may_have_signs: bool = True
    #: asked where the encoding of the file had to be guessed
    question: Question | None = None
    #: whether some cell may have characters that no name has
    may_have_broken: bool = True


def filled(record: Row) -> bool:
    """Whether a line contains more than blanks."""
    if record.cells == _END_OF_DOS:
        return False
    return record.problem is not None or any(map(str.strip, record.cells))


def header_place(records: Sequence[Row], is_header: HeaderTest | None) -> int:
    """Return which of the first non-empty lines is the header: usually the first one.

    Title lines may be above it; each has fewer non-empty cells than the header.
    """
    widest = 0
    for place, record in enumerate(records[:TITLES] if is_header else ()):
        width = sum(map(bool, map(str.strip, record.cells)))
        if is_header and is_header(record.cells):
            return place if width > widest else 0
        widest = max(widest, width)
    return 0


def check_header(header: Row) -> None:
    """Refuse a header of which part cannot be read, or with too many columns."""
    if header.problem:
        raise file_problem("header_quote", header.line)
    if (count := len(header.cells)) > MOST_COLUMNS:
        raise file_problem("header_columns", count=str(count), most=str(MOST_COLUMNS))


def fit(record: Row, number: int, blank: int, header: tuple[str, ...]) -> Row:
    """Pad a row to the header; mark one that is wider, or repeats the header.

    Also mark one of which a quote says that it was cut in a wrong place.
    """
    cells, problem, width = record.cells, record.problem, len(header)
    if problem and problem.code == "row_in_quote" and len(cells) == width:
        problem = None
    missing = max(width - len(cells), 0)
    if problem is None and any('"' in cell for cell in cells) and is_cut(cells):
        problem = Problem("row_cut", record.line)
    if missing:
        cells += ("",) * missing
    elif any(map(str.strip, cells[width:])) and not problem:
        extra = next(cell for cell in cells[width:] if cell.strip())
        problem = Problem("row_extra_cells", record.line, value=extra.strip())
    if problem is None and _repeats(cells, header, record.line):
        problem = Problem("row_header", record.line)
    return Row(record.line, number, cells, problem, blank, record.faults, missing)


@lru_cache(maxsize=8)
def spellings(header: tuple[str, ...]) -> frozenset[str]:
    """Return the ways in which the header may begin again below, in another file."""
    ways = (str, str.lower, str.upper, str.capitalize, str.title)
    return frozenset(way(cell.strip()) for cell in header for way in ways)


def _repeats(cells: tuple[str, ...], header: tuple[str, ...], line: int) -> bool:
    """Whether the row repeats the header, as in concatenated files.

    Raises a FileProblem if its columns are in another order: all rows below it would be
    misread.
    """
    if trim(cells[0]) not in spellings(header):
        return False
    names = [fold_header(cell) for cell in header]
    found = [fold_header(cell) for cell in cells[: len(header)]]
    if found != names and sorted(found) == sorted(names):
        raise file_problem("header_order", line)
    return found == names
