from dataclasses import replace

from odoo import api, models
from odoo.fields import Domain

from ....importer.types import Contact

PERSON = [
    *("name", "email", "is_company", "client_name_parts", "client_type_id"),
    "parent_id",
]


class ClientImportIndex(models.AbstractModel):
    """The contacts of the clients of a chunk, for a file with a main contact."""

    _inherit = "client.import.index"

    @api.model
    def _add_contacts(self, index):
        """:return: the same dict: reference -> list of ``Candidate``, with contacts"""
        ids = [candidate.id for found in index.values() for candidate in found]
        contacts = self._get_contacts(ids)
        return {
            reference: [
                replace(candidate, contacts=tuple(contacts.get(candidate.id, ())))
                for candidate in found
            ]
            for reference, found in index.items()
        }

    @api.model
    def _get_contacts(self, ids):
        """The persons that a row for one of these clients can refer to.

        :param list ids: of clients
        :return: dict: id of a client -> list of ``importer.types.Contact``, including
            Odoo's own contacts that have no line yet
        """
        lines = self.env["client.contact"].search_fetch(
            Domain("client_id", "in", ids),
            ["client_id", "contact_id", "is_main", "date_end"],
        )
        lines.contact_id.fetch(PERSON)
        contacts, known = {}, set()
        for line in lines.filtered(lambda line: not line.contact_id.is_company):
            client, person = line.client_id.id, line.contact_id
            known.add((client, person.id))
            found = _contact(person, line)
            contacts.setdefault(client, []).append(found)
        for person in self.env["res.partner"].search_fetch(
            Domain("parent_id", "in", ids)
            & Domain("type", "=", "contact")
            & Domain("is_company", "=", False)
            & Domain("name", "!=", False),
            PERSON,
        ):
            client = person.parent_id.id
            if (client, person.id) not in known:
                contacts.setdefault(client, []).append(_contact(person))
        return contacts


def _contact(person, line=None):
    return Contact(
        person.id,
        line.id if line else 0,
        bool(line and line._filter_main()),
        person.client_first_name or "",
        person.client_last_name or "",
        person.email or "",
        bool(line and line.is_ended),
    )
