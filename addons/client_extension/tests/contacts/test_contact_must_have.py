from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from ...models.clients.res_company import MAIN_CONTACT
from ..common import ContactCase


@tagged("post_install", "-at_install")
class TestContactMustHave(ContactCase):
    """The settings define the required data of a company's main contact."""

    def new(self):
        lines = self.Line.with_user(self.users["user"])
        lines = lines.with_context(default_client_id=self.school.id)
        return Form(lines, "client_extension.client_contact_view_form")

    def test_each_field_of_the_dialog_has_a_setting(self):
        view = self.env.ref("client_extension.client_contact_view_form")
        arch = etree.fromstring(self.Line.get_view(view.id, "form")["arch"])
        fields = set(arch.xpath("//field[contains(@required, 'main_must')]/@name"))
        self.assertEqual(fields, {*MAIN_CONTACT})
        self.assertEqual(len(fields), 10)
        settings = self.env["res.config.settings"].create({})
        for name in MAIN_CONTACT.values():
            settings[name] = not self.company[name]
            self.assertEqual(self.company[name], settings[name], name)

    def test_a_company_is_asked_for_four_of_them_unless_said(self):
        company = self.make_company()
        names = ["first_name", "last_name", "email", "phone"]
        self.assertEqual(company._get_main_contact_fields(), names)

    def test_each_can_be_asked_for_alone(self):
        values = dict.fromkeys(MAIN_CONTACT.values(), False)
        for name, setting in MAIN_CONTACT.items():
            self.company.write({**values, setting: True})
            if name == "role_ids":
                # An empty tags field counts as filled in here, but not in a browser.
                self.assertEqual(self.new().main_must_have, "role_ids")
                continue
            form = self.new()
            form.last_name = "Roux"
            if name == "last_name":
                form.first_name, form.last_name = "Anne", False
            with self.subTest(name):
                with self.assertRaisesRegex(AssertionError, f"'?{name}'? is"):
                    form.save()
                form.is_main = False
                form.last_name = "Roux"
                form.save()

    def test_a_company_client_without_a_main_contact_is_told(self):
        asks = self.as_user("user").browse(self.school.id)
        self.assertTrue(asks.client_asks_main_contact)
        line = self.line(self.school, last_name="Roux")
        self.assertFalse(asks.client_asks_main_contact)
        line.date_end = "2020-01-01"
        self.assertTrue(asks.client_asks_main_contact)

    def test_nobody_else_is(self):
        self.assertFalse(self.family.client_asks_main_contact)
        self.assertFalse(self.supplier.client_asks_main_contact)
        supplier = self.Partner.create({"name": "Autocars", "is_company": True})
        self.assertFalse(supplier.client_asks_main_contact)
        self.company.write(dict.fromkeys(MAIN_CONTACT.values(), False))
        self.Partner.invalidate_model(["client_asks_main_contact"])
        self.assertFalse(self.school.client_asks_main_contact)

    def test_it_blocks_nothing(self):
        clients = self.as_user("user").with_context(default_client_status="prospect")
        form = Form(clients, "client_extension.res_partner_view_form")
        form.company_type = "company"
        form.name = "Lycée Zed"
        self.assertTrue(form.save().client_asks_main_contact)

    def test_the_button_opens_the_dialog_of_a_main_contact(self):
        school = self.school.with_user(self.users["user"])
        action = school.action_client_add_main_contact()
        lines = self.Line.with_user(self.users["user"])
        form = Form(lines.with_context(**action["context"]))
        self.assertTrue(form.is_main)
        form.first_name, form.last_name = "Anne", "Roux"
        form.email, form.phone = "a@example.com", "+33 4 78 00 00 09"
        form.save()
        self.assertEqual(self.school.client_main_contact_id.name, "Anne Roux")
        with self.assertRaises(AccessError):
            self.school.with_user(
                self.users["employee"]
            ).action_client_add_main_contact()


@tagged("post_install", "-at_install", "client_tour")
class TestContactMustHaveTour(ContactCase, HttpCase):
    def test_the_hint_leads_to_the_main_contact(self):
        self.start_tour(
            f"/odoo/clients/{self.school.id}",
            "client_main_contact_hint_tour",
            login="clients_user",
        )
        self.assertEqual(self.school.client_main_contact_id.name, "Hélène Zztour")
