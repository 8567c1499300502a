"""Fourth step: interpret the cells of a row.

A cell is text unless its column has another type; an empty cell is ignored unless the
import clears empty cells, and ``=`` alone always clears.
"""

from collections.abc import Mapping
from typing import Final

from ..kinds.base import CellEmpty, CellRefused, Kind
from ..kinds.links import State
from ..kinds.registry import column_kind, label_kind
from ..problems import Problem
from ..text.fold import as_cell, fold_header, trim
from ..text.letters import compose
from ..text.words import NULLS
from ..types import (
    CleanOptions,
    CleanRow,
    ColumnMap,
    Label,
    Lookups,
    Row,
    Target,
    Value,
)
from ..writers.write_csv import unguard, unwrap
from .contact import KEYS

CLEAR: Final = "="
_TAKEN: Final = ("standard", "additional")


class RowCleaner:
    """Interprets the rows of one file, with the same lookups and options."""

    def __init__(
        self, columns: ColumnMap, lookups: Lookups, options: CleanOptions
    ) -> None:
        self.columns, self.lookups, self.options = columns, lookups, options
        self._reference = columns.index_of("reference")
        #: column key -> its type
        self.kinds: dict[str, Kind] = {}
        #: label -> its type, None where it is unknown and must not be added
        self.label_kinds: dict[str, Kind | None] = {}
        for target in columns.targets:
            if target.role == "standard":
                column = columns.columns[target.key]
                nulls = fold_header(target.header) in options.null_columns
                self.kinds[target.key] = column_kind(column, lookups, nulls)
            elif target.role == "additional":
                self.label_kinds[target.key] = self._get_label_kind(target)

    def _get_label_kind(self, target: Target) -> Kind | None:
        options, header = self.options, fold_header(target.header)
        name = fold_header(target.key)
        label = options.labels.get(name)
        if label is None and not options.new_labels:
            return None
        kind = label_kind(
            label or Label(),
            options.points,
            header in options.null_columns,
            header in options.american,
        )
        if name in options.answers:
            kind.answers = options.answers[name]
        return kind

    def is_null(self, target: Target, text: str) -> bool:
        """Whether a trimmed cell of that column says that there is no value."""
        if target.key == "reference" or text not in NULLS:
            return False
        kinds = self.kinds if target.role == "standard" else self.label_kinds
        kind = kinds.get(target.key)
        return kind is not None and kind.is_null(text)

    def clean(self, row: Row) -> CleanRow:
        """Interpret one row; stop there if the row as a whole has a problem."""
        columns, options = self.columns, self.options
        reference = reference_of(row.cells[self._reference])
        faults = dict(row.faults)
        problem = _row_problem(row, columns, reference, faults)
        if problem:
            return CleanRow(row, reference, {}, {}, (problem,))
        values: dict[str, Value] = {}
        additional: dict[str, str] = {}
        problems: list[Problem] = []
        for target in columns.targets:
            raw = text_of(row.cells[target.index], guarded=True)
            fault = target.role in _TAKEN and faults.get(target.index)
            if not fault and self.is_null(target, raw):
                raw = ""
            if target.key == "reference" or not (raw or fault or options.clear_empty):
                continue
            try:
                if fault:
                    raise CellRefused(fault)
                self._take(target, raw, values, additional)
            except CellRefused as refused:
                problems += [
                    Problem(
                        one.code,
                        row.line,
                        target.header,
                        one.value or raw,
                        one.params,
                        options.warn_cells,
                    )
                    for one in (refused, *refused.more)
                ]
        put_state(row, columns, values, self.lookups, problems, options)
        self._leave_contact(row, values)
        return CleanRow(row, reference, values, additional, tuple(problems))

    def _take(
        self,
        target: Target,
        raw: str,
        values: dict[str, Value],
        additional: dict[str, str],
    ) -> None:
        """Set the value of one cell; a word that is left empty is an empty cell."""
        try:
            if target.role == "standard":
                self._put(values, target.key, raw)
            elif target.role == "additional":
                additional[target.key] = self._get_additional(target.key, raw)
        except CellEmpty:
            if self.options.clear_empty:
                self._take(target, "", values, additional)

    def _leave_contact(self, row: Row, values: dict[str, Value]) -> None:
        """Let empty cells clear contact data only if the row identifies a contact."""
        if KEYS.isdisjoint(values):
            return
        for target in self.columns.targets:
            if target.role == "standard" and target.key in KEYS:
                text = text_of(row.cells[target.index])
                if text and not self.is_null(target, text):
                    return
        for key in KEYS:
            values.pop(key, None)

    def _put(self, values: dict[str, Value], key: str, raw: str) -> None:
        column, kind = self.columns.columns[key], self.kinds[key]
        if raw not in ("", CLEAR):
            if column.most and len(raw) > column.most:
                raise CellRefused("cell_long", raw, most=str(column.most))
            if not isinstance(kind, State):
                values[key] = kind.read(bare(raw))
        elif column.clearable and not column.required:
            values[key] = kind.empty
        elif raw == CLEAR:
            raise CellRefused("cell_clear")

    def _get_additional(self, label: str, raw: str) -> str:
        """Return the value as its type writes it: for comparison."""
        kind = self.label_kinds[label]
        if kind is None:
            raise CellRefused("cell_no_label")
        return "" if raw in ("", CLEAR) else kind.write(kind.read(bare(raw)))


def clean(
    row: Row, columns: ColumnMap, lookups: Lookups, options: CleanOptions
) -> CleanRow:
    """Interpret a single row."""
    return RowCleaner(columns, lookups, options).clean(row)


def reference_of(cell: str) -> str:
    """Return the reference in a cell, with composed accents."""
    return compose(cell if cell.isalnum() else text_of(cell))


def text_of(cell: str, guarded: bool = False) -> str:
    """Return a cell as text: trimmed, line breaks as LF, formula guard removed."""
    text = unwrap(as_cell(cell))
    return text if guarded else bare(text)


def bare(text: str) -> str:
    """Return a trimmed cell without its formula guard and the space right after it."""
    return trim(unguard(text))


def _row_problem(
    row: Row, columns: ColumnMap, reference: str, faults: Mapping[int, str]
) -> Problem | None:
    """Return the problem of the row as a whole, if any."""
    if problem := row.problem or _nameless(row, columns):
        return problem
    header = columns.header_of("reference")
    if fault := faults.get(columns.index_of("reference")):
        return Problem(fault, row.line, header, reference)
    if reference in ("", CLEAR):
        return Problem("row_no_reference", row.line, header)
    most = columns.columns["reference"].most
    if most and len(reference) > most:
        params = {"most": str(most)}
        return Problem("cell_long", row.line, header, reference, params)
    return None


def _nameless(row: Row, columns: ColumnMap) -> Problem | None:
    """A cell under a column without a header would be lost."""
    for target in columns.targets:
        if target.role == "nameless" and (value := trim(row.cells[target.index])):
            return Problem("row_extra_cells", row.line, value=value)
    return None


def put_state(
    row: Row,
    columns: ColumnMap,
    values: dict[str, Value],
    lookups: Lookups,
    problems: list[Problem],
    options: CleanOptions,
) -> None:
    """Set the state, among those of the row's country if the row has one."""
    if "state" not in columns.keys or "state" in values:
        return
    place = columns.index_of("state")
    text = text_of(row.cells[place])
    if not text or place in dict(row.faults):
        return
    kind = column_kind(columns.columns["state"], lookups)
    assert isinstance(kind, State)
    if kind.is_null(text):
        return
    try:
        values["state"] = kind.read(text, values.get("country"))
    except CellEmpty:
        if options.clear_empty:
            values["state"] = kind.empty
    except CellRefused as refused:
        header = columns.header_of("state")
        warning = options.warn_cells
        problem = Problem(refused.code, row.line, header, text, warning=warning)
        problems.append(problem)
