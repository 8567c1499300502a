"""Still in the fourth room: the short way for rows in which nothing is unusual.

Most cells are a plain text, or one of few names that a column has again and again.
Whatever is not goes through :func:`importer.rows.clean.clean`, and both ways end alike.
"""

import re
from collections.abc import Callable
from typing import Final

from ..text.fold import EDGES, fold_header
from ..text.labels import KINDS
from ..text.words import is_email
from ..types import CleanOptions, CleanRow, Column, ColumnMap, Lookups, New, Row, Value
from .clean import clean

#: a guard or a formula may begin like this
_HEADS: Final = EDGES | {"'", "="}
#: kinds of which a file has few different cells
_NAMES: Final = ("flag", "type", "status", "one", "many")
#: what nearly every address looks like
_ADDRESS: Final = re.compile(
    r"[\w+-]+(?:\.[\w+-]+)*@(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+[a-z]+", re.ASCII
)
#: so many different cells of a column are remembered
_REMEMBERED: Final = 2_000

#: gives the value of a cell, None for one that it does not know
CellReader = Callable[[str], Value]


class FastCleaner:
    """Cleans the rows of one file, as long as its lookups and options hold."""

    def __init__(
        self, columns: ColumnMap, lookups: Lookups, options: CleanOptions
    ) -> None:
        self._arguments = (columns, lookups, options)
        self._reference = columns.index_of("reference")
        #: a row that is shorter has no cell that is too long
        self.most = min(column.most or 1 << 30 for column in columns.columns.values())
        self._memos: dict[str, dict[str, Value]] = {}
        self.readers: list[tuple[int, str, CellReader | None]] = []
        self._labels: list[tuple[int, str]] = []
        self._state: tuple[int, dict[tuple[str, Value], Value]] | None = None
        self.is_usual = not options.clear_empty and self._prepare()

    def holds(self, lookups: Lookups, options: CleanOptions) -> bool:
        """Whether it was made for these."""
        return self._arguments[1] is lookups and self._arguments[2] is options

    def clean(self, row: Row) -> CleanRow:
        """Understand one row."""
        cells = row.cells
        if not self.is_usual or not self._is_usual(row):
            return clean(row, *self._arguments)
        values: dict[str, Value] = {}
        for index, key, read in self.readers:
            if cell := cells[index]:
                if cell[0] in _HEADS or cell[-1] in EDGES or "\r" in cell:
                    return clean(row, *self._arguments)
                value = read(cell) if read else cell
                if value is None:
                    return self._learn(row)
                values[key] = value
        if self._state and not self._read_state(cells, values):
            return self._learn(row)
        additional = {label: cells[i] for i, label in self._labels if cells[i]}
        return CleanRow(row, cells[self._reference], values, additional)

    def _is_usual(self, row: Row) -> bool:
        """Whether the row has a reference, and a text below each label."""
        reference = row.cells[self._reference]
        return bool(
            reference
            and not row.problem
            and not row.faults
            and sum(map(len, row.cells)) <= self.most
            and not _is_odd(reference)
            and not any(
                row.cells[index] and _is_odd(row.cells[index])
                for index, _label in self._labels
            )
        )

    def _prepare(self) -> bool:
        """Say how each column is taken; False when one of them always is unusual."""
        columns, _lookups, options = self._arguments
        for target in columns.targets:
            if target.role == "standard" and target.key != "reference":
                column = columns.columns[target.key]
                if column.kind == "state":
                    self._state = (target.index, {})
                else:
                    reader = self._get_cell_reader(column)
                    self.readers.append((target.index, target.key, reader))
            elif target.role == "additional":
                label = options.labels.get(fold_header(target.key))
                if label.kind in KINDS if label else not options.new_labels:
                    return False
                self._labels.append((target.index, target.key))
            elif target.role == "nameless":
                self.readers.append((target.index, "", _never))
        return True

    def _get_cell_reader(self, column: Column) -> CellReader | None:
        if column.kind in _NAMES:
            memo = self._memos.setdefault(column.key, {})
            return memo.get
        if column.kind == "email":
            return _email
        if column.kind != "text":
            return _never
        return _asked(column.reader) if column.reader else None

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
        """Clean a row the long way, and remember what its names stand for."""
        cleaned = clean(row, *self._arguments)
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


def _email(cell: str) -> Value:
    return cell if _ADDRESS.fullmatch(cell) or is_email(cell) else None


def _asked(reader: Callable[[str], str]) -> CellReader:
    """The reader of a column, without what it says of a bad cell."""

    def read_asked(cell: str) -> Value:
        try:
            return reader(cell)
        except ValueError:
            return None

    return read_asked


def _is_new(value: Value) -> bool:
    items = value if isinstance(value, frozenset) else (value,)
    return any(isinstance(item, New) for item in items)


def _remember(memo: dict, key: object, value: Value) -> None:  # type: ignore[type-arg]
    if len(memo) < _REMEMBERED:
        memo[key] = value
