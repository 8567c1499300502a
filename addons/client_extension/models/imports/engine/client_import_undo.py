from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tools import SQL

from ....tools.error_reason import get_reason
from ....tools.halves import in_halves
from ...clients.res_partner import STATUS_DATES
from ...labels.res_partner_properties import PROPERTIES
from .client_import_apply import QUIET


class ClientImportUndo(models.AbstractModel):
    """Undoes one chunk of an import, except what has been changed or used since.

    Each line of the change log gets a verdict: a pair of an outcome and a reason,
    where the reason is None or a pair (code, params).
    """

    _name = "client.import.undo"
    _description = "Undo of Client Imports"

    @api.model
    def _undo(self, changes):
        """Restore and delete, as the user who undoes.

        :param changes: ``client.import.change`` records, each client only once
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
        """:return: dict of verdicts on clients that cannot be changed: deleted, merged
        or not writable by the user"""
        # Who left a closed unit does not even see what the import did to its clients.
        shown = changes._filtered_access("read")
        verdicts = {change.id: ("kept", ("access", {})) for change in changes - shown}
        partners = shown.partner_id.with_context(active_test=False)
        writable = partners._filtered_access("write")
        for change in shown:
            if not change.partner_id:
                gone = "deleted" if change.kind == "created" else "kept"
                verdicts[change.id] = (gone, ("gone", {}))
            elif change._is_swallowed():
                verdicts[change.id] = ("kept", ("merged", {}))
            elif change.partner_id not in writable:
                verdicts[change.id] = ("kept", ("access", {}))
            elif change.values_cleared:
                verdicts[change.id] = ("kept", ("cleared", {}))
        return verdicts

    # Updated

    @api.model
    def _restore(self, changes, snapshots, verdicts):
        """Write the old values back where the new ones are still there."""
        contacts = self.env["client.import.undo.contact"]
        kept = contacts._get_kept(changes)
        plans = {}
        for change in changes:
            plans[change.id] = Restore(change, snapshots[change.partner_id.id])
            verdicts[change.id] = ("restored", _changed(plans[change.id].kept))
            if plans[change.id].kept:
                verdicts[change.id] = ("kept", verdicts[change.id][1])

        def write(batch):
            self._write_old(batch, plans)

        self._try(write, changes, verdicts)
        for change_id, (code, params) in kept.items():
            reason = verdicts[change_id][1]
            if reason and reason[0] != code:
                continue
            if reason and code == "changed":
                params = {"fields": [*reason[1]["fields"], *params["fields"]]}
            verdicts[change_id] = ("kept", (code, params))

    @api.model
    def _write_old(self, changes, plans):
        alike = {}
        for change in changes:
            values, dates = self._get_old_values(change, plans[change.id])
            key = repr((sorted(values.items()), sorted(dates.items())))
            alike.setdefault(key, (values, dates, []))[2].append(change.partner_key)
        partners = self.env["res.partner"].with_company(changes.import_id.company_id)
        everybody = partners.browse(change.partner_key for change in changes)
        # What Odoo and its add-ons read at each write is read once for all of them.
        self.env["client.import.apply"]._prefetch(everybody)
        for values, dates, ids in alike.values():
            group = partners.browse(ids).with_prefetch(everybody._ids)
            group.write(values)
            if dates:
                # Superuser: only managers can set the dates of a status, but these are
                # the dates that the import replaced, on clients that the user has
                # just written.
                group.sudo().write(dates)
        emptied = [c.partner_key for c in changes if plans[c.id].emptied]
        if emptied:
            self._empty_properties(emptied)
        self.env["client.import.undo.contact"]._restore(changes)

    @api.model
    def _empty_properties(self, ids):
        """Store ``{}`` where it was stored before: the ORM would write NULL."""
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
            # Setting a status also sets its date where there is none: prevent that.
            for name in STATUS_DATES.values():
                dates.setdefault(name, plan.current.get(name) or False)
        return values, dates

    @api.model
    def _follows(self, field, names):
        """Whether a field is restored with those it is computed from: if it were
        written too, its inverse would split it, and they would not get their values.
        """
        if not (field and field.compute and field.inverse):
            return False
        return not names.keys().isdisjoint(self.env.registry.field_depends[field])

    # Created

    @api.model
    def _remove(self, changes, snapshots, verdicts):
        """Delete created clients; archive those in use, keep those changed since."""
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
        """:return: what ``client.import.usage._get_uses`` returns for these clients;
        the contact created along with a client does not count as a use"""
        apart = self.env["client.import.undo.contact"]._get_apart(changes)
        return self.env["client.import.usage"]._get_uses(changes.partner_id, apart)

    @api.model
    def _delete(self, changes):
        self.env["client.import.undo.contact"]._delete(changes)
        # Superuser: importers are not allowed to delete clients, but these were
        # created by this import, have not been changed since, nothing refers to them,
        # and the user can write them.
        changes.partner_id.sudo().unlink()

    @api.model
    def _archive(self, changes):
        changes.partner_id.filtered("active").write({"active": False})
        self.env["client.import.undo.contact"]._archive(changes)

    # Tools

    @api.model
    def _try(self, method, changes, verdicts):
        """Apply a method to all records that allow it; those refused are kept.

        Whatever an add-on's write() raises, the others are undone.
        """

        def undo(part):
            method(part)
            # In this environment, where nothing is tracked. The end of the savepoint
            # would compute the rest in another one and post what changed.
            self.env["res.partner"].flush_model()

        for part, _result, error in in_halves(self.env.cr, changes, undo):
            if error:
                verdicts[part.id] = ("kept", self._get_refusal(error))

    @api.model
    def _get_refusal(self, error):
        if isinstance(error, AccessError):
            return ("access", {})
        return ("refused", {"reason": get_reason(self.env, error)})

    @api.model
    def _note(self, changes, verdicts):
        """Write the verdicts into the change log."""
        # Superuser: users have no write access to the change log.
        for change in changes.sudo():
            outcome, reason = verdicts[change.id]
            code, params = reason or (False, False)
            change.write(
                {"outcome": outcome, "reason_code": code, "reason_params": params}
            )


class Restore:
    """Which fields of one changed client can be restored, and which cannot."""

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
    """Whether two stored values look the same to a user: empty, no and 0 do."""
    return (one or None) == (other or None)


def _changed(names):
    return ("changed", {"fields": names}) if names else None


def _orm_value(field, old, company):
    """:return: a stored JSON value, in the form that ``write`` expects"""
    if field.company_dependent:
        old = (old or {}).get(company)
    if field.type == "many2many":
        return [Command.set(old or [])]
    if field.type == "datetime" and old:
        return old.replace("T", " ")[:19]
    return old or False
