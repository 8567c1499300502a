import logging

import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tools import SQL

from ....tools.passing_error import is_passing
from ...clients.res_partner import STATUS_DATES
from ..client_import_change import PROPERTIES
from .client_import_apply import QUIET

_logger = logging.getLogger(__name__)


class ClientImportUndo(models.AbstractModel):
    """Takes back one chunk of what an import did, as far as nobody built on it.

    Each line of the journal gets its verdict: pair of an outcome and a reason, where
    a reason is None or a pair (code, params).
    """

    _name = "client.import.undo"
    _description = "Undo of Client Imports"

    @api.model
    def _undo(self, changes):
        """Restore and delete, in the name of the user who undoes.

        :param changes: ``client.import.change`` records, no client twice
        """
        self = self.with_context(**QUIET)
        changes = changes.with_env(self.env)
        verdicts = self._get_first_verdicts(changes)
        changes_left = changes.filtered(lambda change: change.id not in verdicts)
        snapshots = self.env["client.import.journal"]._get_snapshots(
            changes_left.partner_id.ids
        )
        by_kind = changes_left.grouped("kind")
        none = changes.browse()
        self._restore(by_kind.get("updated", none), snapshots, verdicts)
        self._remove(by_kind.get("created", none), snapshots, verdicts)
        self._note(changes, verdicts)

    @api.model
    def _get_first_verdicts(self, changes):
        """:return: dict of verdicts on clients that are not there to be changed"""
        partners = changes.partner_id.with_context(active_test=False)
        writable = partners._filtered_access("write")
        verdicts = {}
        for change in changes:
            if not change.partner_id:
                gone = "deleted" if change.kind == "created" else "kept"
                verdicts[change.id] = (gone, ("gone", {}))
            elif change._is_swallowed():
                verdicts[change.id] = ("kept", ("merged", {}))
            elif change.partner_id not in writable:
                verdicts[change.id] = ("kept", ("access", {}))
        return verdicts

    # Updated

    @api.model
    def _restore(self, changes, snapshots, verdicts):
        """Write the old values back where the new ones are still there."""
        plans = {}
        for change in changes:
            plans[change.id] = Restore(change, snapshots[change.partner_id.id])
            verdicts[change.id] = ("restored", _changed(plans[change.id].kept))
            if plans[change.id].kept:
                verdicts[change.id] = ("kept", verdicts[change.id][1])

        def write(batch):
            self._write_old(batch, plans)

        self._try(write, changes, verdicts)

    @api.model
    def _write_old(self, changes, plans):
        alike = {}
        for change in changes:
            values, dates = self._get_old_values(change, plans[change.id])
            key = repr((sorted(values.items()), sorted(dates.items())))
            alike.setdefault(key, (values, dates, []))[2].append(change.partner_key)
        partners = self.env["res.partner"].with_company(changes.import_id.company_id)
        everybody = partners.browse(change.partner_key for change in changes)
        # What Odoo and its add-ons read at each write is read once for them all.
        self.env["client.import.apply"]._prefetch(everybody)
        for values, dates, ids in alike.values():
            group = partners.browse(ids).with_prefetch(everybody._ids)
            group.write(values)
            if dates:
                # Superuser: only managers date a status by hand, but these are the
                # dates that the import itself put aside, of clients whom the user
                # has just been allowed to write.
                group.sudo().write(dates)
        emptied = [c.partner_key for c in changes if plans[c.id].emptied]
        if emptied:
            self._empty_properties(emptied)

    @api.model
    def _empty_properties(self, ids):
        """Store ``{}`` where that was: the ORM's write makes it nothing at all."""
        partners = self.env["res.partner"].browse(ids)
        partners.flush_recordset([PROPERTIES])
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner SET client_properties = '{}'"
                " WHERE id = ANY(%s) AND client_properties IS NULL",
                ids,
            )
        )

    @api.model
    def _get_old_values(self, change, plan):
        """:return: pair of dicts for ``write``: values, and dates of the status"""
        fields_ = self.env["res.partner"]._fields
        company = str(change.import_id.company_id.id)
        values, dates = {}, {}
        for name, old in plan.values.items():
            if self._follows(fields_.get(name), plan.values):
                continue
            if name in STATUS_DATES.values():
                dates[name] = old or False
            elif name == PROPERTIES:
                values[name] = old or False
            elif field := fields_.get(name):
                values[name] = _orm_value(field, old, company)
        if "client_status" in values:
            # Setting a status dates it where it has no date: not here.
            for name in STATUS_DATES.values():
                dates.setdefault(name, plan.current.get(name) or False)
        return values, dates

    @api.model
    def _follows(self, field, names):
        """Whether a field comes back by itself with those that it is made of.

        Written along, it would be split into them once more, and they would not be
        what they were.
        """
        if not (field and field.compute and field.inverse):
            return False
        return not names.keys().isdisjoint(self.env.registry.field_depends[field])

    # Created

    @api.model
    def _remove(self, changes, snapshots, verdicts):
        """Delete what was created; archive what is in use, keep what was changed."""
        same = changes.browse()
        known = self.env["client.import.journal"]._get_journal_fields()
        for change in changes:
            current = snapshots[change.partner_id.id]
            if kept := get_differences(change.new_values or {}, current, known):
                verdicts[change.id] = ("kept", _changed(kept))
            else:
                same += change
        partners = same.partner_id
        uses = partners and self._get_uses(same)
        free = same.filtered(lambda change: change.partner_id.id not in uses)
        for change in same - free:
            models_ = sorted(uses[change.partner_id.id])
            verdicts[change.id] = ("archived", ("used", {"models": models_}))
        for change in free:
            verdicts[change.id] = ("deleted", None)
        self._try(self._delete, free, verdicts)
        refused = free.filtered(lambda change: verdicts[change.id][0] == "kept")
        for change in refused:
            verdicts[change.id] = ("archived", verdicts[change.id][1])
        self._try(self._archive, (same - free) + refused, verdicts)

    @api.model
    def _get_uses(self, changes):
        """:return: what ``client.import.use._get_uses`` says of these new clients"""
        return self.env["client.import.use"]._get_uses(changes.partner_id)

    @api.model
    def _delete(self, changes):
        # Superuser: importers may not delete clients, but these were created by this
        # very import, nobody changed them since, nothing refers to them, and the user
        # may write them.
        changes.partner_id.sudo().unlink()

    @api.model
    def _archive(self, changes):
        changes.partner_id.filtered("active").write({"active": False})

    # Tools

    @api.model
    def _try(self, method, changes, verdicts):
        """Do it in one savepoint; when it fails, do each half, down to one client."""
        if not changes:
            return
        try:
            with self.env.cr.savepoint():
                method(changes)
                # Where nothing is tracked. The end of the savepoint would compute the
                # rest in another environment and post what changed.
                self.env["res.partner"].flush_model()
        except Exception as error:
            if is_passing(error):
                raise
            # Whatever an add-on's write() raises, one client is named and the others
            # are undone.
            _logger.debug("%d are undone in halves", len(changes), exc_info=True)
            refusal = self._get_refusal(error)
        else:
            return
        middle = len(changes) // 2
        if middle:
            self._try(method, changes[:middle], verdicts)
            self._try(method, changes[middle:], verdicts)
        else:
            verdicts[changes.id] = ("kept", refusal)

    @api.model
    def _get_refusal(self, error):
        if isinstance(error, AccessError):
            return ("access", {})
        if isinstance(error, psycopg2.Error):
            reason = self.env["res.partner"]._sql_error_to_message(error)
        else:
            reason = str(error) or type(error).__name__
        return ("refused", {"reason": " ".join(reason.split())})

    @api.model
    def _note(self, changes, verdicts):
        """Write the verdicts into the journal."""
        # Superuser: the journal is not for users to write.
        for change in changes.sudo():
            outcome, reason = verdicts[change.id]
            code, params = reason or (False, False)
            change.write(
                {"outcome": outcome, "reason_code": code, "reason_params": params}
            )


class Restore:
    """What of one changed client can be restored, and what cannot."""

    def __init__(self, change, current):
        self.current = current
        old, new = change.old_values or {}, change.new_values or {}
        self.values, self.kept = {}, []
        self.emptied = False
        for name in sorted(old.keys() | new.keys()):
            if name == PROPERTIES:
                self._compare_properties(old.get(name), new.get(name))
            elif _same(current.get(name), new.get(name)):
                self.values[name] = old.get(name)
            elif not _same(current.get(name), old.get(name)):
                self.kept.append(name)

    def _compare_properties(self, old, new):
        before, after = old or {}, new or {}
        current = self.current.get(PROPERTIES) or {}
        merged = dict(current)
        for name in sorted(before.keys() | after.keys()):
            if before.get(name) == after.get(name):
                continue
            if _same(current.get(name), after.get(name)):
                merged.pop(name, None)
                merged.update({name: before[name]} if name in before else {})
            elif not _same(current.get(name), before.get(name)):
                self.kept.append(f"{PROPERTIES}.{name}")
        if merged != current or not (merged or old):
            self.values[PROPERTIES] = merged
            self.emptied = old == {}


def get_differences(new, current, known):
    """:return: sorted names of the fields and labels that are no longer the same"""
    names = (new.keys() | current.keys()) & known - {PROPERTIES}
    found = {name for name in names if not _same(new.get(name), current.get(name))}
    before, after = new.get(PROPERTIES) or {}, current.get(PROPERTIES) or {}
    found |= {
        f"{PROPERTIES}.{name}"
        for name in before.keys() | after.keys()
        if not _same(before.get(name), after.get(name))
    }
    return sorted(found)


def _same(one, other):
    """Whether two stored values are the same to a user; nothing, no and 0 are."""
    return (one or None) == (other or None)


def _changed(names):
    return ("changed", {"fields": names}) if names else None


def _orm_value(field, old, company):
    """:return: a stored value, as JSON has it, as ``write`` wants it"""
    if field.company_dependent:
        old = (old or {}).get(company)
    if field.type == "many2many":
        return [Command.set(old or [])]
    if field.type == "datetime" and old:
        return old.replace("T", " ")[:19]
    return old or False
