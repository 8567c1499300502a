"""Before the cells are understood: which rows say what is stored, letter by letter?

Most rows of most files change nothing. They are told by a look at the text of their
cells; whatever is not told so goes through all rooms, which may find the same.
"""

import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Final

from ..kinds.base import CellReader
from ..text.fold import EDGES
from ..types import ColumnMap, New, PlanOptions, Row, Value
from .fast_clean import FastCleaner
from .plan import UPDATES

_SPACES: Final = "".join(sorted(EDGES - {"\n"}))
#: a cell that may begin with a guard, behind the mark that stands before each cell
_GUARDED: Final = re.compile(f"\n[{re.escape(_SPACES)}'=]")
#: equal to nothing that is stored
_UNKNOWN: Final = frozenset({New("?")})


class UnchangedDetector:
    """Compares the rows of one file with what is stored.

    ``keys`` are those of the columns that are compared, in the order in which
    :meth:`is_unchanged` takes what is stored of them; the first ``text_count`` are kept
    as the file has them, and are empty texts where nothing is stored.
    """

    def __init__(
        self, columns: ColumnMap, cleaner: FastCleaner, is_stored: Callable[[str], bool]
    ) -> None:
        """``is_stored`` says of the key of a column whether a table has its values."""
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
        #: a cell at one of these places takes more than a look
        self._left = [
            target.index
            for target in columns.targets
            if target.role != "ignored"
            and target.key != "reference"
            and target.index not in taken
        ]

    def is_possible(self, options: PlanOptions) -> bool:
        """Whether a row can be told in this way at all."""
        return (
            self.cleaner.is_usual
            and options.mode in UPDATES
            and not options.category_ids
        )

    def may_be(self, row: Row) -> bool:
        """Whether a look can tell it of this row."""
        if row.problem or row.faults:
            return False
        return not self._left or not any(row.cells[place] for place in self._left)

    def is_unchanged(self, row: Row, stored: Sequence[Value]) -> bool:
        """Whether all that such a row says is stored; an empty cell says nothing."""
        cells, count = row.cells, self.text_count
        texts = self._texts(cells)
        if texts != stored[:count] and _differ(texts, stored):
            return False
        for (place, read), value in zip(self._others, stored[count:], strict=True):
            if cells[place] and self._read(row, place, read) != value:
                return False
        joined = "\n".join(("", *texts))
        return len(joined) <= self.cleaner.most and not _GUARDED.search(joined)

    def _read(self, row: Row, place: int, read: CellReader) -> Value:
        value = read(row.cells[place])
        if value is None:
            # a name that it did not see before: to understand the row makes it known
            self.cleaner.clean(row)
            value = read(row.cells[place])
        return _UNKNOWN if value is None else value


def _cells_at(places: Sequence[int]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """What takes the cells at these places of a row, as a tuple."""
    if len(places) > 1:
        return itemgetter(*places)
    first = slice(places[0], places[0] + 1) if places else slice(0)
    return itemgetter(first)


def _differ(texts: Sequence[str], stored: Sequence[Value]) -> bool:
    """Whether a cell that says something says another thing."""
    return any(text and text != old for text, old in zip(texts, stored, strict=False))
