from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.clients.res_partner import STATUS_DATES
from ..common import ClientCase


@tagged("post_install", "-at_install", "client_neighbours")
class TestStatus(ClientCase):
    """How a partner becomes a prospect or a client, and what stays unchanged."""

    def setUp(self):
        super().setUp()
        self.today = fields.Date.context_today(self.family)

    def make_invoice(self, partner, date="2025-03-14", move_type="out_invoice"):
        return self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": date,
                "invoice_line_ids": [
                    fields.Command.create({"name": "Trip", "price_unit": 100})
                ],
            }
        )

    def test_a_partner_made_elsewhere_is_no_client(self):
        partner = self.Partner.create({"name": "Somebody"})
        self.assertFalse(partner.client_status)
        self.assertFalse(partner.client_prospect_date)

    def test_a_new_client_needs_only_a_name_and_is_my_prospect(self):
        clients = self.as_user("user").with_context(default_client_status="prospect")
        client = clients.create({"name": "Camping de la Plage"})
        self.assertEqual(client.client_status, "prospect")
        self.assertEqual(client.client_prospect_date, self.today)
        self.assertEqual(client.user_id, self.users["user"])
        self.assertFalse(client.client_since)

    def test_the_form_of_a_manager_dates_a_new_client_too(self):
        values = {"name": "x", "client_status": "client", "client_since": False}
        client = self.as_user("manager").create(values)
        self.assertEqual(client.client_since, self.today)

    def test_a_prospect_becomes_client_by_hand_and_is_dated(self):
        self.family.with_user(self.users["user"]).action_client_mark_client()
        self.assertEqual(self.family.client_status, "client")
        self.assertEqual(self.family.client_since, self.today)
        self.assertEqual(self.family.client_prospect_date, self.today)

    def test_marking_again_keeps_the_first_date(self):
        self.school.client_since = "2020-01-01"
        self.school.action_client_mark_prospect()
        self.school.action_client_mark_client()
        self.assertEqual(self.school.client_since, fields.Date.to_date("2020-01-01"))

    def test_marking_many_dates_each_and_writes_nothing_on_clients(self):
        self.school.client_since = "2020-01-01"
        (self.family | self.school).action_client_mark_client()
        self.assertEqual(self.school.client_since, fields.Date.to_date("2020-01-01"))
        self.assertEqual(self.family.client_since, self.today)

    def test_the_first_posted_customer_invoice_makes_a_client(self):
        invoice = self.make_invoice(self.family)
        self.assertEqual(self.family.client_status, "prospect", "a draft is no event")
        invoice.action_post()
        self.assertEqual(self.family.client_status, "client")
        self.assertEqual(self.family.client_since, fields.Date.to_date("2025-03-14"))
        self.assertIn(invoice.name, self.family.message_ids[0].body)

    def test_an_invoice_leaves_the_date_of_a_former_client_alone(self):
        self.family.client_since = "2020-01-01"
        self.make_invoice(self.family).action_post()
        self.assertEqual(self.family.client_status, "client")
        self.assertEqual(self.family.client_since, fields.Date.to_date("2020-01-01"))

    def test_an_accountant_without_the_clients_app_makes_clients_by_posting(self):
        invoice = self.make_invoice(self.family)
        invoice.with_user(self.users["accountant"]).action_post()
        self.assertEqual(self.family.client_status, "client")

    def test_an_invoice_for_a_contact_makes_its_company_a_client(self):
        self.school.client_status = "prospect"
        contact = self.Partner.create({"name": "Mme Roy", "parent_id": self.school.id})
        self.make_invoice(contact).action_post()
        self.assertEqual(self.school.client_status, "client")
        self.assertFalse(contact.client_status)

    def test_no_other_document_makes_a_client(self):
        for move_type in ("out_refund", "in_invoice"):
            with self.subTest(move_type):
                self.make_invoice(self.family, move_type=move_type).action_post()
                self.assertEqual(self.family.client_status, "prospect")

    def test_an_invoice_makes_no_client_of_a_partner_without_status(self):
        self.make_invoice(self.supplier).action_post()
        self.assertFalse(self.supplier.client_status)

    def test_the_company_can_switch_it_off(self):
        self.company.client_auto_status = False
        self.make_invoice(self.family).action_post()
        self.assertEqual(self.family.client_status, "prospect")

    def test_a_client_never_goes_back_by_itself(self):
        invoice = self.make_invoice(self.family)
        invoice.action_post()
        invoice.button_draft()
        invoice.button_cancel()
        self.assertEqual(self.family.client_status, "client")

    def test_the_change_of_status_is_in_the_chatter(self):
        partner = self.family.with_context(tracking_disable=False)
        self.flush_tracking()
        partner.client_status = "client"
        self.flush_tracking()
        values = partner.message_ids.sudo().tracking_value_ids
        self.assertIn("client_status", values.mapped("field_id.name"))

    def test_only_a_manager_dates_a_status(self):
        family = self.family.with_user(self.users["user"])
        with self.assertRaises(AccessError):
            family.client_since = "2020-01-01"
        with self.assertRaises(AccessError):
            family.create({"name": "x", "client_since": "2020-01-01"})
        self.family.with_user(self.users["manager"]).client_since = "2020-01-01"
        self.assertEqual(self.family.client_since, fields.Date.to_date("2020-01-01"))

    def test_contacts_saved_with_a_new_client_are_no_clients(self):
        clients = self.Partner.with_context(default_client_status="prospect")
        client = clients.create(
            {
                "name": "Mairie de Nantes",
                "is_company": True,
                "child_ids": [fields.Command.create({"name": "Mme Caro"})],
            }
        )
        self.assertEqual(client.client_status, "prospect")
        self.assertFalse(client.child_ids.client_status)

    def test_a_contact_of_a_client_by_default_is_no_client(self):
        clients = self.Partner.with_context(
            default_client_status="prospect", default_parent_id=self.school.id
        )
        self.assertFalse(clients.create({"name": "Mme Caro"}).client_status)

    def test_users_and_companies_made_in_the_app_are_no_clients(self):
        env = self.env(context={"default_client_status": "prospect"})
        user = env["res.users"].create({"name": "Zoé", "login": "zoe"})
        company = env["res.company"].create({"name": "Campings du Nord"})
        self.assertFalse(user.partner_id.client_status)
        self.assertFalse(company.partner_id.client_status)

    def test_defaults_date_a_status_for_managers_alone(self):
        day = fields.Date.to_date("2020-01-01")
        defaults = {f"default_{name}": day for name in STATUS_DATES.values()}
        for name, kept in (("user", False), ("manager", day)):
            client = self.as_user(name).with_context(**defaults).create({"name": "x"})
            self.assertEqual(client.client_since, kept, name)
            self.assertEqual(client.client_prospect_date, kept, name)

    def test_a_status_that_does_not_exist_is_refused_by_odoo(self):
        with self.assertRaises(ValueError):
            self.family.client_status = "bogus"

    def test_archived_clients_come_back_whole(self):
        self.family.client_business_unit_id = self.agency
        self.family.action_archive()
        self.assertNotIn(self.family, self.Partner.search([("ref", "=", "T-0001")]))
        self.family.action_unarchive()
        self.assertEqual(self.family.client_status, "prospect")
        self.assertEqual(self.family.client_business_unit_id, self.agency)

    def test_a_copy_is_dated_anew(self):
        self.school.client_since = "2020-01-01"
        copied = self.school.copy()
        self.assertEqual(copied.client_status, "client")
        self.assertEqual(copied.client_since, self.today)

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.precommit.run()
