from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import new_test_user, tagged

from ..common_sale import SaleCase

NEW = {"model": "account.move", "id": False}


@tagged("post_install", "-at_install", "client_neighbours")
class TestSaleTarget(SaleCase):
    """Products go onto a draft invoice of the client, priced and taxed by Odoo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.users["accountant"]
        cls.client_of_clerk = cls.family.with_user(cls.accountant)

    def targets(self, user=None, partner=None):
        partner = (partner or self.family).with_user(user or self.accountant)
        return partner._get_client_sale_targets()

    def add(self, target, *lines, user=None):
        partner = self.family.with_user(user or self.accountant)
        return partner._add_client_sale_lines(target, list(lines))

    def assertRefused(self, sentence, line):
        draft = self.make_draft()
        with self.assertRaisesRegex(UserError, sentence):
            self.add(self.target(draft), self.sold(self.bus), line)
        self.assertEqual(len(draft.invoice_line_ids), 1)

    def test_drafts_come_first_then_a_new_one(self):
        draft = self.make_draft()
        known, new = self.targets()
        self.assertEqual(
            set(known), {"model", "id", "name", "amount", "currency_id", "note"}
        )
        self.assertEqual((known["model"], known["id"]), ("account.move", draft.id))
        self.assertEqual(known["amount"], 100)
        self.assertEqual(known["currency_id"], draft.currency_id.id)
        self.assertEqual((new["model"], new["id"]), ("account.move", False))

    def test_drafts_without_a_number_can_be_told_apart(self):
        long = "Coach to the lake of Annecy and back, with lunch at the castle"
        for text in ("Rooms in May\nwith breakfast", long):
            self.make_draft(
                invoice_line_ids=[
                    Command.create({"name": "Part 1", "display_type": "line_section"}),
                    Command.create({"name": text, "price_unit": 100}),
                    Command.create({"name": "Last line", "price_unit": 0}),
                ]
            )
        *known, new = self.targets()
        notes = {target["note"].partition(" · changed on ")[0] for target in known}
        self.assertEqual(
            notes,
            {"Rooms in May", "Coach to the lake of Annecy and back, with lunch…"},
        )
        self.assertFalse(new["note"])

    def test_what_is_no_open_draft_is_not_offered(self):
        self.make_draft().action_post()
        self.make_draft(move_type="out_refund")
        self.make_draft(auto_post="at_date", date="2030-01-01")
        self.make_draft(self.school)
        self.assertEqual([target["id"] for target in self.targets()], [False])

    def test_drafts_of_the_invoice_address_are_the_clients(self):
        self.family.client_invoice_street = "1 rue du Trésor"
        draft = self.make_draft(self.family.client_invoice_partner_id)
        self.assertEqual(self.targets()[0]["id"], draft.id)

    def test_a_contact_of_a_firm_is_invoiced_as_the_firm(self):
        contact = self.Partner.create({"name": "Anne", "parent_id": self.school.id})
        draft = self.make_draft(self.school)
        self.assertEqual(self.targets(partner=contact)[0]["id"], draft.id)
        invoice = contact._add_client_sale_lines(NEW, [self.sold(self.bus)])
        self.assertEqual(invoice.commercial_partner_id, self.school)

    def test_who_may_neither_invoice_nor_sell_has_no_target(self):
        for name in ("user", "employee", "portal"):
            user = self.users[name]
            self.assertEqual(self.targets(user), [])
            with self.assertRaises(UserError):
                self.add(NEW, self.sold(self.bus), user=user)

    def test_the_button_says_why_there_is_no_target(self):
        client = self.family.with_user(self.users["user"])
        with self.assertRaisesRegex(UserError, "not allowed to invoice or sell"):
            client.action_client_add_sale()

    def test_a_portal_user_cannot_open_the_dialog_of_a_client(self):
        client = self.family.with_user(self.users["portal"])
        with self.assertRaises(AccessError):
            client.action_client_add_sale()

    def test_odoo_computes_price_taxes_and_text(self):
        draft = self.make_draft()
        self.assertEqual(self.add(self.target(draft), self.sold(self.bus, 2)), draft)
        line = draft.invoice_line_ids.filtered("product_id")
        self.assertEqual((line.price_unit, line.quantity), (50, 2))
        self.assertEqual(line.tax_ids, self.tax)
        self.assertIn("Bus transfer", line.name)
        self.assertEqual(draft.amount_total, 220)

    def test_the_fiscal_position_of_the_draft_counts(self):
        position = self.env["account.fiscal.position"].create({"name": "Abroad"})
        self.env["account.tax"].create(
            {
                "name": "Test 0%",
                "amount": 0,
                "type_tax_use": "sale",
                "fiscal_position_ids": [Command.set(position.ids)],
                "original_tax_ids": [Command.set(self.tax.ids)],
            }
        )
        draft = self.make_draft(fiscal_position_id=position.id)
        self.add(self.target(draft), self.sold(self.bus))
        self.assertEqual(draft.amount_total, 150)

    def test_a_typed_price_and_text_stay(self):
        invoice = self.add(NEW, self.sold(self.bus, 1, 12.5, "Airport and back"))
        line = invoice.invoice_line_ids
        self.assertEqual((line.price_unit, line.name), (12.5, "Airport and back"))
        self.assertEqual(line.tax_ids, self.tax)

    def test_a_price_of_zero_is_typed_too(self):
        invoice = self.add(NEW, self.sold(self.bus, 1, 0))
        self.assertEqual(invoice.amount_total, 0)

    def test_a_new_draft_goes_to_the_invoice_address(self):
        self.family.client_invoice_street = "1 rue du Trésor"
        invoice = self.add(NEW, self.sold(self.bus))
        self.assertEqual(invoice.partner_id, self.family.client_invoice_partner_id)
        self.assertEqual((invoice.state, invoice.move_type), ("draft", "out_invoice"))
        self.assertEqual(invoice.company_id, self.company)

    def test_the_shown_price_is_the_one_odoo_takes(self):
        draft = self.make_draft()
        target = self.target(draft)
        price = self.client_of_clerk._get_client_sale_price(target, self.bus, 3)
        self.assertEqual(price, 50)
        self.add(target, self.sold(self.bus, 3))
        line = draft.invoice_line_ids.filtered("product_id")
        self.assertEqual(line.price_unit, price)

    def test_a_draft_in_another_currency_is_priced_in_it(self):
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "t",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 2})],
            }
        )
        draft = self.make_draft(currency_id=currency.id)
        price = self.family._get_client_sale_price(self.target(draft), self.bus, 1)
        self.assertEqual(price, 100)
        self.add(self.target(draft), self.sold(self.bus))
        self.assertEqual(draft.amount_untaxed, 200)

    def test_what_cannot_be_sold_is_refused_with_a_sentence(self):
        hidden = self.make_product("Insurance", 10, sale_ok=False)
        gone = self.make_product("Old bus", 10, active=False)
        north = self.make_company()
        other = self.make_product("Pitch", 10, company_id=north.id)
        self.assertRefused("“Insurance” cannot be sold", self.sold(hidden))
        self.assertRefused("“Old bus” cannot be sold", self.sold(gone))
        self.assertRefused("belongs to another company", self.sold(other))

    def test_bad_input_is_refused_with_a_sentence(self):
        for quantity in (0, -1, float("nan"), float("inf"), None, "2", True):
            self.assertRefused("quantity above zero", self.sold(self.bus, quantity))
        for price in (float("nan"), float("-inf"), "12", True):
            self.assertRefused("valid price", self.sold(self.bus, 1, price))
        empty = {**self.sold(self.bus), "product_id": False}
        self.assertRefused("Choose a product on each line", empty)
        for product_id in (10**9, "1", -1, [self.bus.id]):
            line = {**self.sold(self.bus), "product_id": product_id}
            self.assertRefused("does not exist", line)

    def test_nothing_to_add_is_refused(self):
        with self.assertRaisesRegex(UserError, "at least one product"):
            self.add(NEW)

    def test_an_unknown_target_is_refused(self):
        for target in ({}, {"model": "res.partner", "id": 1}, {"model": None}):
            with self.assertRaisesRegex(UserError, "Choose where"):
                self.add(target, self.sold(self.bus))
        for number in ("1", -1, True, 1.5):
            with self.assertRaisesRegex(UserError, "does not exist"):
                self.add({**NEW, "id": number}, self.sold(self.bus))

    def test_a_draft_that_was_posted_meanwhile_takes_nothing(self):
        draft = self.make_draft()
        draft.action_post()
        with self.assertRaisesRegex(UserError, "Nothing can be added"):
            self.add(self.target(draft), self.sold(self.bus))
        self.assertEqual(len(draft.invoice_line_ids), 1)

    def test_a_deleted_draft_takes_nothing(self):
        draft = self.make_draft()
        target = self.target(draft)
        draft.unlink()
        with self.assertRaisesRegex(UserError, "Nothing can be added"):
            self.add(target, self.sold(self.bus))

    def test_the_draft_of_another_client_takes_nothing(self):
        draft = self.make_draft(self.school)
        with self.assertRaisesRegex(UserError, "Nothing can be added"):
            self.add(self.target(draft), self.sold(self.bus))

    def test_a_draft_that_somebody_else_changes_takes_nothing_yet(self):
        locked = self.patch_lock()
        draft = self.make_draft()
        with locked, self.assertRaisesRegex(UserError, "being changed by somebody"):
            self.add(self.target(draft), self.sold(self.bus))
        self.assertEqual(len(draft.invoice_line_ids), 1)

    def patch_lock(self):
        Move = self.env.registry["account.move"]
        return patch.object(Move, "lock_for_update", side_effect=LockError("busy"))

    def test_a_client_of_another_company_is_not_invoiced_here(self):
        north = self.make_company()
        client = self.Partner.create({"name": "De Wit", "company_id": north.id})
        self.accountant.company_ids += north
        client = client.with_user(self.accountant).with_context(
            allowed_company_ids=(self.company | north).ids
        )
        self.assertEqual(client._get_client_sale_targets(), [])
        with self.assertRaisesRegex(UserError, "belongs to Campings du Nord"):
            client.action_client_add_sale()

    def test_a_draft_of_another_company_is_not_offered(self):
        north = self.make_company()
        user = new_test_user(
            self.env,
            "clerk_north",
            "base.group_user,account.group_account_invoice",
            company_id=north.id,
            company_ids=[Command.set(north.ids)],
        )
        draft = self.make_draft()
        self.assertNotIn(draft.id, [one["id"] for one in self.targets(user)])
        with self.assertRaisesRegex(UserError, "Nothing can be added"):
            self.add(self.target(draft), self.sold(self.bus), user=user)

    def test_the_targets_cost_the_same_for_one_draft_and_for_ten(self):
        self.assertConstantQueries(11, self.make_draft, self.targets)
