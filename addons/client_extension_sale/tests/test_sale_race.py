from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.client_extension.tests.common_race import RaceCase


@tagged("post_install", "-at_install")
class TestOrderRace(RaceCase):
    """Two people at once on a quotation: one adds a sale, the other confirms it."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            client = env["res.partner"].create({"name": "Race"})
            self.commit(client)
            products = env["product.product"].create(
                [
                    {
                        "name": name,
                        "list_price": price,
                        "taxes_id": [],
                        "type": "service",
                    }
                    for name, price in (("Race trip", 100), ("Race bus", 50))
                ]
            )
            self.commit(products)
            trip, self.bus = products.ids
            order = env["sale.order"].create(
                {
                    "partner_id": client.id,
                    "order_line": [Command.create({"product_id": trip})],
                }
            )
            self.commit(order)
            self.client_id, self.order_id = client.id, order.id

    def remove(self, records):
        if records._name == "sale.order":
            records.write({"state": "cancel", "locked": False})
        return super().remove(records)

    def order(self, env):
        return env["sale.order"].browse(self.order_id)

    def add(self, env):
        line = {"product_id": self.bus, "quantity": 1, "price_unit": None}
        target = {"model": "sale.order", "id": self.order_id}
        client = env["res.partner"].browse(self.client_id)
        return client._add_client_sale_lines(target, [line])

    def assertOrder(self, state, total, lines):
        with self.transaction() as env:
            order = self.order(env)
            self.assertEqual((order.state, order.amount_total), (state, total))
            self.assertEqual(len(order.order_line), lines)

    def test_what_was_confirmed_meanwhile_still_takes_products(self):
        with self.transaction() as seller:
            self.assertEqual(self.order(seller).state, "draft")
            with self.transaction() as other:
                self.order(other).action_confirm()
            self.in_request(seller, lambda: self.add(seller))
        self.assertOrder("sale", 150, 2)

    def test_what_was_cancelled_meanwhile_takes_nothing(self):
        with self.transaction() as seller:
            self.assertEqual(self.order(seller).state, "draft")
            with self.transaction() as other:
                self.order(other)._action_cancel()
            with self.assertRaisesRegex(UserError, "Nothing can be added"):
                self.in_request(seller, lambda: self.add(seller))
        self.assertOrder("cancel", 100, 1)

    def test_what_is_confirmed_has_the_lines_that_are_being_added(self):
        confirm = self.race(self.add, lambda env: self.order(env).action_confirm())
        self.assertTrue(confirm)
        self.assertOrder("sale", 150, 2)
