from odoo import api, models

from ....importer.text.name_list import join_names
from ....importer.writers.write_csv import write_csv

#: three clients that show what a cell can contain
EXAMPLES = (
    {
        "reference": "0001",
        "type": "company",
        "name": "Example School",
        "address": "12 Station Road",
        "address_additional": "Building B",
        "city": "Namur",
        "zip": "5000",
        "country": "Belgium",
        "phone": "+32 81 22 33 44",
        "email": "office@school.example.com",
        "website": "https://school.example.com",
        "comment": "The secretary answers in the morning.\nClosed in July.",
        "active": "yes",
        "status": "client",
        "contact_first_name": "Anne",
        "contact_last_name": "Example",
        "contact_email": "anne@school.example.com",
        "contact_phone": "+32 81 22 33 45",
        "contact_mobile": "+32 470 12 34 56",
        "contact_job": "Secretary",
    },
    {
        "reference": "0002",
        "type": "individual",
        "name": "Mary Example",
        "address": "3 Church Lane",
        "city": "Lyon",
        "zip": "69001",
        "country": "FR",
        "mobile": "+33 6 12 34 56 78",
        "email": "mary@example.com",
        "active": "1",
        "status": "prospect",
    },
    {
        "reference": "0003",
        "type": "company",
        "name": "Example & Sons",
        "address": "1 Market Street",
        "city": "San Francisco",
        "zip": "94103",
        "country": "US",
        "state": "California",
        "email": "sons@example.com; accounts@example.com",
        "active": "true",
        "status": "client",
    },
)


class ClientImportTemplate(models.AbstractModel):
    """A template of an import file: the columns, and three rows to overwrite."""

    _name = "client.import.template"
    _description = "Client Import Template"

    @api.model
    def _get_template(self):
        """:return: bytes of a CSV file"""
        keys = [c.key for c in self.env["client.import.columns"]._get_import_columns()]
        examples = self._get_examples()
        rows = [[example.get(key, "") for key in keys] for example in examples]
        return b"".join(write_csv([keys, *rows]))

    @api.model
    def _get_examples(self):
        """Three rows that an import accepts as they are.

        :return: list of dict: column key -> cell; overridden along with
            ``_get_import_columns``
        """
        first, *others = EXAMPLES
        return [{**first, **self._get_own_names()}, *others]

    @api.model
    def _get_own_names(self):
        """:return: dict of cells with names that exist in this database"""
        unit = self.env["client.business.unit"].search(
            [("company_id", "in", [False, self.env.company.id])], limit=1
        )
        return {
            "client_type": self.env["client.type"].search([], limit=1).name or "",
            "category": join_names(
                self.env["res.partner.category"].search([], limit=1).mapped("name")
            ),
            "business_unit": unit.complete_name or "",
            "manager": self.env.user.login,
            "language": self.env.lang or "en_US",
            "source": self.env["utm.source"].search([], limit=1).name or "",
            "contact_role": join_names(
                self.env["client.contact.role"].search([], limit=1).mapped("name")
            ),
        }
