"""What both workbook formats share: a tab, and a row that is filled cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..problems import Problem, file_problem
from ..types import Row
from .xml_stream import broken

#: the maximum size of a sheet, the same in Excel and LibreOffice
_WIDEST: Final = 16_384
_LONGEST: Final = 1_048_576
#: maximum characters of one row; a longer one is refused
ROW_LIMIT: Final = 4 * 1024 * 1024
#: the last line of a sheet of LibreOffice with its larger limit
_LAST_LINE: Final = 1 << 24
#: rows with more cells than this are wide, and all wide rows may have so many cells
_WIDE: Final = 1024
_WIDE_CELLS: Final = 50_000_000
#: maximum number of tabs, as in LibreOffice
MOST_TABS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet of a workbook by its name."""

    name: str
    hidden: bool = False
    #: whether it surely has no cell with content
    is_empty: bool = False


class SheetRow:
    """The row that is being read, and the rows that are complete."""

    def __init__(self) -> None:
        self.line = 0
        self._done: list[tuple[Row, int]] = []
        self._column = 0
        self._size = self._wide_cells = 0
        self._cells: list[str] = []
        self._faults: list[tuple[int, str]] = []

    def begin(self, line: int = 0) -> None:
        """A row begins: the given line of the sheet, or the next one."""
        if line and line <= self.line:
            raise broken()
        self.line = line or self.line + 1
        if self.line > _LAST_LINE:
            raise broken()
        self._column = self._size = 0
        self._cells = []
        self._faults = []

    def go_to(self, column: int) -> None:
        """The next cell is in that column."""
        if column < 0:
            raise broken()
        self._column = column

    def add(self, text: str, fault: str = "", times: int = 1) -> None:
        """Add a cell, or several equal ones; ``fault`` is the code of its problem."""
        first = self._column
        self._column += times
        if not text and not fault:
            return
        times = min(self._column, _WIDEST) - first
        self._size += len(text) * times
        if times <= 0 or self._size > ROW_LIMIT:
            return
        cells = self._cells
        if len(cells) < first:
            cells.extend([""] * (first - len(cells)))
        cells[first : first + times] = [text] * times
        if fault:
            self._faults.extend((first + i, fault) for i in range(times))
            if len(self._faults) > _WIDEST:  # one column several times
                raise broken()

    def end(self, times: int = 1) -> None:
        """End the row; it is repeated ``times`` times, on consecutive lines."""
        is_long = self._size > ROW_LIMIT
        if any(map(str.strip, self._cells)) or self._faults or is_long:
            cells, problem = tuple(self._cells), None
            self._count_wide(len(cells) * times)
            if is_long:
                problem = Problem("row_too_long", self.line)
            row = Row(self.line, 0, cells, problem, faults=tuple(self._faults))
            self._done.append((row, min(times, _LONGEST - self.line + 1)))
        self.line += times - 1

    def _count_wide(self, count: int) -> None:
        """Refuse a sheet that takes far more time than its size suggests."""
        if len(self._cells) > _WIDE:
            self._wide_cells += count
            if self._wide_cells > _WIDE_CELLS:
                raise file_problem("file_workbook_size", value=str(len(self._cells)))

    def take(self) -> Iterator[Row]:
        """Return the complete rows and forget them."""
        done, self._done = self._done, []
        for row, times in done:
            yield row
            for line in range(row.line + 1, row.line + times):
                yield Row(line, 0, row.cells, row.problem, faults=row.faults)
