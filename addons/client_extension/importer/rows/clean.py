"""Fourth room: what the cells of a row say.

Everything is text until a column says otherwise; an empty cell says nothing
unless the import says that it clears, and ``=`` alone always clears.
"""

from collections.abc import Callable, Mapping
from typing import Final

from ..problems import Problem
from ..text.fold import as_cell, fold, fold_header, trim
from ..text.labels import KINDS, NotOfKind, parse, readings, spell
from ..text.name_list import split_names
from ..text.words import FLAGS, STATUSES, TYPES, is_email
from ..types import (
    LONGEST,
    CleanOptions,
    CleanRow,
    Column,
    ColumnMap,
    Lookups,
    New,
    Row,
    Value,
)
from ..writers.write_csv import unguard, unwrap
from .contact import KEYS

CLEAR: Final = "="
_TAKEN: Final = ("standard", "additional")
_NOTHING: Final[Mapping[str, Value]] = {"many": frozenset(), "one": None, "state": None}


class _Refused(Exception):
    """A cell that cannot be taken: the code of its problem and what it needs."""

    def __init__(self, code: str, value: str = "", **params: str) -> None:
        super().__init__(code)
        self.code, self.value, self.params = code, value, params


def clean(
    row: Row, columns: ColumnMap, lookups: Lookups, options: CleanOptions
) -> CleanRow:
    """Understand one row; a problem of the row itself ends it there."""
    reference = reference_of(row.cells[columns.index_of("reference")])
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
        if target.key == "reference" or not (raw or fault or options.clear_empty):
            continue
        try:
            if fault:
                raise _Refused(fault)
            if target.role == "standard":
                column = columns.columns[target.key]
                _put(values, column, raw, lookups)
            elif target.role == "additional":
                additional[target.key] = _additional(target.key, raw, options)
        except _Refused as refused:
            problems.append(
                Problem(
                    refused.code,
                    row.line,
                    target.header,
                    refused.value or raw,
                    refused.params,
                    options.warn_cells,
                )
            )
    put_state(row, columns, values, lookups, problems, options)
    _leave_contact(row, columns, values)
    return CleanRow(row, reference, values, additional, tuple(problems))


def _leave_contact(row: Row, columns: ColumnMap, values: dict[str, Value]) -> None:
    """Empty cells clear the data of a contact of whom the row speaks, no other's."""
    if KEYS.isdisjoint(values):
        return
    own = (t for t in columns.targets if t.role == "standard" and t.key in KEYS)
    if not any(text_of(row.cells[target.index]) for target in own):
        for key in KEYS:
            values.pop(key, None)


def reference_of(cell: str) -> str:
    """The reference that a cell says."""
    return cell if cell.isalnum() else text_of(cell)


def text_of(cell: str, guarded: bool = False) -> str:
    """A cell as text: trimmed, line breaks as LF, formula guard taken off."""
    text = unwrap(as_cell(cell))
    return text if guarded else bare(text)


def bare(text: str) -> str:
    """A trimmed cell without its formula guard, nor the space right behind it."""
    return trim(unguard(text))


def _row_problem(
    row: Row, columns: ColumnMap, reference: str, faults: Mapping[int, str]
) -> Problem | None:
    """What is wrong with the row as a whole."""
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


def _additional(name: str, raw: str, options: CleanOptions) -> str:
    label = options.labels.get(fold_header(name))
    if label is None and not options.new_labels:
        raise _Refused("cell_no_label")
    if raw in ("", CLEAR):
        return ""
    text = bare(raw)
    if label is None or label.kind not in KINDS:
        return text
    if label.kind == "float" and (unclear := readings(text, options.points)):
        large, small = unclear
        raise _Refused("cell_unclear", text, large=large, small=small)
    try:
        return spell(parse(text, label), label)
    except NotOfKind as error:
        raise _Refused("cell_kind", text, kind=str(error)) from None


def _put(values: dict[str, Value], column: Column, raw: str, lookups: Lookups) -> None:
    if raw not in ("", CLEAR):
        if column.most and len(raw) > column.most:
            raise _Refused("cell_long", raw, most=str(column.most))
        if column.kind != "state":
            values[column.key] = _READERS[column.kind](bare(raw), column, lookups)
    elif column.clearable and not column.required:
        values[column.key] = _NOTHING.get(column.kind, "")
    elif raw == CLEAR:
        raise _Refused("cell_clear")


def _text(text: str, column: Column, lookups: Lookups) -> Value:
    if column.reader is None:
        return text
    try:
        return column.reader(text)
    except ValueError as error:
        raise _Refused(str(error)) from None


def _email(text: str, column: Column, lookups: Lookups) -> Value:
    if not is_email(text):
        raise _Refused("cell_email")
    return text


def _word(words: Mapping[str, bool | str], code: str) -> Callable[..., Value]:
    def read_word(text: str, column: Column, lookups: Lookups) -> Value:
        value = words.get(fold(text))
        if value is None:
            raise _Refused(code)
        return value

    return read_word


def _one(text: str, column: Column, lookups: Lookups) -> Value:
    found = lookups.tables.get(column.key, {}).get(fold(text), ())
    if len(found) > 1:
        raise _Refused("cell_several", text)
    if found:
        return found[0]
    if column.key in lookups.creatable:
        if len(text) > LONGEST:
            raise _Refused("cell_long", text, most=str(LONGEST))
        return New(text)
    raise _Refused("cell_unknown", text)


def _many(text: str, column: Column, lookups: Lookups) -> Value:
    table = lookups.tables.get(column.key, {})
    if fold(text) in table:  # a name that holds the separator itself
        return frozenset({_id(_one(text, column, lookups))})
    parts = {fold(name): name for name in split_names(text)}
    return frozenset(_id(_one(part, column, lookups)) for part in parts.values())


def _id(value: Value) -> int | New:
    assert isinstance(value, int | New)
    return value


_READERS: Final[Mapping[str, Callable[[str, Column, Lookups], Value]]] = {
    "text": _text,
    "email": _email,
    "flag": _word(FLAGS, "cell_flag"),
    "type": _word(TYPES, "cell_type"),
    "status": _word(STATUSES, "cell_status"),
    "one": _one,
    "many": _many,
}


def put_state(
    row: Row,
    columns: ColumnMap,
    values: dict[str, Value],
    lookups: Lookups,
    problems: list[Problem],
    options: CleanOptions,
) -> None:
    """The state, among those of the row's country when the row has one."""
    if "state" not in columns.keys or "state" in values:
        return
    place = columns.index_of("state")
    text = text_of(row.cells[place])
    if not text or place in dict(row.faults):
        return
    found = lookups.states.get(fold(text), ())
    country = values.get("country")
    if country:
        found = tuple(pair for pair in found if pair[1] == country)
    if len(found) == 1:
        values["state"] = found[0][0]
        return
    header = next(t.header for t in columns.targets if t.key == "state")
    code = "cell_several" if found else "cell_unknown"
    problems.append(Problem(code, row.line, header, text, warning=options.warn_cells))
