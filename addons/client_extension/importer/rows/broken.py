"""Cells with characters that no name has: counted, and cleaned if the user says so."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ..files.table import Sheet
from ..text.broken import SHOWN, has_broken, mark_broken, without_broken
from ..types import Question, Row

DROP: Final = "drop"
KEEP: Final = "keep"
#: words that the user sees, and characters of each
_WORDS, _WORD = 5, 30
_BETWEEN: Final = re.compile(r"[\s,;]+")


class BrokenCells:
    """Looks at the rows of a file as they are read."""

    def __init__(self, sheet: Sheet, answer: str) -> None:
        """``answer``: what the user wants to do with such characters, or empty."""
        self._sheet, self._drops = sheet, answer == DROP
        self._words: dict[str, None] = {}
        #: number of the last row that was looked at
        self._last = 0
        self._count = 0
        self._note(sheet.header)

    def get_sheet(self) -> Sheet:
        """Return the sheet whose rows are looked at, without such characters if the
        user wants that."""
        if not self._sheet.may_have_broken:
            return self._sheet
        header = self._sheet.header
        if self._drops:
            header = tuple(map(without_broken, header))
        return replace(self._sheet, header=header, rows=self._rows)

    def _rows(self) -> Iterator[Row]:
        for row in self._sheet.rows():
            if _may_be_broken("".join(row.cells)) and self._is_noted(row):
                cells = map(without_broken, row.cells)
                row = row._replace(cells=tuple(cells)) if self._drops else row
            self._last = max(self._last, row.number)
            yield row

    def _is_noted(self, row: Row) -> bool:
        """Whether the row has such characters, which are noted the first time."""
        if not has_broken("".join(row.cells)):
            return False
        if row.number > self._last:
            self._count += 1
            self._note(row.cells)
        return True

    def _note(self, cells: tuple[str, ...]) -> None:
        if len(self._words) >= _WORDS or not self._sheet.may_have_broken:
            return
        for cell in filter(has_broken, cells):
            for word in filter(has_broken, _BETWEEN.split(cell)):
                if len(self._words) < _WORDS:
                    self._words.setdefault(word[:_WORD])

    def get_question(self) -> Question | None:
        """Return what to do with these characters, None if there are none."""
        if not self._words:
            return None
        shown = " · ".join(map(mark_broken, self._words))
        return Question(
            "signs",
            ((DROP, " · ".join(map(without_broken, self._words))), (KEEP, shown)),
            KEEP,
            is_open=True,
            count=self._count,
            value=shown,
        )


def _may_be_broken(text: str) -> bool:
    """Whether to look closer: Python has a fast test for characters like these."""
    return not text.isprintable() or SHOWN in text
