from odoo.tests import Form, tagged

from ..common_import import ImportCase

FORM = "client_extension.res_partner_view_form"


@tagged("post_install", "-at_install", "client_neighbours")
class TestCountry(ImportCase):
    """The form of a new client starts with a country; nothing else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.belgium = cls.env.ref("base.be")
        cls.company.country_id = cls.france
        cls.action = cls.env.ref("client_extension.res_partner_action")
        cls.clients = cls.as_user("user").with_context(default_client_status="prospect")

    def get_proposed(self, clients=None):
        """:return: ``res.country`` with which the form opens"""
        if clients is None:
            clients = self.clients
        return Form(clients, FORM).country_id

    def test_it_is_that_of_the_company(self):
        self.assertEqual(self.get_proposed(), self.france)
        self.company.country_id = False
        self.assertFalse(self.get_proposed())

    def test_it_is_what_the_setting_says(self):
        Settings = self.env["res.config.settings"]
        Settings.create({"client_country_default": "none"}).execute()
        self.assertFalse(self.get_proposed())
        Settings.create(
            {
                "client_country_default": "chosen",
                "client_country_id": self.belgium.id,
            }
        ).execute()
        self.assertEqual(self.get_proposed(), self.belgium)
        self.company.client_country_id = False
        self.assertFalse(self.get_proposed())

    def test_it_can_be_changed_and_emptied(self):
        for country in (self.belgium, self.env["res.country"]):
            with Form(self.clients, FORM) as form:
                self.type_name(form, "Camping du Lac")
                form.country_id = country
            self.assertEqual(form.record.country_id, country)

    def test_a_country_of_the_action_goes_first(self):
        clients = self.clients.with_context(default_country_id=self.belgium.id)
        self.assertEqual(self.get_proposed(clients), self.belgium)

    def test_other_ways_to_create_have_none(self):
        for vals in ({"name": "By RPC"}, {"name": "Ltd", "is_company": True}):
            self.assertFalse(self.clients.create(vals).country_id)
        made = self.clients.browse(self.clients.name_create("Quick")[0])
        self.assertFalse(made.country_id)
        self.run_import("reference;name\nC1;Camping\n")
        client = self.Partner.search([("ref", "=", "C1")])
        self.assertTrue(client)
        self.assertFalse(client.country_id)

    def test_other_forms_have_none(self):
        partners = self.as_user("user")
        self.assertFalse(self.get_proposed(partners))
        below = self.clients.with_context(default_parent_id=self.school.id)
        self.school.country_id = False
        self.assertFalse(self.get_proposed(below))
