"""Which rows of a statement are on which page.

The pages are cut here and not by the program that makes the PDF: one without Odoo's
patches repeats no header and cannot carry a balance forward.
"""

from dataclasses import dataclass

#: all heights in millimetres; what a page keeps free is for fonts that are larger here
ROW_HEIGHT = 6.0
HEAD_HEIGHT = 8.0
FOOT_HEIGHT = 34.0
SPARE = 8.0


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of a statement.

    :param start: index of its first row
    :param stop: index after its last row; equal to *start* on a page for the totals
    :param is_first: whether it has the address
    :param is_last: whether it has the totals
    """

    start: int
    stop: int
    is_first: bool
    is_last: bool


def room(height: float, lines: int) -> int:
    """Count the rows that fit on a page.

    :param height: what the page has for the header of the table and the rows
    :param lines: those that carry the balance from or to another page
    :return: number of rows, negative when not even the lines fit
    """
    return int((height - HEAD_HEIGHT - SPARE) // ROW_HEIGHT) - lines


def cut(count: int, first: float, later: float) -> list[Page]:
    """Cut the rows of a statement into pages.

    :param count: number of rows
    :param first: height that the first page has for the table and the totals
    :param later: height that each other page has for them
    :return: at least one page; the last one has room for the totals
    """
    pages: list[Page] = []
    start = 0
    while True:
        height, above = (later, 1) if pages else (first, 0)
        rest = count - start
        last = rest <= room(height - FOOT_HEIGHT, above) or bool(pages and not rest)
        # A first page may have room for the address alone.
        most = max(room(height, above + 1), 1 if pages else 0)
        stop = count if last else min(start + most, count)
        pages.append(Page(start=start, stop=stop, is_first=not pages, is_last=last))
        if last:
            return pages
        start = stop
