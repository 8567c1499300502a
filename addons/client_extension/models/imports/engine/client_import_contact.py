from odoo import api, models
from odoo.fields import Command

from ....importer.rows.contact import CONTACT, KEYS, find
from ...contacts.client_contact_person import PERSON
from ...contacts.res_partner_contact import SHOWN

#: column key -> field of the line
LINE = {column.key: SHOWN[column.field] for column in CONTACT}


class ClientImportContact(models.AbstractModel):
    """Gives clients the main contacts that a file names, like the contact dialog.

    A person is found among the contacts of the client or created. The former main
    contact remains a contact, and no line is ended; the line of a person who left
    and is named again is reopened.
    """

    _name = "client.import.contact"
    _description = "Main Contact Writer"

    @api.model
    def _put(self, client_import, todo):
        """Write the contacts of one batch, and log their former values.

        :param client_import: the ``client.import``
        :param todo: list of pairs (``importer.types.Outcome``, ``res.partner``) with
            values for a contact, whose clients are already written and logged
        """
        found = {
            partner.id: outcome.candidate
            and find(outcome.row.values, outcome.candidate.contacts)
            for outcome, partner in todo
        }
        notes = self._get_notes(todo, found)
        new, known = [], {}
        for outcome, partner in todo:
            person, values = found[partner.id], self._get_values(outcome)
            if person and person.line:
                known[person.line] = values
            else:
                own = {"contact_id": person.id} if person else {}
                new.append({**values, **own, "client_id": partner.id, "is_main": True})
        # One recordset, so that what Odoo reads at each write is read for all of them.
        for line in self.env["client.contact"].browse(known):
            self._write(line, known[line.id])
        if new:
            self._warm([values["client_id"] for values in new])
        for line in self.env["client.contact"].create(new) if new else ():
            notes[line.client_id.id].update(line=line.id, person=line.contact_id.id)
        self._keep_notes(client_import, notes)

    @api.model
    def _warm(self, ids):
        """Read at once what Odoo copies from each client to its new contacts."""
        clients = self.env["res.partner"].sudo().browse(ids)
        names = clients._company_dependent_commercial_fields()
        # Superuser: as Odoo itself reads them, in each company; they are not shown.
        for company in self.env["res.company"].sudo().search([]) if names else ():
            clients.with_company(company).fetch(names)

    @api.model
    def _get_values(self, outcome):
        """:return: dict of the contact values of a row, by field of the line"""
        values = {}
        for key in KEYS.intersection(outcome.row.values):
            value = outcome.row.values[key]
            if key == "contact_role":
                values[LINE[key]] = [Command.set(sorted(value))]
            else:
                values[LINE[key]] = value or False
        return values

    @api.model
    def _write(self, line, values):
        """Write what differs: the person in one write, then the line."""
        person = {PERSON[name]: values[name] for name in values.keys() & PERSON.keys()}
        line._update_person(line.contact_id, person)
        changed = {} if line.is_main else {"is_main": True}
        if line.is_ended:
            changed["date_end"] = False
        if "role_ids" in values and {*values["role_ids"][0][2]} != {*line.role_ids.ids}:
            changed["role_ids"] = values["role_ids"]
        if changed:
            line.write(changed)

    # Journal

    @api.model
    def _get_notes(self, todo, found):
        """What an undo needs to know about the former state.

        :return: dict: id of the client -> dict of ``contact_values`` of its change,
            with the stored columns of the person under ``old``
        """
        clients = [partner.id for _outcome, partner in todo]
        # Superuser: the former main contact may be hidden from the user.
        mains = self.env["client.contact"].sudo()
        mains = mains.search([("client_id", "in", clients), ("is_main", "=", True)])
        main_ids = {line.client_id.id: line.id for line in mains}
        persons = [person.id for person in found.values() if person]
        journal = self.env["client.import.journal"]
        old = journal._get_snapshots(persons) if persons else {}
        empty = self.env["client.contact"]
        # Read together: their roles and dates.
        known = empty.browse(p.line for p in found.values() if p and p.line)
        lines = dict(zip(known._ids, known, strict=True))
        notes = {}
        for client in clients:
            person = found[client]
            line = lines.get(person and person.line, empty)
            notes[client] = {
                "person": person.id if person else 0,
                "is_new_person": not person,
                "old": old[person.id] if person else {},
                "line": line.id,
                "is_new_line": not (person and person.line),
                "old_roles": line.role_ids.ids if line.id else [],
                "old_end": str(line.date_end) if line.id and line.is_ended else "",
                "old_main": main_ids.get(client, 0),
            }
        return notes

    @api.model
    def _keep_notes(self, client_import, notes):
        """Store them in the change log, with the result."""
        persons = [note["person"] for note in notes.values()]
        after = self.env["client.import.journal"]._get_snapshots(persons)
        lines = self.env["client.contact"].browse(n["line"] for n in notes.values())
        roles = {line.id: line.role_ids.ids for line in lines}
        # Superuser: users have no write access to the change log.
        changes = self.env["client.import.change"].sudo()
        domain = [("import_id", "=", client_import.id), ("partner_id", "in", [*notes])]
        # A reference that is in the file twice has a line for each occurrence.
        last = {c.partner_key: c for c in changes.search(domain, order="id")}
        for client, note in notes.items():
            old, new = note["old"], after[note["person"]]
            names = {n for n in old.keys() | new.keys() if old.get(n) != new.get(n)}
            note["old"] = {name: old[name] for name in names & old.keys()}
            note["new"] = {name: new[name] for name in names & new.keys()}
            note["new_roles"] = roles[note["line"]]
            last[client].contact_values = note
