from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..common_sale import SaleCase

ADDRESS = {"street": "3 rue des Lilas", "zip": "69002", "city": "Lyon"}


@tagged("post_install", "-at_install", "client_neighbours")
class TestInvoiceGap(SaleCase):
    """What is missing before the first invoice is said, and blocks nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A country without an add-on of its own that would ask for more.
        cls.ireland = cls.env.ref("base.ie")
        cls.complete = {**ADDRESS, "lang": "en_US", "country_id": cls.ireland.id}
        cls.family.write({**cls.complete, "email": "lefevre@example.com"})
        cls.firm = cls.Partner.create(
            {
                "name": "Coaches Ltd",
                "is_company": True,
                "client_status": "client",
                "vat": "IE6388047V",
                "email": "coaches@example.com",
                **cls.complete,
            }
        )

    def fields_of(self, partner):
        return [gap["field"] for gap in partner.get_client_invoice_gaps()]

    def as_accountant(self, partner):
        return partner.with_user(self.users["accountant"])

    def test_a_complete_client_lacks_nothing(self):
        self.assertEqual(self.family.get_client_invoice_gaps(), [])
        self.assertEqual(self.firm.get_client_invoice_gaps(), [])

    def test_a_gap_is_a_field_and_a_sentence(self):
        self.family.lang = False
        [gap] = self.family.get_client_invoice_gaps()
        self.assertEqual(set(gap), {"field", "sentence", "blocks"})
        self.assertEqual(gap["field"], "lang")
        self.assertTrue(gap["sentence"].endswith("."))
        self.assertIs(gap["blocks"], False)

    def test_the_parts_that_an_address_lacks_are_named(self):
        self.family.write({"street": False, "country_id": False})
        [gap] = self.family.get_client_invoice_gaps()
        self.assertEqual(gap["field"], "street")
        self.assertIn("Street", gap["sentence"])
        self.assertIn("Country", gap["sentence"])
        self.assertNotIn("City", gap["sentence"])

    def test_a_country_without_zips_needs_none(self):
        self.ireland.zip_required = False
        self.family.zip = False
        self.assertEqual(self.fields_of(self.family), [])

    def test_the_invoice_address_counts(self):
        self.family.client_invoice_street = "1 rue du Trésor"
        missing = ["client_invoice_zip", "client_invoice_email"]
        self.assertEqual(self.fields_of(self.family), missing)

    def test_firms_of_the_union_need_a_tax_id(self):
        self.firm.vat = False
        self.assertEqual(self.fields_of(self.firm), ["vat"])
        self.firm.country_id = self.env.ref("base.ch")
        self.assertEqual(self.fields_of(self.firm), [])
        self.family.vat = False
        self.assertEqual(self.fields_of(self.family), [])

    def test_an_invoice_needs_an_email_or_a_contact_who_receives_it(self):
        self.firm.email = False
        self.assertEqual(self.fields_of(self.firm), ["email"])
        role = self.env.ref("client_extension.client_contact_role_accounting")
        self.env["client.contact"].create(
            {
                "client_id": self.firm.id,
                "last_name": "Roux",
                "email": "roux@example.com",
                "role_ids": [Command.set(role.ids)],
            }
        )
        self.assertEqual(self.fields_of(self.firm), [])

    def test_a_missing_email_blocks_where_odoo_sends_by_email(self):
        self.firm.write({"email": False, "invoice_sending_method": "email"})
        [gap] = self.firm.get_client_invoice_gaps()
        self.assertTrue(gap["blocks"])

    def test_nothing_is_asked_after_the_first_posted_invoice(self):
        self.family.lang = False
        draft = self.make_draft()
        self.assertEqual(self.fields_of(self.family), ["lang"])
        draft.action_post()
        for name in ("user", "accountant"):
            client = self.family.with_user(self.users[name])
            self.assertEqual(self.fields_of(client), [])

    def test_a_plain_user_gets_the_gaps_too(self):
        self.family.lang = False
        client = self.family.with_user(self.users["user"])
        self.assertEqual(self.fields_of(client), ["lang"])

    def test_a_portal_user_gets_none(self):
        with self.assertRaises(AccessError):
            self.family.with_user(self.users["portal"]).get_client_invoice_gaps()
        own = self.users["portal"].partner_id.with_user(self.users["portal"])
        self.assertEqual(own.get_client_invoice_gaps(), [])

    def test_the_invoice_opens_at_once_where_nothing_is_missing(self):
        action = self.as_accountant(self.family).action_client_new_invoice()
        self.assertEqual(action["res_model"], "account.move")
        context = action["context"]
        self.assertEqual(context["default_move_type"], "out_invoice")
        self.assertEqual(context["default_partner_id"], self.family.id)

    def test_the_new_invoice_goes_to_the_invoice_address(self):
        self.family.write(
            {f"client_invoice_{name}": value for name, value in ADDRESS.items()}
        )
        action = self.as_accountant(self.family).action_client_create_invoice()
        address = self.family.client_invoice_partner_id
        self.assertEqual(action["context"]["default_partner_id"], address.id)

    def test_odoos_form_takes_the_defaults(self):
        client = self.as_accountant(self.family)
        action = client.action_client_create_invoice()
        moves = client.env["account.move"].with_context(**action["context"])
        form = Form(moves)
        self.assertEqual(form.partner_id, client)
        self.assertEqual(form.move_type, "out_invoice")

    def test_the_dialog_has_the_fields_and_goes_on(self):
        self.family.write({"lang": False, "street": False})
        client = self.family.with_user(self.clerk)
        action = client.action_client_new_invoice()
        self.assertEqual((action["res_id"], action["target"]), (client.id, "new"))
        [(view, _type)] = action["views"]
        with Form(client, view=view) as form:
            self.assertIn("The language", form.client_invoice_gap_sentences)
            form.street = "5 rue Haute"
            form.lang = "en_US"
        self.assertEqual(client.street, "5 rue Haute")
        action = client.action_client_create_invoice()
        self.assertEqual(action["res_model"], "account.move")

    def test_a_contact_of_a_firm_is_invoiced_as_odoo_does(self):
        contact = self.Partner.create({"name": "Anne", "parent_id": self.firm.id})
        address = self.Partner.create(
            {"name": "Accounts", "type": "invoice", "parent_id": self.firm.id}
        )
        action = self.as_accountant(contact).action_client_create_invoice()
        self.assertEqual(action["context"]["default_partner_id"], address.id)

    def test_who_may_not_invoice_is_told_so(self):
        for name in ("user", "employee"):
            client = self.family.with_user(self.users[name])
            for method in ("action_client_new_invoice", "action_client_create_invoice"):
                with self.assertRaisesRegex(AccessError, "not allowed"):
                    getattr(client, method)()

    def test_a_client_of_another_company_is_invoiced_there(self):
        north = self.make_company()
        user = new_test_user(
            self.env,
            "clerk_both",
            "base.group_user,account.group_account_invoice",
            company_ids=[Command.set((self.company | north).ids)],
        )
        self.family.company_id = north
        client = self.family.with_user(user).with_context(
            allowed_company_ids=(self.company | north).ids
        )
        with self.assertRaisesRegex(UserError, "Switch to that company"):
            client.action_client_new_invoice()
        client = client.with_context(allowed_company_ids=north.ids)
        action = client.action_client_create_invoice()
        self.assertEqual(action["res_model"], "account.move")

    def test_gaps_cost_few_queries(self):
        client = self.firm.with_user(self.users["user"])
        self.assertConstantQueries(8, self.make_draft, client.get_client_invoice_gaps)
