from types import SimpleNamespace

from odoo import api, models
from odoo.fields import Command

from ...contacts.client_contact import TAKEN_BACK
from ...contacts.client_contact_person import PERSON
from ...contacts.res_partner_contact import SHOWN
from .client_import_undo import Restore, get_differences

#: field of the person -> field of the client whose label names it
LABELS = {PERSON[line]: name for name, line in SHOWN.items() if line in PERSON}
LABELS["name"] = "client_contact_last_name"


class ClientImportUndoContact(models.AbstractModel):
    """Undoes the main contacts of an import along with their clients."""

    _name = "client.import.undo.contact"
    _description = "Undo of Main Contacts"

    # Updated

    @api.model
    def _restore(self, changes):
        """Restore the main contacts of clients, and the values of these contacts.

        :param changes: ``client.import.change`` records whose clients are restored
        """
        if noted := changes.filtered("contact_values"):
            new, free = self._get_new_contacts(noted)
            self._delete_contacts(free)
            self._restore_contacts(noted - new)
            self._restore_mains(noted - (new - free))

    @api.model
    def _restore_contacts(self, changes):
        """Restore the old values of persons who existed before, and of their lines."""
        snapshots = self._get_person_snapshots(changes)
        lines = self.env["client.contact"]
        for change in changes:
            note = change.contact_values
            if current := snapshots.get(note["person"]):
                plan = _restore_of(note, current)
                undo = self.env["client.import.undo"]
                values, _dates = undo._get_old_values(change, plan)
                if values:
                    self.env["res.partner"].browse(note["person"]).write(values)
            line = lines.browse(note["line"]).exists()
            if not line or not _has_roles(line, note):
                continue
            if note["is_new_line"]:
                line.with_context(client_contact_line=TAKEN_BACK).unlink()
                continue
            if line.role_ids.ids != note["old_roles"]:
                line.role_ids = [Command.set(note["old_roles"])]
            # Imports from before the upgrade did not end or reopen any line.
            if not line.date_end and (old_end := note.get("old_end")):
                line.date_end = old_end

    @api.model
    def _restore_mains(self, changes):
        """Restore the former main contact, where the import's is still in place."""
        # Superuser: the main contact to restore may be hidden from the user.
        lines = self.env["client.contact"].sudo()
        for note in changes.mapped("contact_values"):
            old, line = lines.browse((note["old_main"], note["line"]))
            if old == line:
                continue
            client = old.exists().client_id or line.exists().client_id
            mains = client.client_contact_ids.filtered("is_main")
            if mains - line:
                continue
            mains.is_main = False
            old.exists().is_main = True

    @api.model
    def _get_kept(self, changes):
        """:return: dict: id of a change -> why its contact cannot be restored"""
        noted = changes.filtered("contact_values")
        if not noted:
            return {}
        new, free = self._get_new_contacts(noted)
        snapshots = self._get_person_snapshots(noted)
        known = self.env["client.import.journal"]._get_journal_fields()
        kept = {}
        for change in noted - free:
            note = change.contact_values
            if not (current := snapshots.get(note["person"])):
                continue
            if change not in new:
                names = _restore_of(note, current).kept
            elif not (names := get_differences(note["new"], current, known)):
                kept[change.id] = ("used", {"models": ["client.contact"]})
            if names:
                fields_ = [LABELS.get(name, name) for name in names]
                kept[change.id] = ("changed", {"fields": fields_})
        return kept

    # Created

    @api.model
    def _get_apart(self, changes):
        """:return: dict: table -> ids of records created along with new clients, as
        ``client.import.usage._get_uses`` takes it; None if there are none"""
        noted = changes.filtered("contact_values")
        if not noted:
            return None
        _new, free = self._get_new_contacts(noted)
        return {
            "client_contact": [c.contact_values["line"] for c in free],
            "res_partner": [c.contact_values["person"] for c in free],
        }

    @api.model
    def _delete(self, changes):
        """Delete the persons created with clients that are about to be deleted."""
        _new, free = self._get_new_contacts(changes.filtered("contact_values"))
        self._delete_contacts(free)

    @api.model
    def _archive(self, changes):
        """Archive the persons created with clients that were archived."""
        new, _free = self._get_new_contacts(changes.filtered("contact_values"))
        persons = self.env["res.partner"].browse(
            change.contact_values["person"] for change in new
        )
        persons.exists().filtered("active").write({"active": False})

    @api.model
    def _delete_contacts(self, changes):
        persons = self.env["res.partner"].browse(
            change.contact_values["person"] for change in changes
        )
        # Superuser: importers are not allowed to delete persons, but these were
        # created by this import, are unchanged since, and nothing refers to them.
        persons.sudo().client_of_ids.unlink()
        persons.sudo().unlink()

    # Tools

    @api.model
    def _get_new_contacts(self, changes):
        """:return: pair of ``client.import.change`` recordsets: those whose import
        created a person who still exists, and those of them whose person is unchanged
        since the import and not used elsewhere"""
        changes = changes.filtered(lambda c: c.contact_values["is_new_person"])
        snapshots = self._get_person_snapshots(changes)
        new = changes.filtered(lambda c: c.contact_values["person"] in snapshots)
        if not new:
            return new, new
        known = self.env["client.import.journal"]._get_journal_fields()
        persons = self.env["res.partner"].browse(
            c.contact_values["person"] for c in new
        )
        apart = {"client_contact": [c.contact_values["line"] for c in new]}
        uses = self.env["client.import.usage"]._get_uses(persons, apart)
        lines = self.env["client.contact"].browse(c.contact_values["line"] for c in new)
        existing = set(lines.exists().ids)

        def is_free(change):
            note = change.contact_values
            line = lines.browse(note["line"])
            return (
                note["person"] not in uses
                and not get_differences(note["new"], snapshots[note["person"]], known)
                and (line.id not in existing or _has_roles(line, note))
            )

        return new, new.filtered(is_free)

    @api.model
    def _get_person_snapshots(self, changes):
        """:return: dict: id -> stored columns, of the persons who still exist"""
        ids = [change.contact_values["person"] for change in changes]
        persons = self.env["res.partner"].browse(ids).exists()
        journal = self.env["client.import.journal"]
        return journal._get_snapshots(persons.ids) if persons else {}


def _restore_of(note, current):
    """:return: ``Restore`` of a person: what can be restored, and what cannot"""
    change = SimpleNamespace(old_values=note["old"], new_values=note["new"])
    return Restore(change, current)


def _has_roles(line, note):
    """Whether a line has the import's roles and, if new, no dates and no note."""
    if sorted(line.role_ids.ids) != sorted(note["new_roles"]):
        return False
    more = line.date_start or line.date_end or line.note
    return not (note["is_new_line"] and more)
