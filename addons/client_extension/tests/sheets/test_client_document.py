"""The data of a client on its invoices."""

from odoo import Command
from odoo.tests import tagged

from ..common import ClientCase
from ..common_invoice import InvoiceMixin


@tagged("post_install", "-at_install")
class TestClientDocument(InvoiceMixin, ClientCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env["client.type"].create({"name": "Printed type"})
        cls.person = cls.Partner.create({"name": "Printed Person"})
        cls.school.write(
            {
                "client_type_id": cls.kind.id,
                "client_business_unit_id": cls.agency.id,
                "client_contact_ids": [
                    Command.create({"contact_id": cls.person.id, "is_main": True})
                ],
            }
        )
        cls.below = cls.Partner.create(
            {"name": "Office", "parent_id": cls.school.id, "type": "invoice"}
        )

    def choose(self, *names, company=None):
        company = company or self.company
        company.write({f"client_print_{name}": True for name in names})

    def html(self, partner):
        move = self.invoice(partner)
        report = self.env["ir.actions.report"]
        content, _kind = report._render_qweb_html("account.report_invoice", move.ids)
        return content.decode()

    def test_off(self):
        page = self.html(self.school)
        self.assertNotIn("Printed type", page)
        self.assertIn("Customer Code", page)

    def test_all(self):
        self.choose("reference", "type", "unit", "contact")
        page = self.html(self.school)
        for text in ("Printed type", "Agency Lyon", "Printed Person"):
            self.assertIn(text, page)
        self.assertEqual(page.count("T-0002"), 1)

    def test_contact_of_client(self):
        self.choose("reference", "unit")
        page = self.html(self.below)
        self.assertIn("T-0002", page)
        self.assertIn("Agency Lyon", page)

    def test_no_client_and_empty(self):
        self.choose("reference", "type", "unit", "contact")
        self.assertNotIn('name="client_reference"', self.html(self.supplier))
        self.assertNotIn("Business Unit", self.html(self.family))

    def test_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.choose("unit")
        self.assertFalse(self.school._get_client_document_references(other))
        self.choose("unit", company=other)
        self.assertTrue(self.school._get_client_document_references(other))
        self.agency.company_id = self.company
        self.assertFalse(self.school._get_client_document_references(other))

    def test_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.kind.with_context(lang="fr_FR").name = "Type en français"
        self.school.lang = "fr_FR"
        self.choose("type")
        self.assertIn("Type en français", self.html(self.school))
