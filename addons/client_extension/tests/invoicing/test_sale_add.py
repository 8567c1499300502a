from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import Form, tagged

from ..common_sale import SaleCase


@tagged("post_install", "-at_install", "client_neighbours")
class TestSaleAdd(SaleCase):
    """The dialog that adds products to a document of a client."""

    def open(self, user=None):
        client = self.family.with_user(user or self.users["accountant"])
        action = client.action_client_add_sale()
        self.assertEqual(action["target"], "new")
        return client.env[action["res_model"]].browse(action["res_id"])

    def fill(self, wizard, *products):
        with Form(wizard) as form:
            for product in products:
                with form.line_ids.new() as line:
                    line.product_id = product
        return wizard

    def test_one_target_is_not_asked_for(self):
        wizard = self.open()
        self.assertEqual(len(wizard.target_ids), 1)
        self.assertFalse(wizard.target_id.document_id)

    def test_the_newest_draft_is_proposed(self):
        draft = self.make_draft()
        wizard = self.open()
        self.assertEqual(len(wizard.target_ids), 2)
        self.assertEqual(wizard.target_id.document_id, draft.id)
        self.assertIn("100.00", wizard.target_id.display_name)

    def test_a_line_has_the_price_that_odoo_will_take(self):
        with Form(self.open()) as form, form.line_ids.new() as line:
            line.product_id = self.bus
            self.assertEqual((line.quantity, line.price_unit), (1, 50))
            line.product_id = self.skis
            self.assertEqual(line.price_unit, 80)

    def test_the_answer_says_where_and_how_much(self):
        draft = self.make_draft()
        wizard = self.fill(self.open(), self.bus, self.skis)
        params = wizard.action_add()["params"]
        self.assertEqual(draft.amount_total, 256)
        self.assertEqual(params["title"], "Added: 2")
        self.assertIn("256.00", params["message"])
        [link] = params["links"]
        self.assertEqual(link["label"], draft.display_name)
        self.assertEqual(link["url"], f"/odoo/account.move/{draft.id}")
        self.assertEqual(params["next"]["type"], "ir.actions.act_window_close")

    def test_a_second_click_adds_nothing(self):
        wizard = self.fill(self.open(), self.bus)
        first = wizard.action_add()
        second = wizard.action_add()
        self.assertEqual(first, second)
        domain = [("partner_id", "=", self.family.id)]
        invoice = self.env["account.move"].search(domain)
        self.assertEqual(len(invoice.invoice_line_ids), 1)

    def test_two_clicks_at_once_add_nothing_twice(self):
        wizard = self.fill(self.open(), self.bus)
        busy = patch.object(
            type(wizard), "lock_for_update", side_effect=LockError("busy")
        )
        with busy, self.assertRaisesRegex(UserError, "already being added"):
            wizard.action_add()

    def test_two_users_add_to_the_same_draft(self):
        draft = self.make_draft()
        first = self.fill(self.open(), self.bus)
        second = self.fill(self.open(self.clerk), self.skis)
        first.action_add()
        second.action_add()
        self.assertEqual(draft.invoice_line_ids.product_id, self.bus | self.skis)
        self.assertEqual(draft.amount_total, 256)

    def test_a_typed_price_stays_when_the_quantity_changes(self):
        wizard = self.open()
        with Form(wizard) as form, form.line_ids.new() as line:
            line.product_id = self.bus
            line.price_unit = 45
            line.quantity = 3
            self.assertEqual(line.price_unit, 45)
        wizard.action_add()
        invoice = self.env["account.move"].search([("partner_id", "=", self.family.id)])
        self.assertEqual(invoice.invoice_line_ids.price_unit, 45)
        self.assertEqual(invoice.amount_untaxed, 135)

    def test_what_was_not_typed_is_left_to_odoo(self):
        wizard = self.fill(self.open(), self.bus)
        line = wizard.line_ids._prepare_sale_line()
        self.assertIsNone(line["price_unit"])

    def test_nothing_entered_is_a_sentence(self):
        with self.assertRaisesRegex(UserError, "at least one product"):
            self.open().action_add()

    def test_a_refused_line_adds_nothing(self):
        wizard = self.fill(self.open(), self.bus, self.skis)
        wizard.line_ids[1].quantity = 0
        with self.assertRaisesRegex(UserError, "quantity above zero"):
            wizard.action_add()
        self.assertFalse(wizard.document_id)
        domain = [("partner_id", "=", self.family.id)]
        self.assertFalse(self.env["account.move"].search(domain))

    def test_products_of_another_company_cannot_be_chosen(self):
        north = self.make_company()
        other = self.make_product("Pitch", 10, company_id=north.id)
        wizard = self.open()
        with self.assertRaises(UserError):
            wizard.sudo().line_ids = [Command.create({"product_id": other.id})]

    def test_the_dialog_of_somebody_else_is_closed_to_others(self):
        wizard = self.open()
        with self.assertRaises(AccessError):
            wizard.with_user(self.clerk).action_add()

    def test_a_plain_user_of_the_clients_app_has_no_dialog(self):
        wizard = self.open()
        with self.assertRaises(AccessError):
            wizard.with_user(self.users["user"]).action_add()
