from odoo import Command
from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_bridge, common_closed
from odoo.addons.client_extension_travel.tests.common import GROUPS
from odoo.addons.client_extension_travel.tests.test_trip_bridge import make_trip

AGENT = f"{GROUPS['user']},sales_team.group_sale_salesman_all_leads"


def make_order(env, trip, price=100):
    """:return: a quotation of a trip"""
    product = env["product.product"].create({"name": "Seat", "type": "service"})
    line = {"product_id": product.id, "price_unit": price, "tax_ids": []}
    return env["sale.order"].create(
        {
            "partner_id": trip.client_id.id,
            "client_trip_id": trip.id,
            "order_line": [Command.create(line)],
        }
    )


@tagged("post_install", "-at_install")
class TestTripOrderBridge(common_bridge.BridgeCase):
    """What is quoted and ordered for trips, as a user of trips who sells."""

    sections = ("travel",)
    sources = ("trip",)
    blocks = 1
    groups = AGENT
    allow_inherited_tests_method = True
    # the names of the clients, for trips without a title
    timeline_more_queries = 1

    @classmethod
    def make_documents(cls, client):
        make_order(cls.env, make_trip(cls.env, client), 70)
        make_order(cls.env, make_trip(cls.env, client), 500).action_confirm()

    def test_order_figures(self):
        values = self.as_reader(self.family)._read_client_figures()[self.family.id]
        shown = {key: values["travel", key]["amount"] for key in ("quoted", "ordered")}
        self.assertEqual(shown, {"quoted": 70, "ordered": 500})


@tagged("post_install", "-at_install")
class TestTripOrderClosed(common_closed.ClosedUnitCase):
    """Trips and orders of clients of closed units."""

    groups = AGENT
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        trip = make_trip(cls.env, client)
        return [trip, make_order(cls.env, trip)]

    def test_a_hidden_trip_is_not_linked_to_an_order(self):
        self.close()
        trip = self.hidden[self.client][0]
        order = self.open[1].with_user(self.outsider)
        with self.assertRaises(common_closed.AccessError):
            order.client_trip_id = trip.id
        with self.assertRaises(common_closed.AccessError):
            order.copy({"client_trip_id": trip.id})
