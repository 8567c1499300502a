from dataclasses import dataclass, field

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ....importer.text.fold import fold, fold_header
from ....importer.types import New
from ....tools.halves import in_halves
from ...labels.client_label import HEADING

#: stands for the column key of labels of additional data
LABEL = "+"
#: keys of the advisory lock of all who create names, beside that of imports
LOCK, NAMES = 0x0C11F, 0
#: has PostgreSQL fail as it does when another transaction was faster
AGAIN = (
    "DO $$ BEGIN RAISE EXCEPTION 'names were created by another transaction'"
    " USING ERRCODE = 'serialization_failure'; END $$"
)


@dataclass(frozen=True)
class Made:
    """What was created from the names in the cells of one chunk."""

    #: (column key, ``New``) -> id of the record
    ids: dict = field(default_factory=dict)
    #: (column key, folded name), or (``LABEL``, folded label) -> why Odoo refused it
    refused: dict = field(default_factory=dict)
    #: pairs (name of a model, id) of what did not exist before
    created: list = field(default_factory=list)


class ClientImportApply(models.AbstractModel):
    """Creates the categories, sources and labels that the rows need."""

    _inherit = "client.import.apply"

    @api.model
    def _make_missing(self, client_import, outcomes, columns):
        """Create what the rows name but does not exist yet, and note it for an undo.

        :return: ``Made``, for names in these rows that did not exist yet
        """
        labels = self._get_missing_labels(outcomes)
        names = self._get_missing_names(outcomes)
        if not (labels or names):
            return Made()
        made = self._add_missing(columns, labels, names)
        self.env["client.import.name"]._note(client_import, made.created)
        known = self.env["client.import.columns"]._get_labels() if labels else {}
        for label in labels:
            if (text := fold_header(label)) not in known:
                reason = self.env._("There is no label named “%s”.", label)
                made.refused.setdefault((LABEL, text), UserError(reason))
        return made

    @api.model
    def _lock_names(self, pairs):
        """Let only one transaction at a time create names, until it ends.

        :param pairs: list of (column key or ``LABEL``, folded name)
        :return: dict: pair -> id, of those that exist by now
        :raise SerializationFailure: when another transaction has created one of them
            since this one began: Odoo does the work again, and finds the name
        """
        cr = self.env.cr
        cr.execute(SQL("SELECT pg_advisory_xact_lock(%s, %s)", LOCK, NAMES))
        wanted = set(pairs)
        own = self._find_names(wanted)
        # This transaction sees nothing that was committed after it began.
        with self.env.registry.cursor() as fresh:
            others = self.with_env(self.env(cr=fresh))._find_names(wanted)
        if others.keys() - own.keys():
            cr.execute(SQL(AGAIN), log_exceptions=False)
        return own

    @api.model
    def _find_names(self, wanted):
        """:return: dict: pair (column key or ``LABEL``, folded name) -> id of the
        oldest record, for those of the wanted pairs that exist"""
        columns = self.env["client.import.columns"].with_context(active_test=False)
        found = {}
        for key in {key for key, _text in wanted}:
            if key == LABEL:
                # Superuser: only whether there is a label of that name.
                # A heading has no values, so a label can have the same name.
                labels = self.env["client.label"].sudo()
                labels = labels.search([("kind", "!=", HEADING)])
                pairs = [(fold_header(label.name), label.id) for label in labels]
            else:
                maker = columns._get_lookup_makers()[key]
                pairs = [(fold(text), record_id) for text, record_id in maker(None)]
            for text, record_id in sorted(pairs, reverse=True):
                if (key, text) in wanted:
                    found[key, text] = record_id
        return found

    @api.model
    def _add_missing(self, columns, labels, names):
        """Create what the cells name but does not exist yet.

        :param columns: ``importer.types.ColumnMap`` of the file
        :param labels: list of the labels of additional data to create
        :param names: dict: (column key, folded name) -> list of ``New``
        :return: ``Made``; overridden by bridges that process several chunks at once,
            which may lack the same names
        """
        made = Made()
        wanted = [((LABEL, fold_header(label)), [label]) for label in labels]
        wanted += names.items()
        known = self._lock_names([pair for pair, _items in wanted])
        for pair, items in names.items():
            if pair in known:
                made.ids.update({(pair[0], item): known[pair] for item in items})
        wanted = [(pair, items) for pair, items in wanted if pair not in known]

        def add(part):
            return self._add(columns, part)

        # If one of them is refused, the others are still created.
        for part, added, error in in_halves(self.env.cr, wanted, add):
            if error:
                made.refused[part[0][0]] = error
            else:
                made.ids.update(added.ids)
                made.created.extend(added.created)
        return made

    @api.model
    def _add(self, columns, wanted):
        """Create some labels and names.

        :param columns: ``importer.types.ColumnMap`` of the file
        :param wanted: list of pairs: (``LABEL``, folded label) and the label in a list,
            or (column key, folded name) and a list of ``New``
        :return: ``Made``, in which nothing is refused
        """
        made = Made()
        if labels := [items[0] for (kind, _text), items in wanted if kind == LABEL]:
            added = self.env["client.import.columns"]._add_labels(labels)
            made.created.extend((added._name, label_id) for label_id in added.ids)
        for (key, _text), items in wanted:
            if key == LABEL:
                continue
            model = self.env["res.partner"]._fields[columns.columns[key].field]
            record = self.env[model.comodel_name].create({"name": items[0].name})
            made.ids.update({(key, item): record.id for item in items})
            made.created.append((record._name, record.id))
        return made

    @api.model
    def _get_refused(self, outcomes, made):
        """The rows that need what could not be created.

        :return: dict: number of a row -> its ``Outcome``, which rejects it
        """
        failed = {}
        for outcome in outcomes if made.refused else ():
            needed = [*_get_new_names(outcome), *_get_filled_labels(outcome)]
            errors = [made.refused[key] for key in needed if key in made.refused]
            if errors:
                rejected = self._get_rejected(outcome, errors[0])
                failed[outcome.row.row.number] = rejected
        return failed

    # Tools

    @api.model
    def _get_missing_names(self, outcomes):
        """:return: dict: (column key, folded name) -> list of ``New``"""
        wanted = {}
        for outcome in outcomes:
            for name, item in _get_new_names(outcome).items():
                wanted.setdefault(name, []).append(item)
        return wanted

    @api.model
    def _get_missing_labels(self, outcomes):
        """:return: list of the labels that have values but do not exist"""
        wanted = {}
        for outcome in outcomes:
            for (_kind, text), label in _get_filled_labels(outcome).items():
                wanted.setdefault(text, label)
        if not wanted:
            return []
        known = self.env["client.import.columns"]._get_labels()
        return [label for text, label in wanted.items() if text not in known]


def _get_new_names(outcome):
    """:return: dict: (column key, folded name) -> ``New``, of one row"""
    return {
        (key, fold(item.name)): item
        for key, (_old, value) in outcome.changes.items()
        for item in (value if isinstance(value, frozenset) else (value,))
        if isinstance(item, New)
    }


def _get_filled_labels(outcome):
    """:return: dict: (``LABEL``, folded label) -> label for which a row has a value"""
    return {
        (LABEL, fold_header(label)): label
        for label, (_old, new) in outcome.additional.items()
        if new
    }
