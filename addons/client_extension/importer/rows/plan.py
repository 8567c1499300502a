"""Sixth step: what will be done with each row.

Rows are applied in file order. What an earlier row of the same file will have done is
kept in a ``Ledger``, only for references that occur more than once, so that the second
row behaves as it would in a second import.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from ..kinds.base import EMPTY, is_same
from ..kinds.texts import Text
from ..problems import Problem
from ..text.fold import fold_header
from ..types import Candidate, CleanRow, Match, Outcome, PlanOptions, Value
from .columns import STANDARD
from .contact import (
    KEYS,
    contacts_after,
    find,
    is_nameless,
    merge_known,
)

_NORMALIZERS: Final = {
    column.key: column.normalize for column in STANDARD if column.normalize
}
#: modes in which an existing client may change
UPDATES: Final = ("update", "update_skip", "create_update")


@dataclass(frozen=True, slots=True)
class Ledger:
    """What earlier rows of this file did, by repeated reference."""

    repeated: Container[str] = frozenset()
    lines: dict[str, int] = field(default_factory=dict)
    partners: dict[str, Candidate] = field(default_factory=dict)

    def remember(self, outcome: Outcome, virtual: bool = False) -> None:
        """Record a row that was accepted; ``virtual`` if nothing was written."""
        reference = outcome.row.reference
        if reference not in self.repeated or outcome.kind == "reject":
            return
        if outcome.kind != "skip":
            self.lines.setdefault(reference, outcome.row.row.line)
        if virtual and outcome.kind in ("create", "update"):
            self.partners[reference] = _after(outcome)

    def seen(self, found: Match) -> Match:
        """Return the match as changed by earlier rows."""
        partner = self.partners.get(found.row.reference)
        if partner is None or found.problem:
            return found
        return replace(found, candidate=partner)


def plan(found: Match, options: PlanOptions, ledger: Ledger) -> Outcome:
    """Decide what happens to one row, without changing anything."""
    row = found.row
    found = ledger.seen(found)
    if row.refused:
        if not row.is_unusable and _is_passed_over(found, options):
            warnings = tuple(problem for problem in row.problems if problem.warning)
            return Outcome("skip", row, found.candidate, problems=warnings)
        return Outcome("reject", row, found.candidate, problems=row.problems)
    if found.problem:
        return _reject(row, None, found.problem)
    if found.candidate is None:
        return _missing(found, options)
    return _existing(row, found.candidate, options, ledger)


def _is_passed_over(found: Match, options: PlanOptions) -> bool:
    """Whether the mode skips the row, whatever its cells contain."""
    if found.problem or found.is_taken:
        return False
    mode = "create_skip" if found.candidate else "update_skip"
    return options.mode == mode


def _reject(row: CleanRow, candidate: Candidate | None, problem: Problem) -> Outcome:
    return Outcome("reject", row, candidate, problems=(*row.problems, problem))


def _missing(found: Match, options: PlanOptions) -> Outcome:
    row = found.row
    if options.mode == "update_skip":
        return Outcome("skip", row, problems=row.problems)
    line = row.row.line
    if options.mode == "update":
        problem = Problem("match_missing", line, "reference", row.reference)
        return _reject(row, None, problem)
    if found.is_taken:
        problem = Problem("match_taken", line, "reference", row.reference)
        return _reject(row, None, problem)
    if not row.values.get("name"):
        return _reject(row, None, Problem("row_no_name", line, "name"))
    values: dict[str, Value] = {"reference": row.reference, **row.values}
    values.setdefault("status", options.default_status)
    if options.business_unit_id:
        values.setdefault("business_unit", options.business_unit_id)
    values.update(_categories(row, frozenset(), options))
    changes = {key: (None, new) for key, new in values.items() if new not in EMPTY}
    # an explicit "no" (not active, not a company) is a value, not an empty cell
    changes.update({k: (None, v) for k, v in values.items() if v is False})
    additional = {label: ("", text) for label, text in row.additional.items() if text}
    return _outcome("create", row, None, changes, additional, options)


def _existing(
    row: CleanRow, candidate: Candidate, options: PlanOptions, ledger: Ledger
) -> Outcome:
    if options.mode == "create_skip":
        return Outcome("skip", row, candidate, problems=row.problems)
    if options.mode == "create":
        return _reject(row, candidate, _exists(row, candidate, ledger))
    changes = _changes(row, candidate, options)
    additional = _labels(row, candidate)
    kind = "update" if changes or additional else "unchanged"
    return _outcome(kind, row, candidate, changes, additional, options)


def _outcome(
    kind: str,
    row: CleanRow,
    candidate: Candidate | None,
    changes: Mapping[str, tuple[Value, Value]],
    additional: Mapping[str, tuple[str, str]],
    options: PlanOptions,
) -> Outcome:
    """Return the outcome, or a rejection if the import cannot do it.

    It cannot change a value of some types of additional data, nor create a contact
    without a name.
    """
    contacts = candidate.contacts if candidate else ()
    nameless = not KEYS.isdisjoint(changes) and is_nameless(row.values)
    if nameless and not find(row.values, contacts):
        return _reject(row, candidate, Problem("row_contact_no_name", row.row.line))
    for label, (_old, new) in additional.items():
        if fixed := options.fixed.get(fold_header(label)):
            params = {"kind": fixed}
            problem = Problem("cell_kind", row.row.line, label, new, params)
            return _reject(row, candidate, problem)
    return Outcome(kind, row, candidate, changes, additional, row.problems)


def _exists(row: CleanRow, candidate: Candidate, ledger: Ledger) -> Problem:
    line, reference = row.row.line, row.reference
    if first := ledger.lines.get(reference):
        params = {"first": str(first)}
        return Problem("match_repeated", line, "reference", reference, params)
    params = {"client": candidate.label, "ids": str(candidate.id)}
    return Problem("match_exists", line, "reference", reference, params)


def _changes(
    row: CleanRow, candidate: Candidate, options: PlanOptions
) -> dict[str, tuple[Value, Value]]:
    """Return column key -> old and new value, for those that differ."""
    old = candidate.values
    if _is_known(row, candidate, options):
        return {}
    new: dict[str, Value] = dict(row.values)
    if not candidate.is_client:
        new.setdefault("status", options.default_status)
    if options.business_unit_id and not old.get("business_unit"):
        new.setdefault("business_unit", options.business_unit_id)
    new.update(_categories(row, old.get("category", frozenset()), options))
    return {
        key: (old.get(key), value)
        for key, value in new.items()
        if not _same(key, old.get(key), value, options)
    }


def _is_known(row: CleanRow, candidate: Candidate, options: PlanOptions) -> bool:
    """Whether all values of the row are stored exactly so: the usual case."""
    old = candidate.values
    return (
        candidate.is_client
        and not options.category_ids
        and (not options.business_unit_id or bool(old.get("business_unit")))
        and row.values.items() <= old.items()
    )


def _same(key: str, old: Value, new: Value, options: PlanOptions) -> bool:
    if old == new:
        return True
    normalize = options.normalizers.get(key) or _NORMALIZERS.get(key)
    return Text(normalize=normalize).same(old, new) if normalize else is_same(old, new)


def _categories(row: CleanRow, old: Value, options: PlanOptions) -> Mapping[str, Value]:
    """Return the row's categories, or the old ones, plus those of the import."""
    if not options.category_ids:
        return {}
    base = row.values.get("category", old)
    assert isinstance(base, frozenset)
    return {"category": base | options.category_ids}


def _labels(row: CleanRow, candidate: Candidate) -> dict[str, tuple[str, str]]:
    if not row.additional:
        return {}
    stored = {fold_header(label): text for label, text in candidate.additional.items()}
    changes = {}
    for label, new in row.additional.items():
        old = stored.get(fold_header(label), "")
        if old != new:
            changes[label] = (old, new)
    return changes


def _after(outcome: Outcome) -> Candidate:
    """Return the partner as it will be after that row."""
    before = outcome.candidate or Candidate(0, str(outcome.row.values.get("name")))
    values = {**before.values, **{k: new for k, (_, new) in outcome.changes.items()}}
    labels = {
        **before.additional,
        **{label: new for label, (_, new) in outcome.additional.items()},
    }
    contacts = before.contacts
    if not KEYS.isdisjoint(outcome.changes):
        contacts = contacts_after(outcome.row.values, contacts)
        values = merge_known(outcome.row.values, before.contacts, values)
    return replace(
        before, is_client=True, values=values, additional=labels, contacts=contacts
    )
