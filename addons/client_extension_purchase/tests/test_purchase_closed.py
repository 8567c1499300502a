from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_closed


@tagged("post_install", "-at_install")
class TestPurchaseClosed(common_closed.ClosedUnitCase):
    """Purchase orders of clients of closed units, and their bills."""

    groups = "purchase.group_purchase_user"
    reports = (
        *("purchase.report", "purchase.bill.union", "purchase.bill.line.match"),
        *("account.move", "product.supplierinfo"),
    )
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        product = cls.env["product.product"].create(
            {"name": "Coach", "type": "service", "purchase_method": "purchase"}
        )
        line = {"product_id": product.id, "product_qty": 1, "price_unit": 9}
        order = cls.env["purchase.order"].create(
            {"partner_id": client.id, "order_line": [Command.create(line)]}
        )
        # one of which there is a bill, and one that is to be billed
        (order | order.copy()).button_confirm()
        order.action_create_invoice()
        bill = order.invoice_ids
        bill.invoice_date = fields.Date.today()
        bill.action_post()
        cls.env.flush_all()
        report = cls.env["purchase.report"].search([("order_id", "=", order.id)])
        union = cls.env["purchase.bill.union"]
        union = union.search([("vendor_bill_id", "=", bill.id)])
        match = cls.env["purchase.bill.line.match"]
        match = match.search([("partner_id", "=", client.id)])
        price = cls.env["product.supplierinfo"].create(
            {"partner_id": client.id, "product_tmpl_id": product.product_tmpl_id.id}
        )
        return [order, order.order_line, report, bill, union, match, price]
