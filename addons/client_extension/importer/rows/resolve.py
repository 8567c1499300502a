"""An intermediate step: cells whose meaning depends on what is stored.

A state without a country belongs to the client's country. A cell that is invalid, but
is exactly what an export writes for the client, changes nothing and is no problem:
whatever is stored, the file of an export comes back unchanged.
"""

from collections.abc import Iterator, Mapping

from ..kinds.links import State
from ..text.fold import as_cell, fold_header
from ..types import (
    Candidate,
    CleanOptions,
    CleanRow,
    ColumnMap,
    Lookups,
    New,
    Target,
    Value,
)
from .clean import CLEAR, put_state, text_of

_TAKEN = ("standard", "additional")


def resolve_state(
    row: CleanRow,
    columns: ColumnMap,
    lookups: Lookups,
    options: CleanOptions,
    country: object,
) -> CleanRow:
    """Resolve a state within the client's country, if the row has no country."""
    if not country or "country" in row.values or row.is_unusable:
        return row
    target = next(
        t for t in columns.targets if (t.role, t.key) == ("standard", "state")
    )
    place = target.index
    text = text_of(row.row.cells[place])
    if place in dict(row.row.faults) or text in ("", CLEAR):
        return row
    if State(lookups.states).is_null(text):
        return row
    values = {key: value for key, value in row.values.items() if key != "state"}
    problems = [p for p in row.problems if p.column != target.header]
    values["country"] = country  # type: ignore[assignment]
    put_state(row.row, columns, values, lookups, problems, options)
    del values["country"]
    return row._replace(values=values, problems=tuple(problems))


def resolve_twins(row: CleanRow, lookups: Lookups, stored: Candidate) -> CleanRow:
    """Keep the records that a client has, where an older one has the same name."""
    kept: dict[str, Value] = {}
    for key, twins in lookups.twins.items():
        value, old = row.values.get(key), stored.values.get(key)
        if isinstance(value, frozenset) and isinstance(old, frozenset):
            parts = (_kept(item, old, twins) for item in value)
            kept[key] = frozenset().union(*parts)
        elif value and old and not isinstance(old, frozenset):
            found = _kept(value, frozenset({old}), twins)  # type: ignore[arg-type]
            kept[key] = next(iter(found))
    return row._replace(values={**row.values, **kept}) if kept else row


def _kept(
    item: int | New, old: frozenset[int | New], twins: Mapping[int, frozenset[int]]
) -> frozenset[int | New]:
    """Return those of that name that the client has, else the record itself."""
    if isinstance(item, New):
        return frozenset({item})
    alike: frozenset[int | New] = frozenset({item}) | twins.get(item, frozenset())
    return alike & old or frozenset({item})


def columns_in_doubt(row: CleanRow, columns: ColumnMap) -> Iterator[Target]:
    """Return the columns whose cells are invalid."""
    headers = {problem.column for problem in row.problems if problem.layer == "cell"}
    for target in columns.targets:
        if target.role in _TAKEN and target.header in headers:
            yield target


def drop_problems(
    row: CleanRow,
    columns: ColumnMap,
    before: tuple[Candidate, Candidate],
    spelled: Mapping[str, str],
) -> CleanRow:
    """Return the row without the problems of cells that equal the stored value.

    ``before``: the client as it is stored, and as changed by earlier rows of the file.
    ``spelled``: header of a column in doubt -> the text of an export for that client.
    """
    stored, left = before
    dropped = {
        target.header
        for target in columns_in_doubt(row, columns)
        if text_of(row.row.cells[target.index]) == as_cell(spelled[target.header])
        and _of(stored, target) == _of(left, target)
    }
    if not dropped:
        return row
    problems = tuple(p for p in row.problems if p.column not in dropped)
    return row._replace(problems=problems)


def _of(candidate: Candidate, target: Target) -> object:
    if target.role == "standard":
        return candidate.values.get(target.key)
    return candidate.additional.get(fold_header(target.key))
