from odoo import models
from odoo.fields import Domain

from ...importer.text.name_list import join_names

#: fields read from the persons and the clients of one batch, beside the names
PERSON = [
    "client_civility",
    "email",
    "phone",
    "mobile",
    "function",
    "lang",
    "street",
    "street2",
    "zip",
    "city",
    "country_id",
]
CLIENT = ["name", "ref", "client_status"]


class ClientContactExport(models.AbstractModel):
    """Exports the contacts of clients as a file, for letters, mailings and lists.

    How to use: ``env["client.contact.export"].iter_file("csv", domain)`` yields the
    file as chunks of bytes, made for the user of the environment: only contacts of
    clients, and only those that this user can read. It needs the right to export
    clients.
    """

    _name = "client.contact.export"
    _inherit = "client.record.export"
    _description = "Contact Export"

    def _get_exported(self):
        return self.env["client.contact"]

    def _get_export_title(self):
        return self.env._("Contacts")

    def _get_export_columns(self):
        return self._get_contact_export_columns()

    def _get_domain(self, domain):
        """:return: ``Domain`` of the requested contact lines of clients"""
        clients = Domain("client_id.client_status", "!=", False)
        lines = self._get_exported()
        return self._read_domain(lines, domain, lambda found: found & clients)

    def _fetch_export_batch(self, records):
        persons = records.contact_id
        persons.fetch([*persons._get_client_name_fields(), *PERSON])
        records.client_id.fetch(CLIENT)

    def _get_contact_export_columns(self):
        """The columns of the file, in their order.

        :return: dict header -> function that receives a ``client.contact`` and returns
            the content of the cell; overridden by bridges
        """
        civilities = self.env["res.partner"]._fields["client_civility"]
        civilities = dict(civilities._description_selection(self.env))
        return {
            "reference": lambda line: line.client_id.ref,
            "client": lambda line: line.client_id.name,
            "status": lambda line: line.client_id.client_status,
            "role": lambda line: join_names(line.role_ids.mapped("name")),
            "main": lambda line: str(int(bool(line._filter_main()))),
            "civility": lambda line: civilities.get(line.contact_id.client_civility),
            "first_name": lambda line: line.contact_id.client_first_name,
            "last_name": lambda line: line.contact_id.client_last_name,
            "salutation": lambda line: line.contact_id.client_salutation,
            "email": lambda line: line.contact_id.email,
            "phone": lambda line: line.contact_id.phone,
            "mobile": lambda line: line.contact_id.mobile,
            "job": lambda line: line.contact_id.function,
            "language": lambda line: line.contact_id.lang,
            "address": lambda line: line.contact_id.street,
            "address_additional": lambda line: line.contact_id.street2,
            "zip": lambda line: line.contact_id.zip,
            "city": lambda line: line.contact_id.city,
            "country": lambda line: line.contact_id.country_id.code,
            "from": lambda line: line.date_start,
            "until": lambda line: line.date_end,
            "note": lambda line: line.note,
        }
