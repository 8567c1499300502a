from datetime import timedelta

from odoo import Command, fields
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.client_extension.tests.common import GROUPS
from odoo.addons.client_extension.tests.common_sale import SaleCase

from .test_sale_bridge import OrderMixin


@tagged("post_install", "-at_install", "client_tour")
class TestSaleTour(OrderMixin, SaleCase, HttpCase):
    """Users with sales rights and without accounting rights."""

    def test_sell_onto_a_quotation_by_keyboard(self):
        user = new_test_user(
            self.env,
            "clients_desk",
            f"{GROUPS['user']},sales_team.group_sale_salesman",
        )
        url = f"/odoo/clients/{self.family.id}"
        self.start_tour(url, "client_sale_order_tour", login="clients_desk")
        domain = [("partner_id", "=", self.family.id)]
        order = self.env["sale.order"].search(domain)
        self.assertEqual(order.user_id, user)
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [1, 1])
        self.assertEqual(order.order_line.product_id, self.bus | self.skis)
        self.assertEqual(order.amount_total, 156)

    def test_a_salesperson_sees_orders_and_no_money_of_invoices(self):
        self.order(self.family, 75)
        self.confirmed(self.family, 120)
        line = {"name": "Secret coach", "price_unit": 999, "tax_ids": [Command.clear()]}
        due = fields.Date.context_today(self.Partner) - timedelta(days=40)
        self.make_draft(
            invoice_date=due,
            invoice_date_due=due,
            ref="Secret coach",
            invoice_line_ids=[Command.create(line)],
        ).action_post()
        seller = new_test_user(
            self.env,
            "clients_seller",
            f"{GROUPS['user']},sales_team.group_sale_salesman_all_leads",
        )
        url = f"/odoo/clients/{self.family.id}"
        self.start_tour(url, "client_sale_overview_tour", login="clients_seller")
        started = [("partner_id", "=", self.family.id), ("create_uid", "=", seller.id)]
        self.assertEqual(self.env["sale.order"].search_count(started), 1)
