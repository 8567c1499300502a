import logging
from dataclasses import dataclass

import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ....importer.kinds.registry import label_kind
from ....importer.problems import Problem
from ....importer.rows.contact import KEYS
from ....importer.text.fold import fold_header
from ....importer.types import ColumnMap
from ....tools.error_reason import get_reason
from ....tools.halves import in_halves
from ....tools.stored_field import stored_field

_logger = logging.getLogger(__name__)

WRITES = ("create", "update")
#: turns off what Odoo's own import turns off too: followers and a message for each
#: record, a query to a tax office for each number
QUIET = {
    "import_file": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "tracking_disable": True,
}
#: links that Odoo's ``write()`` of a partner reads, record by record
LOOKED_AT = ("bank_ids", "child_ids", "user_ids")


@dataclass(frozen=True)
class Scope:
    """What the rows of one chunk have in common while they are written."""

    client_import: models.Model
    #: ``importer.types.ColumnMap`` of the file
    columns: ColumnMap
    #: folded label -> what ``client.import.columns._get_labels`` returns for it
    labels: dict
    #: (column key, ``New``) -> id of the record made for it
    new_ids: dict
    #: id of the company of new clients, or False for all companies
    company_id: int | bool
    #: column key -> field of ``res.partner``
    fields: dict


class ClientImportApply(models.AbstractModel):
    """Writes what was planned, in batches, and identifies the rows Odoo refuses."""

    _name = "client.import.apply"
    _description = "Client Import Writer"

    @api.model
    def _apply(self, client_import, outcomes, columns):
        """Create and write; a row that fails becomes a rejected row.

        :param client_import: the ``client.import``, in the importing user's name
        :param outcomes: list of ``importer.types.Outcome``, no reference twice
        :param columns: ``importer.types.ColumnMap`` of the file
        :return: list of the actual outcomes, in the same order
        """
        self = self.with_context(**QUIET)
        written = [outcome for outcome in outcomes if outcome.kind in WRITES]
        if not written:
            self._client_import_applied(client_import, [])
            return outcomes
        made = self._make_missing(client_import, written, columns)
        scope = Scope(
            client_import.with_env(self.env),
            columns,
            self.env["client.import.columns"]._get_labels(),
            made.ids,
            not client_import.is_shared and client_import.company_id.id,
            {
                key: self.env["res.partner"]._fields.get(column.field)
                for key, column in columns.columns.items()
            },
        )
        done, failed = [], self._get_refused(written, made)
        written = [o for o in written if o.row.row.number not in failed]
        for kind, method in (("create", self._create), ("update", self._update)):
            chosen = [outcome for outcome in written if outcome.kind == kind]
            self._try(method, scope, chosen, done, failed)
        self._client_import_applied(client_import, done)
        return [failed.get(outcome.row.row.number, outcome) for outcome in outcomes]

    @api.model
    def _try(self, method, scope, outcomes, done, failed):
        """Write a batch, and identify the rows that Odoo refuses.

        Whatever an add-on's create() raises, the other rows are imported.
        """

        def write(part):
            return method(scope, part)

        for part, partners, error in in_halves(self.env.cr, outcomes, write):
            if error:
                number = part[0].row.row.number
                failed[number] = self._get_rejected(part[0], error)
            else:
                done.extend(zip(part, partners, strict=True))

    @api.model
    def _create(self, scope, outcomes):
        none = self.env["res.partner"]
        vals_list = [self._get_vals(scope, o, none) for o in outcomes]
        partners = none._create_imported(vals_list)
        journal = self.env["client.import.journal"]
        journal._note_created(scope.client_import, partners)
        self._put_contacts(scope, outcomes, partners)
        return partners

    @api.model
    def _update(self, scope, outcomes):
        partners = self.env["res.partner"].browse(o.candidate.id for o in outcomes)
        journal = self.env["client.import.journal"]
        before = journal._get_snapshots(partners.ids)
        self._prefetch(partners)
        # Odoo and its add-ons run queries at each write, however few records it
        # has, so records that get the same values are written together.
        alike = {}
        for outcome, partner in zip(outcomes, partners, strict=True):
            vals = self._get_vals(scope, outcome, partner)
            alike.setdefault(repr(sorted(vals.items())), []).append((vals, partner.id))
        for group in alike.values():
            vals, ids = group[0][0], [partner_id for _vals, partner_id in group]
            partners.browse(ids).with_prefetch(partners._ids).write(vals)
        journal._note_updated(scope.client_import, before)
        self._put_contacts(scope, outcomes, partners)
        return partners

    @api.model
    def _put_contacts(self, scope, outcomes, partners):
        """Write the main contacts of rows along with their clients: both or neither."""
        todo = [
            (self._with_new_roles(scope, outcome), partner)
            for outcome, partner in zip(outcomes, partners, strict=True)
            if not KEYS.isdisjoint(outcome.changes)
        ]
        if todo:
            self.env["client.import.contact"]._put(scope.client_import, todo)

    @api.model
    def _with_new_roles(self, scope, outcome):
        """:return: the ``Outcome``, with the roles that were created for this chunk"""
        values, key = outcome.row.values, "contact_role"
        roles = values.get(key)
        if not (roles and scope.new_ids):
            return outcome
        ids = frozenset(scope.new_ids.get((key, role), role) for role in roles)
        row = outcome.row._replace(values={**values, key: ids})
        return outcome._replace(row=row)

    @api.model
    def _prefetch(self, partners):
        """Read at once what each ``write()`` needs.

        Overrides that filter their records lose the prefetch set, so what they read
        must already be in the cache.
        """
        partners.fetch()
        for name in LOOKED_AT:
            model = partners._fields[name].comodel_name
            if self.env[model].has_access("read"):
                partners.mapped(name)

    @api.model
    def _get_vals(self, scope, outcome, partner):
        vals = self._prepare_client_import_vals(scope, outcome)
        if outcome.additional:
            vals["client_properties"] = self._get_properties(scope, outcome, partner)
        return vals

    # Hooks

    @api.model
    def _prepare_client_import_vals(self, scope, outcome):
        """The values that one row creates or writes.

        :param scope: the ``Scope`` of this chunk
        :param outcome: ``importer.types.Outcome`` of kind create or update
        :return: dict for ``create`` or ``write`` of ``res.partner``, without the
            additional data; overridden by bridges with columns of their own
        """
        vals = {}
        for key, (_old, new) in outcome.changes.items():
            if key not in KEYS:  # the main contact is another record
                vals[scope.fields[key].name] = self._get_orm_value(scope, key, new)
        if outcome.kind == "create" and scope.company_id:
            vals.setdefault("company_id", scope.company_id)
        return vals

    @api.model
    def _client_import_applied(self, client_import, done):
        """Called once for each chunk, after it was written.

        :param client_import: the ``client.import``
        :param done: list of pairs (``importer.types.Outcome``, ``res.partner``)
        :return: nothing; overridden by bridges that act on what was imported
        """

    # Tools

    @api.model
    def _get_orm_value(self, scope, key, value):
        def get_id(item):
            return scope.new_ids.get((key, item), item)

        return stored_field(scope.fields[key]).to_orm(value, get_id)

    @api.model
    def _get_properties(self, scope, outcome, partner):
        """The additional data of one partner: its own, updated with the row's.

        Writing a Properties field replaces all of its values, so the others must be
        written back.
        """
        values = dict(partner.client_properties._values or {}) if partner else {}
        for text, (_old, new) in outcome.additional.items():
            if found := scope.labels.get(fold_header(text)):
                name, label, _definition = found
                if new:
                    values[name] = label_kind(label).read(new)
                else:
                    # Not False: for a yes/no label that is an answer.
                    values.pop(name, None)
        return values

    @api.model
    def _get_rejected(self, outcome, error):
        """:return: the ``Outcome`` of a row that Odoo refused"""
        problems = (*outcome.problems, self._get_problem(outcome, error))
        return outcome._replace(kind="reject", problems=problems)

    @api.model
    def _get_problem(self, outcome, error):
        """:return: ``Problem`` that says why Odoo refused this row"""
        if isinstance(error, AccessError):
            code = "apply_access"
        elif isinstance(error, (UserError, psycopg2.Error)):
            code = "apply_refused"
        else:
            _logger.error("A row cannot be stored", exc_info=error)
            code = "apply_failed"
        row = outcome.row
        reason = get_reason(self.env, error)
        return Problem(code, row.row.line, "", row.reference, {"reason": reason})
