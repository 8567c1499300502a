from odoo.tests import Form, tagged

from odoo.addons.client_extension.tests.common_sale import SaleCase


@tagged("post_install", "-at_install")
class TestFrenchInvoiceGap(SaleCase):
    """What an invoice to a French company needs on top."""

    def gaps(self, partner):
        return {gap["field"]: gap for gap in partner.get_client_invoice_gaps()}

    def has_e_address(self):
        return "peppol_endpoint" in self.Partner._fields

    def test_a_company_without_siren_is_told_so(self):
        gap = self.gaps(self.school)["company_registry"]
        self.assertIn("SIREN", gap["sentence"])
        self.assertIs(gap["blocks"], False)
        self.school.company_registry = "334175221"
        self.assertNotIn("company_registry", self.gaps(self.school))

    def test_persons_and_companies_abroad_need_none(self):
        self.assertNotIn("company_registry", self.gaps(self.family))
        self.school.country_id = self.env.ref("base.be")
        self.assertNotIn("company_registry", self.gaps(self.school))
        self.assertNotIn("peppol_endpoint", self.gaps(self.school))

    def test_a_contact_of_a_company_lacks_what_the_company_lacks(self):
        contact = self.Partner.create({"name": "Anne", "parent_id": self.school.id})
        self.assertIn("company_registry", self.gaps(contact))

    def test_the_address_of_the_french_directory_is_asked_for(self):
        if not self.has_e_address():
            self.skipTest("Odoo's fields for e-invoicing addresses are not installed")
        self.assertIn("0225", self.gaps(self.school)["peppol_endpoint"]["sentence"])
        self.school.write({"peppol_eas": "0225", "peppol_endpoint": "334175221"})
        self.assertNotIn("peppol_endpoint", self.gaps(self.school))

    def test_the_dialog_asks_for_it_right_there(self):
        client = self.school.with_user(self.clerk)
        [(view, _type)] = client.action_client_new_invoice()["views"]
        with Form(client, view=view) as form:
            self.assertIn("SIREN", form.client_invoice_gap_sentences)
            form.company_registry = "334175221"
            if self.has_e_address():
                form.peppol_eas = "0225"
                form.peppol_endpoint = "334175221"
        self.assertNotIn("company_registry", self.gaps(self.school))
