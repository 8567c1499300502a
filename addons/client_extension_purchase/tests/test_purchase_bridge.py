from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_bridge


@tagged("post_install", "-at_install")
class TestPurchaseBridge(common_bridge.BridgeCase):
    """Requests, orders and what is billed of them, and their timeline."""

    sections = ("purchase",)
    sources = ("purchase",)
    groups = "purchase.group_purchase_user"
    allow_inherited_tests_method = True
    # the names of the buyers: users, and their partners
    timeline_more_queries = 2

    @classmethod
    def setUpClass(cls):
        cls.product = False
        super().setUpClass()

    @classmethod
    def make_documents(cls, client):
        cls.order(client, 100)
        cls.order(client, 200).button_confirm()
        billed = cls.order(client, 400)
        billed.button_confirm()
        billed.action_create_invoice()

    @classmethod
    def order(cls, client, price=100, **values):
        if not cls.product:
            cls.product = cls.env["product.product"].create(
                {
                    "name": "Coach",
                    "type": "service",
                    "purchase_method": "purchase",
                    "supplier_taxes_id": [Command.clear()],
                }
            )
        line = {"product_id": cls.product.id, "product_qty": 1, "price_unit": price}
        return cls.env["purchase.order"].create(
            {
                "partner_id": client.id,
                "order_line": [Command.create({**line, "tax_ids": []})],
                **values,
            }
        )

    def figures(self, client):
        values = self.as_reader(client)._read_client_figures()[client.id]
        return {
            key: (value["count"], value["amount"])
            for (section, key), value in values.items()
            if section == "purchase"
        }

    def test_requests_orders_and_what_is_billed(self):
        self.assertEqual(
            self.figures(self.family),
            {
                "requests": (1, 100.0),
                "orders": (2, 600.0),
                "to_bill": (1, 200.0),
                "closed": (1, 400.0),
            },
        )

    def test_a_cancelled_order_is_nowhere(self):
        before = self.figures(self.school)
        order = self.order(self.school, 5)
        order.button_cancel()
        self.assertEqual(self.figures(self.school), before)
        self.assertNotIn(order.id, [entry["id"] for entry in self.timeline(limit=200)])

    def test_orders_in_another_currency_count_in_that_of_the_company(self):
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 2.0})],
            }
        )
        self.order(self.family, 50, currency_id=currency.id)
        self.assertEqual(self.figures(self.family)["requests"], (2, 125.0))
        order = self.order(self.school, 50, currency_id=currency.id)
        entries = {entry["id"]: entry for entry in self.timeline(limit=200)}
        self.assertEqual(entries[order.id]["amount"], 50.0)
        self.assertEqual(entries[order.id]["currency_id"], currency.id)

    def test_an_order_stands_at_its_confirmation_a_request_at_its_deadline(self):
        order = self.order(self.school, 7, date_order="2030-01-01 10:00:00")
        entries = {entry["id"]: entry for entry in self.timeline(limit=200)}
        self.assertEqual(entries[order.id]["date"], "2030-01-01 10:00:00")
        self.assertEqual(entries[order.id]["state"], "RFQ")
        order.button_confirm()
        self.env.flush_all()
        entries = {entry["id"]: entry for entry in self.timeline(limit=200)}
        date = fields.Datetime.to_string(order.date_approve)
        self.assertEqual(entries[order.id]["date"], date)

    def test_accountants_read_orders_but_are_shown_no_purchases(self):
        accountant = self.users["accountant"]
        accountant.group_ids += self.env.ref("client_extension.group_client_user")
        orders = self.env["purchase.order"].with_user(accountant)
        self.assertTrue(orders.has_access("read"))
        self.assertNotIn("purchase", self.overview(self.school, accountant))

    def test_a_new_request_is_for_the_client(self):
        action = self.as_reader(self.family).action_client_new_purchase()
        orders = self.env["purchase.order"].with_user(self.reader)
        order = orders.with_context(**action["context"]).create({})
        self.assertEqual(order.partner_id, self.family)
        self.assertEqual(order.state, "draft")

    def test_a_new_request_needs_both_rights(self):
        for name in ("user", "employee"):
            client = self.family.with_user(self.users[name])
            with self.subTest(name), self.assertRaises(AccessError):
                client.action_client_new_purchase()
