"""What a whole column says of its cells: words for an unknown value, order of dates."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from ..kinds.registry import column_kind, label_kind
from ..problems import Problem
from ..text.fold import as_cell, fold_header
from ..text.words import NULL_SPELLINGS, TEXT_NULLS
from ..types import ColumnMap, Label, Lookups, Question, Row, Target

DAY_FIRST: Final = "day"
MONTH_FIRST: Final = "month"
AS_TEXT: Final = "text"
AS_EMPTY: Final = "empty"
#: a day and a month in one of two orders; with points nobody writes the month first
_TWO_ORDERS: Final = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})(.*)", re.DOTALL)
_CLOCK: Final = re.compile(r"\d\s?[ap]\.?m\.?$", re.IGNORECASE)


class _Dates:
    """The dates of one column, and what they say of their order."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        #: how many dates can only be read in one of the orders, or in both
        self.only: Counter[str] = Counter()
        #: a date of each of them
        self.samples: dict[str, str] = {}
        self._has_clock = False

    def add(self, cell: str) -> None:
        """Note one cell."""
        if cell in self._seen:
            return
        self._seen.add(cell)
        found = _TWO_ORDERS.fullmatch(as_cell(cell))
        if not found:
            return
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            order = DAY_FIRST
        elif second > 12 >= first:
            order = MONTH_FIRST
        else:
            order = "" if first != second else "same"
        self.only[order] += 1
        self.samples.setdefault(order, found[0])
        self._has_clock = self._has_clock or bool(_CLOCK.search(found[5]))

    def ask(self, header: str) -> Question | None:
        """Return the question of the order, None where it does not matter."""
        day, month, both = (self.only[order] for order in (DAY_FIRST, MONTH_FIRST, ""))
        if not (month or both):
            return None
        is_open = bool(day and month)
        is_american = not day and (bool(month) or self._has_clock)
        order = MONTH_FIRST if is_american else DAY_FIRST
        sample = self.samples[""] if both else self.samples[MONTH_FIRST]
        value = f"{sample} → {read_date(sample, order)}"
        if is_open:
            orders = (DAY_FIRST, MONTH_FIRST)
            value = ", ".join(self.samples[order] for order in orders)
        return Question(
            f"dates:{header}",
            ((DAY_FIRST, sample), (MONTH_FIRST, sample)),
            order,
            header,
            is_open=is_open,
            is_unclear=not (day or month or self._has_clock),
            count=sum(self.only.values()),
            value=value,
        )


class ColumnGuesses:
    """Looks at all rows of a file, before any of them is interpreted."""

    def __init__(self, columns: ColumnMap, labels: Mapping[str, Label]) -> None:
        """``labels``: by folded label, as in :class:`CleanOptions`."""
        self._columns, self._labels = columns, labels
        self._dates = {
            target.index: _Dates()
            for target in columns.targets
            if target.role == "additional" and self._get_label(target).kind == "date"
        }
        #: position of a column -> words for an unknown value -> number of rows
        self._nulls: dict[int, Counter[str]] = {}
        self._first: dict[int, int] = {}

    def add(self, row: Row) -> None:
        """Note one row."""
        if not NULL_SPELLINGS.isdisjoint(row.cells):
            self._add_nulls(row)
        for place, dates in self._dates.items():
            if cell := row.cells[place]:
                dates.add(cell)

    def _add_nulls(self, row: Row) -> None:
        if row.problem:
            return
        for target in self._targets:
            cell = row.cells[target.index]
            if cell in NULL_SPELLINGS and target.index not in dict(row.faults):
                self._nulls.setdefault(target.index, Counter())[as_cell(cell)] += 1
                self._first.setdefault(target.index, row.line)

    @property
    def _targets(self) -> Iterator[Target]:
        for target in self._columns.targets:
            if target.role in ("standard", "additional") and target.key != "reference":
                yield target

    def _get_label(self, target: Target) -> Label:
        return self._labels.get(fold_header(target.key)) or Label()

    def get_questions(self) -> Iterator[Question]:
        """Yield what only the user can say of the columns."""
        for target in self._targets:
            dates = self._dates.get(target.index)
            if dates and (question := dates.ask(target.header)):
                yield question
            found = self._nulls.get(target.index)
            if found and self._is_text(target):
                words = [word for word in found if word in TEXT_NULLS]
                if words:
                    yield Question(
                        f"nulls:{target.header}",
                        ((AS_TEXT, ""), (AS_EMPTY, "")),
                        AS_TEXT,
                        target.header,
                        count=sum(found[word] for word in words),
                        value=", ".join(words),
                    )

    def get_warnings(self, lookups: Lookups) -> list[Problem]:
        """Return the columns of which words are read as empty, with their rows."""
        problems = []
        for target in self._targets:
            found = self._nulls.get(target.index, Counter())
            if target.role == "standard":
                kind = column_kind(self._columns.columns[target.key], lookups)
            else:
                kind = label_kind(self._get_label(target))
            words = [word for word in found if kind.is_null(word)]
            if words:
                count = sum(found[word] for word in words)
                problems.append(
                    Problem(
                        "cell_null",
                        self._first[target.index],
                        target.header,
                        ", ".join(words),
                        {"count": str(count)},
                        warning=True,
                    )
                )
        return problems

    def _is_text(self, target: Target) -> bool:
        if target.role == "standard":
            return self._columns.columns[target.key].kind == "text"
        return self._get_label(target).kind in ("char", "text")


def read_date(text: str, order: str) -> date | None:
    """Return a date of a sample in one of the orders, None if there is none."""
    found = _TWO_ORDERS.fullmatch(text)
    if not found:
        return None
    day, month = int(found[1]), int(found[3])
    if order == MONTH_FIRST:
        day, month = month, day
    try:
        return date(int(found[4]), month, day)
    except ValueError:
        return None
