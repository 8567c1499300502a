from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from ..common import ContactCase

FORM = "client_extension.res_partner_view_form"


class SharedAddressCase(ContactCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.school.write(
            {"street": "1 rue de l'Église", "zip": "69001", "city": "Lyon"}
        )
        cls.person = cls.line(cls.school, last_name="Roux").contact_id


@tagged("post_install", "-at_install")
class TestContactSharedAddress(SharedAddressCase):
    """No address changes through a contact without the user being told whose it is."""

    def form(self, partner, user="user"):
        return Form(partner.with_user(self.users[user]), FORM)

    def test_the_form_says_whose_address_it_is(self):
        form = self.form(self.person)
        self.assertIn("Collège Jean Moulin", form.client_shared_address_note)
        lines = form.client_shared_address.splitlines()
        self.assertEqual(lines[0], "1 rue de l'Église")
        self.assertIn("Lyon", lines[1])
        self.assertNotIn("Collège", form.client_shared_address)

    def test_address_and_tax_id_cannot_be_typed_there(self):
        form = self.form(self.person)
        with self.assertRaisesRegex(AssertionError, "readonly"):
            form.vat = "FR23334175221"
        arch = self.as_user("user").get_view(self.env.ref(FORM).id, "form")["arch"]
        street = etree.fromstring(arch).xpath("(//field[@name='street'])[1]")[0]
        hidden = [
            node.get("invisible")
            for node in street.iterancestors()
            if node.get("invisible")
        ]
        self.assertIn("parent_id and type == 'contact'", hidden)

    def test_a_client_and_a_contact_with_an_own_address_type_theirs(self):
        with self.form(self.school) as form:
            form.street = "2 rue Neuve"
            form.vat = False
        other = self.line(
            self.school, last_name="Petit", role_ids=self.traveller.ids
        ).contact_id
        with self.form(other) as form:
            form.street = "12 avenue Foch"
            self.assertIn("tax ID", form.client_shared_address_note)
            self.assertFalse(form.client_shared_address)
            # Odoo gives the number of any child contact to the client.
            with self.assertRaisesRegex(AssertionError, "readonly"):
                form.vat = "FR23334175221"
        self.assertEqual(self.school.street, "2 rue Neuve")
        self.assertEqual(other.street, "12 avenue Foch")

    def test_a_client_alone_is_told_nothing(self):
        for partner in (self.school, self.family):
            self.assertFalse(partner.client_shared_address_note)
            self.assertFalse(partner.client_shared_address)

    def test_a_company_below_another_is_told_of_the_address_alone(self):
        branch = self.Partner.create(
            {"name": "Annexe", "is_company": True, "parent_id": self.school.id}
        )
        form = self.form(branch)
        self.assertIn("Collège Jean Moulin", form.client_shared_address_note)
        self.assertNotIn("ax ID", form.client_shared_address_note)
        form.vat = "BE0477472701"

    def test_giving_an_own_address_keeps_what_is_there(self):
        self.person.with_user(self.users["user"]).action_client_give_own_address()
        self.assertEqual(self.person.type, "other")
        self.assertEqual(self.person.city, "Lyon")
        with self.form(self.person) as form:
            form.city = "Paris"
        self.assertEqual(self.school.city, "Lyon")
        self.school.city = "Villeurbanne"
        self.assertEqual(self.person.city, "Paris")

    def test_it_changes_no_other_kind_of_address(self):
        invoice = self.Partner.create(
            {"name": "I", "type": "invoice", "parent_id": self.school.id}
        )
        (invoice | self.school).action_client_give_own_address()
        self.assertEqual((invoice.type, self.school.type), ("invoice", "contact"))

    def test_who_is_no_user_of_the_app_is_refused(self):
        person = self.person.with_user(self.users["employee"])
        with self.assertRaises(AccessError):
            person.action_client_give_own_address()

    def test_the_client_opens_in_its_own_form(self):
        action = self.person.action_client_open_parent()
        self.assertEqual(action["res_id"], self.school.id)
        self.assertEqual(action["views"], [(self.env.ref(FORM).id, "form")])

    def test_odoos_own_form_is_left_alone(self):
        arch = self.Partner.get_view(self.env.ref("base.view_partner_form").id)["arch"]
        self.assertNotIn("client_shared_address", arch)
        with Form(self.person, "base.view_partner_form") as form:
            form.street = "3 rue Neuve"
        self.assertEqual(self.school.street, "3 rue Neuve")

    def test_addresses_of_a_country_with_fields_of_its_own_are_hidden_too(self):
        view = self.env["ir.ui.view"].create(
            {
                "name": "address of a country",
                "model": "res.partner",
                "type": "form",
                "arch": """<form><div class="o_address_format">
                    <field name="street" placeholder="Theirs"/></div></form>""",
            }
        )
        self.env.company.country_id = self.france
        self.france.address_view_id = view
        arch = self.as_user("user").get_view(self.env.ref(FORM).id, "form")["arch"]
        street = etree.fromstring(arch).xpath("//field[@placeholder='Theirs']")[0]
        hidden = [node.get("invisible") for node in street.iterancestors()]
        self.assertIn("parent_id and type == 'contact'", hidden)


@tagged("post_install", "-at_install", "client_tour")
class TestContactSharedAddressTour(SharedAddressCase, HttpCase):
    def test_a_contact_gets_an_own_address_in_the_browser(self):
        self.start_tour(
            f"/odoo/clients/{self.person.id}",
            "client_contact_own_address_tour",
            login="clients_user",
        )
        self.assertEqual((self.person.type, self.person.city), ("other", "Paris"))
        self.assertEqual(self.school.city, "Lyon")
