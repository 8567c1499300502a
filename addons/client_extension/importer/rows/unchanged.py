"""Find the rows whose cells equal what is stored, before interpreting them.

Most rows of most files change nothing. A comparison of their text finds most of them;
all other rows go through the usual steps, which may find that nothing changes either.
"""

import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Final

from ..kinds.base import CellReader
from ..text.fold import EDGES
from ..text.letters import has_signs
from ..types import ColumnMap, New, PlanOptions, Row, Value
from .fast_clean import FastCleaner
from .plan import UPDATES

_SPACES: Final = "".join(sorted(EDGES - {"\n"}))
#: a cell that may begin with a guard, after the mark that precedes each cell
_GUARDED: Final = re.compile(f"\n[{re.escape(_SPACES)}'=]")
#: not equal to any stored value
_UNKNOWN: Final = frozenset({New("?")})


class UnchangedDetector:
    """Compares the rows of one file with what is stored.

    ``keys`` are the keys of the compared columns, in the order in which
    :meth:`is_unchanged` receives the stored values; the first ``text_count`` are stored
    as the file has them, and are empty texts if nothing is stored.
    """

    def __init__(
        self, columns: ColumnMap, cleaner: FastCleaner, is_stored: Callable[[str], bool]
    ) -> None:
        """``is_stored`` tells by a column's key whether a table has its values."""
        self.cleaner = cleaner
        readers = [reader for reader in cleaner.readers if is_stored(reader[1])]
        texts = [(place, key) for place, key, read in readers if read is None]
        others = [(place, key, read) for place, key, read in readers if read]
        self.keys = [key for _place, key in texts] + [key for _, key, _read in others]
        self.text_count = len(texts)
        self._texts = _cells_at([place for place, _key in texts])
        self._others: list[tuple[int, CellReader]] = [
            (i, read) for i, _key, read in others
        ]
        taken = {place for place, _key, _read in readers}
        #: a cell in one of these places needs more than a comparison of texts
        self._left = [
            target.index
            for target in columns.targets
            if target.role != "ignored"
            and target.key != "reference"
            and target.index not in taken
        ]

    def is_possible(self, options: PlanOptions) -> bool:
        """Whether rows can be compared in this way at all."""
        return (
            self.cleaner.is_usual
            and options.mode in UPDATES
            and not options.category_ids
        )

    def may_be(self, row: Row) -> bool:
        """Whether this row can be compared in this way."""
        if row.problem or row.faults:
            return False
        return not self._left or not any(row.cells[place] for place in self._left)

    def is_unchanged(self, row: Row, stored: Sequence[Value]) -> bool:
        """Whether every cell equals what is stored; empty cells are ignored."""
        cells, count = row.cells, self.text_count
        texts = self._texts(cells)
        if texts != stored[:count] and _differ(texts, stored):
            return False
        for (place, read), value in zip(self._others, stored[count:], strict=True):
            if cells[place] and self._read(row, place, read) != value:
                return False
        if self.cleaner.may_have_signs and has_signs("".join(cells)):
            return False
        joined = "\n".join(("", *texts))
        return len(joined) <= self.cleaner.most and not _GUARDED.search(joined)

    def _read(self, row: Row, place: int, read: CellReader) -> Value:
        value = read(row.cells[place])
        if value is None:
            # for a name not seen before: cleaning the row caches it
            self.cleaner.clean(row)
            value = read(row.cells[place])
        return _UNKNOWN if value is None else value


def _cells_at(places: Sequence[int]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """Return the function that takes the cells in these places of a row, as a tuple."""
    if len(places) > 1:
        return itemgetter(*places)
    first = slice(places[0], places[0] + 1) if places else slice(0)
    return itemgetter(first)


def _differ(texts: Sequence[str], stored: Sequence[Value]) -> bool:
    """Whether a non-empty cell differs from what is stored."""
    return any(text and text != old for text, old in zip(texts, stored, strict=False))
