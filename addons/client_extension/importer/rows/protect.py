"""Values of stored clients that a row may not overwrite, such as a tax ID on invoices.

Filling an empty field is not overwriting. The fields of a group belong together: where
one of them would be overwritten, none of them changes, so that no new ZIP stands beside
an old street.
"""

from collections.abc import Collection, Mapping
from typing import Final

from ..kinds.base import EMPTY
from ..problems import Problem
from ..text.fold import one_line
from ..types import ColumnMap, Outcome

#: name of a group -> keys of its columns
Groups = Mapping[str, Collection[str]]
CODE: Final = "cell_protected"


def protected_groups(fields: Groups, columns: ColumnMap) -> Groups:
    """Return the groups that a file has columns of.

    :param fields: name of a group -> names of its stored fields
    :param columns: the columns of the file
    :return: name of a group -> keys of its columns, in the order of the file
    """
    standard = [t.key for t in columns.targets if t.role == "standard"]
    found = {
        group: [key for key in standard if columns.columns[key].field in names]
        for group, names in fields.items()
    }
    return {group: keys for group, keys in found.items() if keys}


def overwritten(outcome: Outcome, groups: Groups) -> frozenset[str]:
    """Return the names of the groups of which the row replaces or clears a value."""
    changes = outcome.changes
    if outcome.kind != "update":
        return frozenset()
    return frozenset(
        group
        for group, keys in groups.items()
        if any(key in changes and changes[key][0] not in EMPTY for key in keys)
    )


def protect(
    outcome: Outcome, names: Collection[str], groups: Groups, columns: ColumnMap
) -> Outcome:
    """Return the outcome without its changes of some groups, with a warning for each.

    :param outcome: what would be done
    :param names: names of the groups that are protected
    :param groups: name of a group -> keys of its columns
    :param columns: the columns of the file
    """
    kept, problems = {}, []
    for name in (name for name in groups if name in names):
        keys = [key for key in groups[name] if key in outcome.changes]
        kept.update({key: outcome.changes[key] for key in keys})
        problems.append(_warning(outcome, keys, columns))
    changes = {key: pair for key, pair in outcome.changes.items() if key not in kept}
    kind = "update" if changes or outcome.additional else "unchanged"
    return outcome._replace(
        kind=kind,
        changes=changes,
        kept=kept,
        problems=(*outcome.problems, *problems),
    )


def _warning(outcome: Outcome, keys: list[str], columns: ColumnMap) -> Problem:
    row = outcome.row.row
    cells = (one_line(row.cells[columns.index_of(key)]) for key in keys)
    headers = ", ".join(columns.header_of(key) for key in keys)
    value = ", ".join(filter(None, cells))
    return Problem(CODE, row.line, headers, value, warning=True)
