from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

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

    def by_user(self, partner):
        return partner.with_user(self.users["user"])

    def test_the_siren_comes_from_the_siret(self):
        self.assertEqual(self.by_user(self.firm).client_siren, "732 829 320")
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
            self.firm.client_siret_warning, "This SIRET is not valid. Check its digits."
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
        with Form(self.by_user(self.firm), view) as form:
            form.company_registry = "732 829 320 00074"
        self.assertEqual(self.firm.company_registry, SIRET)

    def test_one_click_fills_in_the_vat_number(self):
        self.assertEqual(self.firm.client_vat_proposal, "FR44732829320")
        self.by_user(self.firm).action_client_take_vat()
        self.assertEqual(self.firm.vat, "FR44732829320")
        self.assertFalse(self.firm.client_vat_proposal)

    def test_a_vat_number_that_is_there_is_never_replaced(self):
        self.firm.vat = "FR23334175221"
        with self.assertRaises(UserError):
            self.by_user(self.firm).action_client_take_vat()
        self.assertEqual(self.firm.vat, "FR23334175221")

    def new_client(self):
        """:return: the form of a new French company, as a user opens it"""
        partners = self.as_user("user").with_context(default_client_status="client")
        form = Form(partners, "client_extension.res_partner_view_form")
        form.company_type = "company"
        form.name = "Chantiers du Gard"
        form.country_id = self.france
        return form

    def test_a_wrong_vat_number_is_said_while_it_is_typed(self):
        form = self.new_client()
        form.vat = "FR44732829321"
        self.assertEqual(
            form.client_vat_warning, "This VAT number is not valid. Check its digits."
        )
        form.vat = "FR4473282932"
        self.assertIn("two characters", form.client_vat_warning)
        for right in ("FR44732829320", "fr 44 732 829 320", "BE0477472701", "/", False):
            form.vat = right
            self.assertFalse(form.client_vat_warning, right)

    def test_a_vat_number_of_another_country_is_not_checked(self):
        self.firm.country_id = self.env.ref("base.be")
        # Odoo's own check, where it is installed, would refuse it.
        self.firm.with_context(no_vat_validation=True).vat = "FR44732829321"
        self.assertFalse(self.firm.client_vat_warning)

    def test_the_vat_number_is_offered_before_the_client_is_saved(self):
        form = self.new_client()
        form.company_registry = "732 829 320 00074"
        self.assertEqual(form.client_vat_proposal, "FR44732829320")
        client = form.save()
        client.action_client_take_vat()
        self.assertEqual(client.vat, "FR44732829320")

    def test_a_person_without_a_siret_has_no_activity(self):
        view = "client_extension.res_partner_view_form"
        arch = etree.fromstring(
            self.as_user("user").get_view(self.env.ref(view).id)["arch"]
        )
        [field] = arch.xpath("//field[@name='client_naf_id']")
        shown = {"is_company": False, "company_registry": False, "client_naf_id": False}
        for values, invisible in (
            ({}, True),
            ({"is_company": True}, False),
            ({"company_registry": SIRET}, False),
            ({"client_naf_id": 1}, False),
            ({"is_company": True, "l10n_fr_is_french": False}, True),
        ):
            names = {"l10n_fr_is_french": True, **shown, **values}
            hidden = safe_eval(field.get("invisible"), names)
            self.assertEqual(bool(hidden), invisible, values)

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
