"""Rejected rows that come back corrected: which row of the import is each of them?

A file of rejected rows bears the line of each row. Whoever deleted that column, or
corrected the whole file instead, is understood as well.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ..files.table import Sheet
from ..text.fold import fold_header
from ..types import ColumnMap, Row
from .clean import text_of

#: what a file of rejected rows adds to the columns of the file it came from
OWN_COLUMNS: Final = ("line", "error")


@dataclass(frozen=True, slots=True)
class Rejected:
    """The rows of an import that may come back.

    ``references`` by line, in file order; ``lines`` those of all rows of the file.
    """

    references: Mapping[int, str]
    lines: Sequence[int]

    @property
    def next_line(self) -> int:
        """The first line beyond those that are known."""
        return max((*self.references, *self.lines[-1:]), default=0) + 1


@dataclass(slots=True)
class _Places:
    """Gives each row its line, once."""

    rejected: Rejected
    free: set[int] = field(init=False)
    next_line: int = field(init=False)
    by_reference: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.free = set(self.rejected.references)
        self.next_line = self.rejected.next_line
        for line in sorted(self.free, reverse=True):
            reference = self.rejected.references[line]
            self.by_reference.setdefault(reference, []).append(line)

    def take(self, line: int) -> int | None:
        """The line of a rejected row; None when that row is in already."""
        if line in self.free:
            self.free.remove(line)
            return line
        return None if 0 < line < self.rejected.next_line else self.add()

    def take_reference(self, reference: str) -> int:
        """The first rejected row with that reference, else a new line."""
        lines = self.by_reference.get(reference)
        return lines.pop() if lines else self.add()

    def add(self) -> int:
        """The line of a row that is new, as if it were added at the end."""
        self.next_line += 1
        return self.next_line - 1


def corrected(sheet: Sheet, columns: ColumnMap, rejected: Rejected) -> Sheet:
    """The sheet with the rows to take again, each on the line of the one it corrects.

    Rows that are in already are passed over; rows that nobody has seen before come
    after all others.
    """
    place = line_column(sheet.header)
    whole = place is None and _is_whole(sheet, rejected)
    key = columns.index_of("reference")

    def find(row: Row, places: _Places) -> int | None:
        if whole:
            return places.take(rejected.lines[row.number - 1])
        if place is None:
            return places.take_reference(text_of(row.cells[key]))
        text = text_of(row.cells[place])
        return places.take(int(text) if text.isdecimal() else 0)

    def rows() -> Iterator[Row]:
        places, number = _Places(rejected), 0
        for row in sheet.rows():
            line = find(row, places)
            if line is None:
                continue
            number += 1
            problem = row.problem and replace(row.problem, line=line)
            yield Row(line, number, row.cells, problem)

    return replace(sheet, rows=rows)


def line_column(header: Sequence[str]) -> int | None:
    """Position of the column ``line`` of a file of rejected rows, if it has one."""
    found = [i for i, text in enumerate(header) if fold_header(text) == "line"]
    # a column of that name that the file itself has comes before
    return found[-1] if found else None


def _is_whole(sheet: Sheet, rejected: Rejected) -> bool:
    """Whether this is the file of the import once more, and not a part of it."""
    count = len(rejected.lines)
    if len(rejected.references) >= count:
        return False
    return sum(1 for _row in sheet.rows()) == count


def merge_rejects(
    old: Sheet, new: Sheet, lines: Container[int], done: int
) -> tuple[tuple[str, ...], Iterator[tuple[tuple[str, ...], int]]]:
    """The header and the rows of a file of what is still rejected.

    ``old`` is the last such file, ``new`` what :func:`corrected` made of the one that
    came back, ``lines`` those that are still rejected, ``done`` how many rows of the
    new one were taken. A row that was corrected in vain is the one that came back.
    """
    gone = {i for i, text in enumerate(new.header) if fold_header(text) in OWN_COLUMNS}
    header, places = _merge_headers(old.header[:-2], new.header, gone)
    again = {
        row.line: _lay(row.cells, places, len(header), len(new.header))
        for row in new.rows()
        if row.number <= done and row.line in lines
    }
    width = len(old.header)

    def rows() -> Iterator[tuple[tuple[str, ...], int]]:
        for row in old.rows():
            line = int(row.cells[width - 2])
            if line in lines and line not in again:
                padding = ("",) * (len(header) - width + 2)
                cells = row.cells[: width - 2] + padding + row.cells[width:]
                yield cells, line
            elif line in again:
                yield again.pop(line), line
        yield from ((cells, line) for line, cells in sorted(again.items()))

    return header, rows()


def _merge_headers(
    old: tuple[str, ...], new: tuple[str, ...], gone: set[int]
) -> tuple[tuple[str, ...], dict[int, int]]:
    """The old columns and those that came since; where each new one goes."""
    header, places = list(old), {}
    free: dict[str, list[int]] = {}
    for index, text in enumerate(old):
        free.setdefault(fold_header(text), []).append(index)
    for index, text in enumerate(new):
        if index in gone:
            continue
        if known := free.get(fold_header(text)):
            places[index] = known.pop(0)
        else:
            places[index] = len(header)
            header.append(text)
    return tuple(header), places


def _lay(
    cells: tuple[str, ...], places: Mapping[int, int], width: int, known: int
) -> tuple[str, ...]:
    laid = [""] * width
    for index, place in places.items():
        laid[place] = cells[index]
    # cells under no header stay what they are
    return (*laid, *cells[known:])
