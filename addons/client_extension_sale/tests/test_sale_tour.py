from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.client_extension.tests.common import GROUPS
from odoo.addons.client_extension.tests.common_sale import SaleCase


@tagged("post_install", "-at_install", "client_tour")
class TestSaleTour(SaleCase, HttpCase):
    """A desk user without accounting rights sells with the keyboard alone."""

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
