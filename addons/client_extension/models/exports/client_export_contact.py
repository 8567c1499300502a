from odoo import models
from odoo.fields import Domain

from ...importer.rows.columns import STANDARD
from ...importer.rows.contact import CONTACT
from ...importer.text.name_list import join_names

#: column key -> field of the person
FIELDS = {
    "contact_first_name": "client_first_name",
    "contact_last_name": "client_last_name",
    "contact_email": "email",
    "contact_phone": "phone",
    "contact_mobile": "mobile",
    "contact_job": "function",
}
STORED = ["name", "client_name_parts", "is_company", *list(FIELDS.values())[2:]]


class ClientExport(models.AbstractModel):
    """The main contact of a client, in the columns from which an import takes it."""

    _inherit = "client.export"

    def _get_client_export_columns(self):
        columns = super()._get_client_export_columns()
        table = _Table(self._get_main_contacts)
        contact = {column.key: table.reader(column.key) for column in CONTACT}
        # Before the additional data.
        standard = {column.key for column in STANDARD}.intersection(columns)
        first = {header: columns[header] for header in columns if header in standard}
        return {**first, **contact, **columns}

    def _get_main_contacts(self, ids):
        """:return: dict: id of a client -> dict: column key -> text"""
        lines = self.env["client.contact"]
        lines = lines.search_fetch(
            Domain("client_id", "in", ids) & lines._get_main_domain(),
            ["client_id", "contact_id", "role_ids"],
        )
        lines.contact_id.fetch(STORED)
        found = {}
        for line in lines:
            person = line.contact_id
            texts = {key: person[name] or "" for key, name in FIELDS.items()}
            texts["contact_role"] = join_names(line.role_ids.mapped("name"))
            found[line.client_id.id] = texts
        return found


class _Table:
    """The contacts of one batch of clients, read once for all columns."""

    def __init__(self, read):
        self._read, self._ids, self._found = read, (), {}

    def reader(self, key):
        """:return: function that receives partners and returns a text for each"""

        def texts(partners):
            if self._ids != partners._ids:
                self._ids, self._found = partners._ids, self._read(partners.ids)
            return [self._found.get(id_, {}).get(key, "") for id_ in partners._ids]

        return texts
