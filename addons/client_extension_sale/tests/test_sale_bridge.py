from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_bridge
from odoo.addons.client_extension.tests.common import ClientCase


class OrderMixin:
    """Make quotations and orders."""

    @classmethod
    def order(cls, client, price=100, **values):
        """:return: a quotation of one line, without taxes"""
        product = cls.env["product.product"].create(
            {"name": "Trip", "type": "service", "invoice_policy": "order"}
        )
        line = {"product_id": product.id, "price_unit": price, "tax_ids": []}
        return cls.env["sale.order"].create(
            {
                "partner_id": client.id,
                "order_line": [Command.create(line)],
                **values,
            }
        )

    @classmethod
    def confirmed(cls, client, price=100, **values):
        """:return: a confirmed order, not invoiced yet"""
        order = cls.order(client, price, **values)
        order.action_confirm()
        return order


@tagged("post_install", "-at_install")
class TestSaleBridge(OrderMixin, common_bridge.BridgeCase):
    """Quotations and orders, as a salesperson who sees all of them."""

    sections = ("sale",)
    sources = ("order",)
    blocks = 2
    groups = "sales_team.group_sale_salesman_all_leads"
    allow_inherited_tests_method = True
    # the names of the salespeople: users, and their partners
    timeline_more_queries = 2

    @classmethod
    def make_documents(cls, client):
        cls.order(client, 50)
        cls.order(client, 60).action_quotation_sent()
        cls.order(client, 70)._action_cancel()
        cls.confirmed(client, 100)
        cls.confirmed(client, 200)._create_invoices()

    def figures(self, client):
        values = self.as_reader(client)._read_client_figures()[client.id]
        return {
            key: (values["sale", key]["count"], values["sale", key]["amount"])
            for key in ("quotations", "orders", "closed", "to_invoice")
        }

    def test_orders_are_counted_by_what_is_left_to_do(self):
        self.assertEqual(
            self.figures(self.family),
            {
                "quotations": (2, 110),
                "orders": (2, 300),
                "closed": (1, 200),
                "to_invoice": (1, 100),
            },
        )

    def test_orders_in_another_currency_are_converted(self):
        before = self.figures(self.family)["orders"][1]
        other = self.env.ref("base.EUR")
        if other == self.company.currency_id:
            other = self.env.ref("base.USD")
        other.active = True
        rate = {"currency_id": other.id, "name": "2020-01-01", "rate": 2}
        self.env["res.currency.rate"].search([("currency_id", "=", other.id)]).unlink()
        self.env["res.currency.rate"].create({**rate, "company_id": self.company.id})
        prices = self.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": other.id}
        )
        self.confirmed(self.family, 100, pricelist_id=prices.id)
        self.assertEqual(self.figures(self.family)["orders"][1], before + 50)

    def test_orders_of_another_company_do_not_count_as_its_invoices_do_not(self):
        before = self.figures(self.family)
        other = self.make_company()
        self.reader.company_ids += other
        self.env.user.company_ids += other
        self.order(self.family, company_id=other.id)
        allowed = (self.company | other).ids
        client = self.family.with_user(self.reader)
        client = client.with_context(allowed_company_ids=allowed)
        values = client._read_client_figures()[client.id]
        self.assertEqual(values["sale", "quotations"]["count"], before["quotations"][0])

    def test_salespeople_with_their_own_documents_are_told(self):
        self.reader.group_ids = self.env.ref(
            "sales_team.group_sale_salesman"
        ) | self.env.ref("client_extension.group_client_user")
        section = self.overview(self.family)["sale"]
        self.assertTrue(section["partial"])
        quotations = section["figures"][0]
        self.assertEqual(quotations["count"], 0)
        self.order(self.family, user_id=self.reader.id)
        section = self.overview(self.family)["sale"]
        self.assertEqual(section["figures"][0]["count"], 1)

    def test_new_quotation_is_for_the_client(self):
        action = self.as_reader(self.family).action_client_new_quotation()
        orders = self.env["sale.order"].with_user(self.reader)
        order = orders.with_context(**action["context"]).create({})
        self.assertEqual(order.partner_id, self.family)

    def test_new_quotation_needs_the_right_to_write_one(self):
        client = self.family.with_user(self.users["user"])
        with self.assertRaises(AccessError):
            client.action_client_new_quotation()


@tagged("post_install", "-at_install")
class TestOrderStatus(OrderMixin, ClientCase):
    """A confirmed order makes its prospect a client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A salesperson without the right to change contacts.
        cls.users["user"].group_ids = cls.env.ref(
            "sales_team.group_sale_salesman_all_leads"
        )

    def confirm(self, order):
        order.with_user(self.users["user"]).action_confirm()

    def test_a_quotation_makes_no_client(self):
        self.order(self.family).action_quotation_sent()
        self.assertEqual(self.family.client_status, "prospect")

    def test_a_confirmed_order_makes_its_prospect_a_client(self):
        order = self.order(self.family)
        self.confirm(order)
        self.assertEqual(self.family.client_status, "client")
        self.assertEqual(self.family.client_since, self.family._client_status_date())
        self.assertIn(order.name, self.family.message_ids[0].body)

    def test_an_order_of_a_contact_makes_the_company_a_client(self):
        self.school.client_status = "prospect"
        teacher = self.Partner.create({"name": "Paul", "parent_id": self.school.id})
        self.confirm(self.order(teacher))
        self.assertEqual(self.school.client_status, "client")
        self.assertFalse(teacher.client_status)

    def test_contacts_that_are_no_prospects_stay_as_they_are(self):
        self.confirm(self.order(self.supplier))
        self.assertFalse(self.supplier.client_status)

    def test_the_company_may_choose_to_wait_for_the_invoice(self):
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.client_auto_status_order)
        settings.client_auto_status_order = False
        settings.execute()
        order = self.order(self.family)
        self.confirm(order)
        self.assertEqual(self.family.client_status, "prospect")
        order._create_invoices().action_post()
        self.assertEqual(self.family.client_status, "client")
        self.assertIn("invoice", self.family.message_ids[0].body)
