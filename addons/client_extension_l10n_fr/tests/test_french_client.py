from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.client_extension.tests.common import ClientCase

SIRET = "73282932000074"


@tagged("post_install", "-at_install")
class TestFrenchClient(ClientCase):
    """A French client has a SIRET that is checked, and what follows from it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.france = cls.env.ref("base.fr")
        cls.firm = cls.Partner.create(
            {
                "name": "Chantiers du Rhône",
                "is_company": True,
                "client_status": "client",
                "country_id": cls.france.id,
                "company_registry": SIRET,
            }
        )

    def as_user(self, partner):
        return partner.with_user(self.users["user"])

    def test_the_siren_comes_from_the_siret(self):
        self.assertEqual(self.as_user(self.firm).client_siren, "732 829 320")
        self.assertFalse(self.firm.client_siret_warning)

    def test_nothing_is_said_of_a_client_of_another_country(self):
        self.firm.country_id = self.env.ref("base.be")
        self.firm.company_registry = "73282932000075"
        self.assertFalse(self.firm.client_siren)
        self.assertFalse(self.firm.client_siret_warning)
        self.assertFalse(self.firm.client_vat_proposal)

    def test_a_wrong_siret_is_said_and_kept(self):
        self.firm.company_registry = "73282932000075"
        self.assertEqual(
            self.firm.client_siret_warning, "This SIRET has a wrong digit."
        )
        self.firm.company_registry = "in creation"
        self.assertEqual(self.firm.client_siret_warning, "A SIRET has 14 digits.")

    def test_a_siren_alone_is_no_mistake(self):
        self.firm.company_registry = "732829320"
        self.assertFalse(self.firm.client_siret_warning)
        self.assertEqual(self.firm.client_siren, "732 829 320")

    def test_an_office_of_la_poste_is_right(self):
        self.firm.company_registry = "35600000049837"
        self.assertFalse(self.firm.client_siret_warning)

    def test_the_form_of_a_partner_who_is_no_client_is_odoos(self):
        self.firm.client_status = False
        with Form(self.firm, "base.view_partner_form") as form:
            form.company_registry = "732 829 320 00074"
        self.assertEqual(self.firm.company_registry, "732 829 320 00074")

    def test_the_form_takes_the_spaces_off(self):
        view = "client_extension.res_partner_view_form"
        with Form(self.as_user(self.firm), view) as form:
            form.company_registry = "732 829 320 00074"
        self.assertEqual(self.firm.company_registry, SIRET)

    def test_one_click_fills_in_the_vat_number(self):
        self.assertEqual(self.firm.client_vat_proposal, "FR44732829320")
        self.as_user(self.firm).action_client_take_vat()
        self.assertEqual(self.firm.vat, "FR44732829320")
        self.assertFalse(self.firm.client_vat_proposal)

    def test_a_vat_number_that_is_there_is_never_replaced(self):
        self.firm.vat = "FR23334175221"
        with self.assertRaises(UserError):
            self.as_user(self.firm).action_client_take_vat()
        self.assertEqual(self.firm.vat, "FR23334175221")

    def test_a_vat_number_of_another_company_is_said(self):
        self.firm.vat = "FR23334175221"
        self.assertIn("334 175 221", self.firm.client_siret_warning)

    def test_overseas_has_a_siret_and_no_vat_number_of_france(self):
        self.firm.country_id = self.env.ref("base.gp")
        self.assertEqual(self.firm.client_siren, "732 829 320")
        self.assertFalse(self.firm.client_vat_proposal)

    def test_the_pacific_has_numbers_of_its_own(self):
        self.firm.country_id = self.env.ref("base.nc")
        self.firm.company_registry = "1234567.001"
        self.assertFalse(self.firm.client_siret_warning)

    def test_the_number_is_called_siret_in_france_alone(self):
        self.assertEqual(self.firm.client_company_registry_label, "SIRET")
        self.firm.country_id = self.env.ref("base.be")
        self.assertNotEqual(self.firm.client_company_registry_label, "SIRET")

    def test_who_may_not_change_clients_fills_in_nothing(self):
        accountant = self.users["accountant"]
        with self.assertRaises(AccessError):
            self.firm.with_user(accountant).action_client_take_vat()

    def test_an_activity_is_found_by_code_and_by_words(self):
        camping = self.env.ref("client_extension_l10n_fr.naf_5530z")
        codes = self.env["client.naf"].with_user(self.users["user"])
        for text in ("55.30Z", "5530", "5530z", "terrains de camping"):
            with self.subTest(text):
                found = codes.browse(pair[0] for pair in codes.name_search(text))
                self.assertIn(camping, found)
        self.assertEqual(len(codes.search([])), 732)

    def test_only_a_manager_changes_the_list(self):
        values = {"code": "99.99Z", "name": "Essai"}
        with self.assertRaises(AccessError):
            self.env["client.naf"].with_user(self.users["user"]).create(values)
        self.env["client.naf"].with_user(self.users["manager"]).create(values)

    def test_the_ape_code_is_chosen_when_clients_are_merged(self):
        codes = self.env["client.naf"].search([], limit=2)
        self.firm.client_naf_id = codes[0]
        other = self.Partner.create(
            {
                "name": "Chantiers",
                "client_status": "client",
                "client_naf_id": codes[1].id,
            }
        )
        clients = (self.firm | other).with_user(self.users["manager"])
        page = self.env["client.merge.wizard"].with_user(self.users["manager"])
        page = page.browse(clients.action_client_compare()["res_id"])
        rows = {row["key"]: row["cells"] for row in page.comparison["rows"]}
        self.assertEqual(rows["client_naf_id"], codes.mapped("display_name"))
        page.choices = {"keep": self.firm.id, "rows": {"client_naf_id": other.id}}
        page.action_merge()
        self.assertEqual(self.firm.client_naf_id, codes[1])
