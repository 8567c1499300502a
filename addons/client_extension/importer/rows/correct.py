"""Rejected rows that come back corrected: which row of the import is each of them?

A file of rejected rows contains the line of each row. A file without that column, or
the whole file corrected, is accepted as well.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ..files.table import Sheet
from ..text.fold import fold_header
from ..types import ColumnMap, Row
from .clean import text_of

#: columns that a file of rejected rows adds to those of the original file
OWN_COLUMNS: Final = ("line", "error")


@dataclass(frozen=True, slots=True)
class Rejected:
    """The rows of an import that may come back.

    ``references``: by line, in file order; ``lines``: of all rows of the file.
    """

    references: Mapping[int, str]
    lines: Sequence[int]

    @property
    def next_line(self) -> int:
        """The first line after all known lines."""
        return max((*self.references, *self.lines[-1:]), default=0) + 1


@dataclass(slots=True)
class _Places:
    """Assigns each rejected line to one row only."""

    rejected: Rejected
    free: set[int] = field(init=False)
    end: int = field(init=False)
    next_line: int = field(init=False)
    by_reference: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.free = set(self.rejected.references)
        self.end = self.next_line = self.rejected.next_line
        for line in sorted(self.free, reverse=True):
            reference = self.rejected.references[line]
            self.by_reference.setdefault(reference, []).append(line)

    def take(self, line: int) -> int | None:
        """Return the line of a rejected row; None if that row is already imported."""
        if line in self.free:
            self.free.remove(line)
            return line
        return None if 0 < line < self.end else self.add()

    def take_reference(self, reference: str) -> int:
        """Return the line of the first rejected row with it, else a new line."""
        lines = self.by_reference.get(reference)
        return lines.pop() if lines else self.add()

    def add(self) -> int:
        """Return the line of a new row, as if it were added at the end."""
        self.next_line += 1
        return self.next_line - 1


def corrected(sheet: Sheet, columns: ColumnMap, rejected: Rejected) -> Sheet:
    """Return the sheet of the rows to retry, each on the line of the row it corrects.

    Rows that are already imported are skipped; new rows come after all others.
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
    """Return the position of the column ``line`` of a file of rejected rows, if any."""
    found = [i for i, text in enumerate(header) if fold_header(text) == "line"]
    # a column of that name in the original file comes before it
    return found[-1] if found else None


def _is_whole(sheet: Sheet, rejected: Rejected) -> bool:
    """Whether this is the whole file of the import, and not a part of it."""
    count = len(rejected.lines)
    if len(rejected.references) >= count:
        return False
    return sum(1 for _row in sheet.rows()) == count


def merge_rejects(
    old: Sheet, new: Sheet, lines: Container[int], done: int
) -> tuple[tuple[str, ...], Iterator[tuple[tuple[str, ...], int]]]:
    """Return the header and the rows of a file of the rows that are still rejected.

    ``old`` is the previous such file, ``new`` the result of :func:`corrected`,
    ``lines`` the lines that are still rejected, ``done`` how many rows of ``new`` were
    processed. A corrected row that is rejected again is kept in its corrected form.
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
    """Return the old columns with the new ones added, and where each new one goes."""
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
    # cells without a header keep their text
    return (*laid, *cells[known:])
