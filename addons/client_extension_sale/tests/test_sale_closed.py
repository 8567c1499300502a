from odoo import Command
from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_closed


@tagged("post_install", "-at_install")
class TestSaleClosed(common_closed.ClosedUnitCase):
    """Orders of clients of closed units, their lines and what is reported of them."""

    groups = "sales_team.group_sale_salesman_all_leads"
    reports = ("sale.report", "account.move.line")
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        product = cls.env["product.product"].create(
            {"name": "Trip", "type": "service", "invoice_policy": "order"}
        )
        line = {"product_id": product.id, "price_unit": 9, "tax_ids": []}
        order = cls.env["sale.order"].create(
            {"partner_id": client.id, "order_line": [Command.create(line)]}
        )
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.action_post()
        cls.env.flush_all()
        report = cls.env["sale.report"].search(
            [("order_reference", "=", f"sale.order,{order.id}")]
        )
        return [order, order.order_line, report, invoice, invoice.invoice_line_ids]

    def test_an_accountant_invoices_an_order_of_a_closed_unit(self):
        self.close()
        order = self.hidden[self.client][0].with_user(self.accountant)
        again = order.copy()
        again.action_confirm()
        again._create_invoices().action_post()
        self.assertEqual(again.invoice_ids.partner_id.display_name, "Hidden Travel")
