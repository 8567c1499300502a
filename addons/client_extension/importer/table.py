"""A file cut into rows, whatever kind of file it was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .problems import Problem
from .types import Row


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file cut into rows; ``rows()`` starts again from the first one.

    Of a workbook, ``name`` is the tab that is read and ``others`` are the tabs that
    hold something too; separator and encoding are empty then.
    """

    header: tuple[str, ...]
    delimiter: str
    encoding: str
    rows: Callable[[], Iterator[Row]]
    name: str = ""
    others: tuple[str, ...] = ()


def filled(record: Row) -> bool:
    """Whether a line holds more than blanks."""
    return record.problem is not None or any(map(str.strip, record.cells))


def fit(record: Row, number: int, blank: int, width: int) -> Row:
    """A row padded to the header, with a problem when it is wider."""
    cells, problem = record.cells, record.problem
    if problem and problem.code == "row_in_quote" and len(cells) == width:
        problem = None
    if len(cells) < width:
        cells += ("",) * (width - len(cells))
    elif any(map(str.strip, cells[width:])) and not problem:
        extra = next(cell for cell in cells[width:] if cell.strip())
        problem = Problem("row_extra_cells", record.line, value=extra.strip())
    return Row(record.line, number, cells, problem, blank, record.faults)
