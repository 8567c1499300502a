from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common_race import RaceCase


@tagged("post_install", "-at_install")
class TestSaleRace(RaceCase):
    """Two people at once on a draft invoice: one adds a sale, the other posts it."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            self.commit(env["res.partner"].create({"name": "Race", "ref": "RACE-1"}))
            self.commit(
                env["product.product"].create(
                    [
                        {"name": "Race trip", "list_price": 100, "taxes_id": []},
                        {"name": "Race bus", "list_price": 50, "taxes_id": []},
                    ]
                )
            )
            client, (self.trip, self.bus) = [ids for _model, ids in self.committed]
            self.client_id = client[0]
            draft = env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.client_id,
                    "invoice_line_ids": [Command.create({"product_id": self.trip})],
                }
            )
            self.commit(draft)
            self.draft_id = draft.id

    def remove(self, records):
        if records._name == "account.move":
            records.filtered(lambda move: move.state == "posted").button_draft()
            records.posted_before = False
        return super().remove(records)

    def draft(self, env):
        return env["account.move"].browse(self.draft_id)

    def add(self, env, price=None):
        line = {"product_id": self.bus, "quantity": 1, "price_unit": price}
        client = env["res.partner"].browse(self.client_id)
        target = {"model": "account.move", "id": self.draft_id}
        return client._add_client_sale_lines(target, [line])

    def post(self, env):
        self.draft(env).action_post()

    def assertDraft(self, state, total, lines):
        with self.transaction() as env:
            draft = self.draft(env)
            self.assertEqual((draft.state, draft.amount_total), (state, total))
            self.assertEqual(len(draft.invoice_line_ids), lines)
            self.assertEqual(draft.amount_residual, total)
            self.assertFalse(sum(draft.line_ids.mapped("balance")))

    def test_what_was_posted_meanwhile_takes_nothing(self):
        with self.transaction() as seller:
            self.assertEqual(self.draft(seller).state, "draft")
            with self.transaction() as accountant:
                self.post(accountant)
            with self.assertRaisesRegex(UserError, "Nothing can be added"):
                self.in_request(seller, lambda: self.add(seller))
        self.assertDraft("posted", 100, 1)

    def test_what_was_deleted_meanwhile_takes_nothing(self):
        with self.transaction() as seller:
            self.assertEqual(self.draft(seller).state, "draft")
            with self.transaction() as accountant:
                self.draft(accountant).unlink()
            with self.assertRaisesRegex(UserError, "Nothing can be added"):
                self.in_request(seller, lambda: self.add(seller))

    def test_what_is_being_posted_is_not_waited_for(self):
        with self.transaction() as accountant:
            self.post(accountant)
            accountant.flush_all()
            with (
                self.transaction() as seller,
                self.assertRaisesRegex(UserError, "changed by somebody else"),
            ):
                self.add(seller)
        self.assertDraft("posted", 100, 1)

    def test_two_sales_at_once_are_told_of_each_other(self):
        with self.transaction() as seller:
            self.add(seller)
            with (
                self.transaction() as other,
                self.assertRaisesRegex(UserError, "changed by somebody else"),
            ):
                self.add(other)
        self.assertDraft("draft", 150, 2)

    def test_what_is_posted_has_the_lines_that_are_being_added(self):
        self.assertTrue(self.race(self.add, self.post))
        self.assertDraft("posted", 150, 2)

    def test_what_is_posted_has_lines_without_a_price_too(self):
        self.assertTrue(self.race(lambda env: self.add(env, 0), self.post))
        self.assertDraft("posted", 100, 2)
