"""The fourth step, with a faster path for ordinary rows.

Most cells are plain text, or one of the few names that recur in a column. All others go
through :class:`importer.rows.clean.RowCleaner`; both paths give the same result.
"""

from typing import Final

from ..kinds.base import CellReader, Kind
from ..kinds.links import State
from ..text.fold import EDGES
from ..text.letters import compose, has_signs
from ..types import CleanOptions, CleanRow, ColumnMap, Lookups, New, Row, Value
from .clean import RowCleaner

#: a guard or a formula may begin with this
_HEADS: Final = EDGES | {"'", "="}
#: maximum number of distinct cells of a column that are cached
_REMEMBERED: Final = 2_000


class FastCleaner:
    """Cleans the rows of one file, with the same lookups and options."""

    def __init__(
        self, columns: ColumnMap, lookups: Lookups, options: CleanOptions
    ) -> None:
        self._long = RowCleaner(columns, lookups, options)
        self._reference = columns.index_of("reference")
        #: whether some cell of the file may have invisible signs
        self.may_have_signs = options.may_have_signs
        #: a row with fewer characters has no cell that is too long
        self.most = min(column.most or 1 << 30 for column in columns.columns.values())
        self._memos: dict[str, dict[str, Value]] = {}
        #: place, key and reader of each column; without a reader the text is the value
        self.readers: list[tuple[int, str, CellReader | None]] = []
        self._labels: list[tuple[int, str, CellReader | None]] = []
        self._state: tuple[int, dict[tuple[str, Value], Value]] | None = None
        self.is_usual = not options.clear_empty and self._prepare(columns)

    def holds(self, lookups: Lookups, options: CleanOptions) -> bool:
        """Whether this cleaner was made for these lookups and options."""
        return self._long.lookups is lookups and self._long.options is options

    def clean(self, row: Row) -> CleanRow:
        """Interpret one row."""
        cells = row.cells
        if not self.is_usual or not self._is_usual(row):
            return self._long.clean(row)
        values: dict[str, Value] = {}
        for index, key, read in self.readers:
            if cell := cells[index]:
                if cell[0] in _HEADS or cell[-1] in EDGES or "\r" in cell:
                    return self._long.clean(row)
                value = read(cell) if read else cell
                if value is None:
                    return self._learn(row)
                values[key] = value
        if self._state and not self._read_state(cells, values):
            return self._learn(row)
        additional: dict[str, str] = {}
        for index, label, read in self._labels:
            if cell := cells[index]:
                text = read(cell) if read else cell
                if text is None:
                    return self._long.clean(row)
                additional[label] = text
        return CleanRow(row, compose(cells[self._reference]), values, additional)

    def _is_usual(self, row: Row) -> bool:
        """Whether the row has a reference, and ordinary text under each label."""
        reference = row.cells[self._reference]
        return bool(
            reference
            and not row.problem
            and not row.faults
            and sum(map(len, row.cells)) <= self.most
            and not _is_odd(reference)
            and not (self.may_have_signs and has_signs("".join(row.cells)))
            and not any(
                row.cells[index] and _is_odd(row.cells[index])
                for index, _label, _read in self._labels
            )
        )

    def _prepare(self, columns: ColumnMap) -> bool:
        """Choose each column's reader; False if one always needs the long path."""
        for target in columns.targets:
            if target.role == "standard" and target.key != "reference":
                kind = self._long.kinds[target.key]
                if isinstance(kind, State):
                    self._state = (target.index, {})
                    continue
                reader = self._get_cell_reader(target.key, kind)
                self.readers.append((target.index, target.key, reader))
            elif target.role == "additional":
                label = self._long.label_kinds[target.key]
                if label is None:
                    return False
                reader = self._get_label_reader(label)
                self._labels.append((target.index, target.key, reader))
            elif target.role == "nameless":
                self.readers.append((target.index, "", _never))
        return True

    def _get_cell_reader(self, key: str, kind: Kind) -> CellReader | None:
        if kind.has_few:
            return self._memos.setdefault(key, {}).get
        return kind.get_fast_reader()

    def _get_label_reader(self, kind: Kind) -> CellReader | None:
        """Return the reader of a cell's compared text, which is None if invalid."""
        read = kind.get_fast_reader()
        if read is None:
            return None

        def read_label(cell: str) -> str | None:
            value = read(cell)
            return None if value is None else kind.write(value)

        return read_label

    def _read_state(self, cells: tuple[str, ...], values: dict[str, Value]) -> bool:
        assert self._state
        index, memo = self._state
        if cell := cells[index]:
            state = memo.get((cell, values.get("country")))
            if state is None:
                return False
            values["state"] = state
        return True

    def _learn(self, row: Row) -> CleanRow:
        """Clean a row with the long path, and cache what its names stand for."""
        cleaned = self._long.clean(row)
        if cleaned.problems:
            return cleaned
        for index, key, _read in self.readers:
            value = cleaned.values.get(key)
            if key in self._memos and value is not None and not _is_new(value):
                _remember(self._memos[key], row.cells[index], value)
        if self._state and "state" in cleaned.values:
            index, memo = self._state
            country = cleaned.values.get("country")
            _remember(memo, (row.cells[index], country), cleaned.values["state"])
        return cleaned


def _is_odd(cell: str) -> bool:
    return cell[0] in _HEADS or cell[-1] in EDGES or "\r" in cell


def _never(_cell: str) -> Value:
    return None


def _is_new(value: Value) -> bool:
    items = value if isinstance(value, frozenset) else (value,)
    return any(isinstance(item, New) for item in items)


def _remember(memo: dict, key: object, value: Value) -> None:  # type: ignore[type-arg]
    if len(memo) < _REMEMBERED:
        memo[key] = value
