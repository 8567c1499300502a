"""The data of a client on its invoices."""

from markupsafe import escape

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ..common import ClientCase
from ..common_invoice import InvoiceMixin

EVERYTHING = ("reference", "type", "unit", "contact")


class ClientDocumentCase(InvoiceMixin, ClientCase):
    """A school with all that a document prints, and an invoice contact below it."""

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
        """:return: str, the page of a new invoice of this partner"""
        move = self.invoice(partner)
        reports = self.env["ir.actions.report"]
        return reports._render_qweb_html("account.report_invoice", move.ids)[0].decode()


@tagged("post_install", "-at_install")
class TestClientDocument(ClientDocumentCase):
    def test_off(self):
        page = self.html(self.school)
        self.assertNotIn("Printed type", page)
        self.assertNotIn('id="client_references"', page)
        self.assertIn("Customer Code", page)

    def test_all(self):
        self.choose(*EVERYTHING)
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
        before = self.html(self.supplier)
        self.choose(*EVERYTHING)
        after = self.html(self.supplier)
        self.assertNotIn("client_reference", after)
        self.assertEqual(before.count("<div"), after.count("<div"))
        self.assertNotIn("Business Unit", self.html(self.family))

    def test_vendor_bills_are_as_they_were(self):
        self.choose(*EVERYTHING)
        self.school.ref = "T-0002"
        bill = self.invoice(self.school, post=False, move_type="in_invoice")
        page = (
            self.env["ir.actions.report"]
            ._render_qweb_html("account.report_invoice", bill.ids)[0]
            .decode()
        )
        self.assertNotIn("client_reference", page)
        self.assertIn("Customer Code", page)

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
        self.choose("type", "unit")
        page = self.html(self.school)
        self.assertIn("Type en français", page)
        french = self.school.with_context(lang="fr_FR")
        for label, value in french._get_client_document_references(self.company):
            self.assertIn(escape(label), page)
            self.assertIn(escape(value), page)

    def test_a_closed_unit_is_printed_for_who_does_not_see_its_clients(self):
        self.choose(*EVERYTHING)
        move = self.invoice(self.school)
        self.agency.members_only = True
        reports = self.env["ir.actions.report"].with_user(self.users["accountant"])
        page = reports._render_qweb_html("account.report_invoice", move.ids)[0].decode()
        self.assertIn("Agency Lyon", page)
        # Who prints a document gets what the company chose, and no client.
        hidden = self.as_user("employee").browse(self.school.id)
        found = dict(hidden._get_client_document_references(self.company))
        self.assertIn("Agency Lyon", found.values())

    def test_a_contact_who_left_is_not_printed(self):
        self.choose("contact")
        self.assertIn("Printed Person", self.html(self.school))
        self.person.active = False
        self.assertNotIn("Printed Person", self.html(self.school))

    def test_every_layout(self):
        self.choose(*EVERYTHING)
        for layout in self.env["report.layout"].search([]):
            with self.subTest(layout.name):
                self.company.external_report_layout_id = layout.view_id
                page = self.html(self.school)
                self.assertEqual(page.count('name="client_reference"'), 4)

    def test_queries(self):
        """Without a setting a document asks nothing; a second client costs the reads
        of one client, however many contacts it has."""
        self.env.flush_all()
        company = self.company
        self.assertFalse(company.client_print_type)
        with self.assertQueryCount(0):
            self.school._get_client_document_references(company)
        self.choose(*EVERYTHING)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            self.school._get_client_document_references(company)


@tagged("post_install", "-at_install")
class TestClientDocumentPortal(ClientDocumentCase, HttpCase):
    """A customer downloads the invoice without any right on clients."""

    def test_download(self):
        self.choose(*EVERYTHING)
        self.agency.members_only = True
        portal = new_test_user(
            self.env, login="portal_of_school", groups="base.group_portal"
        )
        portal.partner_id.parent_id = self.school
        move = self.invoice(self.school)
        self.authenticate("portal_of_school", "portal_of_school")
        page = self.url_open(f"/my/invoices/{move.id}?report_type=html")
        self.assertEqual(page.status_code, 200)
        for text in ("T-0002", "Printed type", "Agency Lyon", "Printed Person"):
            self.assertIn(text, page.text)
