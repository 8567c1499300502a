"""What a list of a trip is made of: plain values that models, reports and files read.

How to use: ``client.trip._get_list_columns(kind)`` returns :class:`ListColumn`, and
``client.trip._get_list(kind)`` a :class:`ListSheet`, whose rows hold a value for each
column. ``ListSheet.iter_rows()`` is the same as texts, for a file.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import Any

#: marks of a row, against the list that was sent last
NEW, CHANGED, GONE = "new", "changed", "gone"
#: small letters that fit beside each other on a page, and lines that fit on one
PAGE_LETTERS, PAGE_LINES = 130, 46
#: what is above and below the text of a row, and a capital, beside a small letter
ROW_SPACE, CAPITAL = 0.35, 1.3


@dataclass(frozen=True)
class ListEntry:
    """Whom or what a row is about: recordsets, empty where there is none.

    ``traveller`` and ``paper`` are only filled for users with the right to see them.
    """

    trip: Any
    participant: Any
    person: Any
    traveller: Any
    paper: Any
    #: entries of those who take part, where a row is about a whole trip
    people: tuple["ListEntry", ...] = ()


@dataclass(frozen=True)
class ListColumn:
    """A column of a list.

    :param key: its name in files, and in what is kept of a list that was sent
    :param label: its name on paper
    :param read: function from a :class:`ListEntry` to a value: text, number, date,
        recordset, or something false
    :param show: function from the value to what is written; by default the value itself
    :param width: share of the width of the page, compared with the other columns
    :param groups: external ids of groups, as on a field: who has none of them does
        not get the column
    :param is_heading: whether it describes the room of a row: on paper, it stands above
        the people of the room
    :param is_total: whether it has a sum at the end of the list
    """

    key: str
    label: str
    read: Callable[[ListEntry], Any]
    show: Callable[[Any], Any] = lambda value: value
    width: int = 10
    groups: str = ""
    is_heading: bool = False
    is_total: bool = False


@dataclass(frozen=True)
class ListRow:
    """A row: the values of its columns, and its mark against the list sent last."""

    entry: ListEntry
    values: dict[str, Any]
    number: int = 0
    mark: str = ""
    changed: frozenset[str] = frozenset()
    #: the mark in the language of the list
    sentence: str = ""


@dataclass(frozen=True)
class ListSheet:
    """A list as it is printed or written to a file."""

    kind: str
    title: str
    about: str
    lang: str
    columns: list[ListColumn]
    rows: list[ListRow]
    #: function from a value to the text on paper
    write: Callable[[Any], str]
    #: what stands above those without a room (``room``) and those who are gone
    names: dict[str, str]
    #: what to know of the whole list, such as when it was sent last
    notices: list[str] = field(default_factory=list)
    #: names and notes of rooms without people
    empty: list[str] = field(default_factory=list)

    @property
    def headings(self) -> list[ListColumn]:
        """The columns that stand above the people of a room."""
        return [column for column in self.columns if column.is_heading]

    @property
    def cells(self) -> list[ListColumn]:
        """The columns of a row on paper."""
        return [column for column in self.columns if not column.is_heading]

    @property
    def has_total(self) -> bool:
        """Whether a column has a sum."""
        return any(column.is_total for column in self.columns)

    def get_width(self, column: ListColumn) -> float:
        """Return the width of a column on paper, in per cent of what is used."""
        return round(96 * column.width / sum(one.width for one in self.cells), 2)

    def get_text(self, column: ListColumn, row: ListRow) -> str:
        """Return what is printed in a cell."""
        return self.write(column.show(row.values[column.key]))

    def get_heading(self, row: ListRow) -> str:
        """Return what stands above the people of a room."""
        if row.mark == GONE:
            return self.names[GONE]
        texts = (self.get_text(column, row) for column in self.headings)
        known = " · ".join(filter(None, texts))
        return known or (self.names["room"] if self.headings else "")

    def get_total(self, column: ListColumn) -> int:
        """Return the sum of a column."""
        rows = (row for row in self.rows if row.mark != GONE)
        return sum(row.values[column.key] or 0 for row in rows)

    def iter_pages(self) -> Iterator[list[tuple[str, list[ListRow]]]]:
        """Yield the groups of each page, as a converter without Odoo's patches repeats
        no header and cuts rows in two. A room stays together where it fits.
        """
        page: list[tuple[str, list[ListRow]]] = []
        left = PAGE_LINES - 6 - len(self.notices)
        for heading, rows in self.iter_groups():
            need = sum(map(self.get_lines, rows)) + 1 + ROW_SPACE
            if self.headings and left < need <= PAGE_LINES:
                left = 0
            for position, row in enumerate(rows):
                above = 1 + ROW_SPACE if heading and not position else 0
                if page and left < self.get_lines(row) + above:
                    yield page
                    page, left = [], PAGE_LINES - 2
                if not page or not position:
                    page.append((heading, []))
                page[-1][1].append(row)
                left -= self.get_lines(row) + above
        yield page

    def get_lines(self, row: ListRow) -> float:
        """Return how many lines a row takes on paper, about."""
        lines = [
            self._count_lines(column, self.get_text(column, row))
            + bool(row.sentence and column.key == "name" and row.mark != GONE)
            for column in self.cells
        ]
        return max(lines, default=1) + ROW_SPACE

    def _count_lines(self, column: ListColumn, text: str) -> int:
        fits = PAGE_LETTERS * self.get_width(column) / 100 - 2
        widths = (
            sum(CAPITAL if letter.isupper() else 1 for letter in line)
            for line in text.split("\n")
        )
        return sum(max(1, ceil(width / fits)) for width in widths)

    def iter_groups(self) -> Iterator[tuple[str, list[ListRow]]]:
        """Yield the rows that stand together: those of a room, or all of them."""
        groups: dict[Any, list[ListRow]] = {}
        for row in self.rows:
            groups.setdefault(self._get_room(row), []).append(row)
        # Those who are gone at the end.
        for rows in sorted(groups.values(), key=lambda rows: rows[0].mark == GONE):
            yield self.get_heading(rows[0]), rows

    def _get_room(self, row: ListRow) -> Any:
        """Return what keeps the rows of a room together: rooms may share a name."""
        if not self.headings or row.mark == GONE:
            return row.mark == GONE
        return row.entry.participant.room_id

    def iter_rows(self) -> Iterator[list[str]]:
        """Yield the header, then each row, as texts of a file."""
        marked = any(row.mark for row in self.rows)
        more = ["change"] if marked else []
        yield [*(column.key for column in self.columns), *more]
        for row in self.rows:
            cells = [
                _to_file(column, row.values[column.key]) for column in self.columns
            ]
            yield [*cells, row.sentence] if marked else cells


def _to_file(column: ListColumn, value: Any) -> str:
    """Return a value as other programs read it: numbers bare, dates as in ISO 8601."""
    if value is None or value is False:
        return ""
    return str(value if isinstance(value, int) else column.show(value))
