"""Second step, for a workbook: choose one of its tabs and read its rows.

The first rows are read to find the header. Reading all of them takes minutes if the
file is large: a caller that has to know beforehand that no row is damaged goes through
the rows once, and counts them on the way. The second time, the formatted empty rows
below the last row are not read again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from ..problems import FileProblem, file_problem
from ..types import Decoded, Row
from .package import Package
from .sheet_ods import Ods
from .sheet_row import Tab
from .sheet_xlsx import Xlsx
from .table import TITLES, HeaderTest, Sheet, fit, header_place

#: bytes of sheets that are unpacked to find the first one with content, and to name the
#: others that have some
_SEARCHED: Final = 1 << 28
_SEARCHED_MORE: Final = 1 << 24


class Workbook(Protocol):
    """The interface of each workbook format."""

    tabs: list[Tab]

    def rows(self, index: int) -> Iterator[Row]:
        """The non-empty rows of a tab, as texts."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A non-empty tab: its header, and the rows above it."""

    header: Row
    titles: int
    is_header_alone: bool


def read_workbook(decoded: Decoded, is_header: HeaderTest | None = None) -> Sheet:
    """Find the first non-empty tab; visible ones come before hidden ones.

    ``is_header`` tells the header from title lines above it. Raises a FileProblem when
    there is no such tab, or no row, or the file is damaged; iterating over the rows
    raises it where the damage is.
    """
    package = Package(decoded.opener)
    book: Workbook = Ods(package) if decoded.workbook == "ODS" else Xlsx(package)
    order = [index for index, tab in enumerate(book.tabs) if not tab.is_empty]
    order.sort(key=lambda index: book.tabs[index].hidden)
    package.left = _SEARCHED
    for place, index in enumerate(order):
        if found := _survey(book.rows(index), is_header):
            others = order[place + 1 :]
            package.left = _SEARCHED_MORE
            names = tuple(book.tabs[i].name for i in others if _is_filled(book, i))
            package.left = None
            return _sheet(book, index, found, names)
    raise file_problem("file_empty")


def _is_filled(book: Workbook, index: int) -> bool:
    """Whether a tab has a row; also if it takes too long to know that it has none."""
    try:
        return any(book.rows(index))
    except FileProblem as problem:
        if problem.problem.code == "file_workbook_size":
            return True
        raise


def _survey(rows: Iterator[Row], is_header: HeaderTest | None) -> _Found | None:
    head = list(islice(rows, TITLES + 1))
    if not head:
        return None
    place = header_place(head, is_header)
    return _Found(head[place], place, place + 1 == len(head))


def _sheet(book: Workbook, index: int, found: _Found, others: tuple[str, ...]) -> Sheet:
    if found.is_header_alone:
        raise file_problem("file_no_rows")
    last_line = 0

    def rows() -> Iterator[Row]:
        nonlocal last_line
        last = found.header.line
        records = islice(book.rows(index), found.titles + 1, None)
        for number, record in enumerate(records, 1):
            yield fit(record, number, record.line - last - 1, found.header.cells)
            last = record.line
            if last == last_line:
                return
        last_line = last

    name = book.tabs[index].name
    return Sheet(found.header.cells, "", "", rows, name, others, found.titles)
