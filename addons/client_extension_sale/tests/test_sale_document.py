from odoo.tests import tagged

from odoo.addons.client_extension.tests.common import ClientCase


@tagged("post_install", "-at_install")
class TestSaleDocument(ClientCase):
    def test_quotation(self):
        self.school.client_business_unit_id = self.agency
        order = self.env["sale.order"].create({"partner_id": self.school.id})
        report = self.env["ir.actions.report"]
        name = "sale.report_saleorder"
        before = report._render_qweb_html(name, order.ids)[0].decode()
        self.assertNotIn("Agency Lyon", before)
        self.company.write({"client_print_reference": True, "client_print_unit": True})
        after = report._render_qweb_html(name, order.ids)[0].decode()
        self.assertIn("Agency Lyon", after)
        self.assertIn("T-0002", after)
