from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.client_extension.tests.common import GROUPS
from odoo.addons.client_extension.tests.common_sale import SaleCase

NEW = {"model": "sale.order", "id": False}


@tagged("post_install", "-at_install")
class TestSaleOrderTarget(SaleCase):
    """A desk that may only sell adds products to quotations and orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk_user = new_test_user(
            cls.env,
            "clients_desk",
            f"{GROUPS['user']},sales_team.group_sale_salesman",
        )
        cls.seller_of = cls.family.with_user(cls.desk_user)

    def make_order(self, **values):
        return self.env["sale.order"].create(
            {
                "partner_id": self.family.id,
                "user_id": self.desk_user.id,
                "order_line": [Command.create({"product_id": self.skis.id})],
                **values,
            }
        )

    def targets(self, user=None):
        partner = self.family.with_user(user or self.desk_user)
        return [
            (target["model"], target["id"])
            for target in partner._get_client_sale_targets()
        ]

    def test_quotations_and_open_orders_are_offered_before_a_new_one(self):
        draft = self.make_order()
        sent = self.make_order(state="sent")
        confirmed = self.make_order()
        confirmed.action_confirm()
        self.make_draft()
        found = self.targets()
        self.assertEqual(found[-1], ("sale.order", False))
        known = {("sale.order", order.id) for order in draft | sent | confirmed}
        self.assertEqual(set(found[:-1]), known)

    def test_closed_orders_are_not_offered(self):
        locked = self.make_order()
        locked.action_confirm()
        locked.action_lock()
        self.make_order().action_cancel()
        self.make_order(partner_id=self.school.id)
        self.assertEqual(self.targets(), [("sale.order", False)])

    def test_the_orders_of_other_salespeople_are_not_offered(self):
        self.make_order(user_id=self.env.user.id)
        self.assertEqual(self.targets(), [("sale.order", False)])

    def test_who_may_both_sees_documents_before_new_ones(self):
        self.desk_user.group_ids += self.env.ref("account.group_account_invoice")
        order, draft = self.make_order(), self.make_draft()
        found = self.targets()
        self.assertEqual(
            found[:2], [("sale.order", order.id), ("account.move", draft.id)]
        )
        self.assertEqual(found[2:], [("account.move", False), ("sale.order", False)])

    def test_an_accountant_without_sales_rights_has_no_orders(self):
        self.make_order()
        self.assertEqual(
            self.targets(self.users["accountant"]), [("account.move", False)]
        )
        client = self.family.with_user(self.users["accountant"])
        with self.assertRaises(UserError):
            client._add_client_sale_lines(NEW, [self.sold(self.bus)])

    def test_the_pricelist_gives_the_price(self):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Groups",
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "fixed",
                            "fixed_price": 30,
                            "min_quantity": 10,
                            "product_tmpl_id": self.bus.product_tmpl_id.id,
                            "applied_on": "1_product",
                        }
                    )
                ],
            }
        )
        order = self.make_order(pricelist_id=pricelist.id)
        target = self.target(order)
        self.assertEqual(self.seller_of._get_client_sale_price(target, self.bus, 1), 50)
        self.assertEqual(
            self.seller_of._get_client_sale_price(target, self.bus, 12), 30
        )
        self.seller_of._add_client_sale_lines(target, [self.sold(self.bus, 12)])
        line = order.order_line.filtered(lambda one: one.product_id == self.bus)
        self.assertEqual((line.price_unit, line.product_uom_qty), (30, 12))
        self.assertEqual(line.tax_ids, self.tax)

    def test_a_new_quotation_is_the_sellers_and_the_clients(self):
        self.family.property_product_pricelist = self.env["product.pricelist"].create(
            {"name": "Own", "item_ids": [Command.create({"percent_price": 10})]}
        )
        price = self.seller_of._get_client_sale_price(NEW, self.bus, 1)
        order = self.seller_of._add_client_sale_lines(
            NEW, [self.sold(self.bus), self.sold(self.skis, 2, 75, "Skis")]
        )
        self.assertEqual(order.partner_id, self.family)
        self.assertEqual(order.user_id, self.desk_user)
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.order_line.mapped("price_unit"), [price, 75])
        self.assertEqual(order.order_line[1].name, "Skis")

    def test_the_client_of_somebody_else_can_be_sold_to(self):
        self.family.user_id = self.users["manager"]
        order = self.seller_of._add_client_sale_lines(NEW, [self.sold(self.bus)])
        self.assertEqual(order.user_id, self.desk_user)
        self.assertEqual(order.order_line.product_id, self.bus)

    def test_who_sees_all_orders_leaves_the_salesperson_to_odoo(self):
        self.desk_user.group_ids += self.env.ref(
            "sales_team.group_sale_salesman_all_leads"
        )
        self.family.user_id = self.users["manager"]
        order = self.seller_of._add_client_sale_lines(NEW, [self.sold(self.bus)])
        self.assertEqual(order.user_id, self.users["manager"])

    def test_bad_input_adds_nothing(self):
        order = self.make_order()
        for line in (
            self.sold(self.bus, 0),
            self.sold(self.bus, float("nan")),
            self.sold(self.bus, 1, float("inf")),
            {**self.sold(self.bus), "product_id": False},
            self.sold(self.make_product("Hidden", 1, sale_ok=False)),
        ):
            with self.assertRaises(UserError):
                self.seller_of._add_client_sale_lines(
                    self.target(order), [self.sold(self.bus), line]
                )
        self.assertEqual(len(order.order_line), 1)

    def test_an_order_that_was_closed_meanwhile_takes_nothing(self):
        order = self.make_order()
        target = self.target(order)
        order.action_cancel()
        with self.assertRaisesRegex(UserError, "Nothing can be added"):
            self.seller_of._add_client_sale_lines(target, [self.sold(self.bus)])

    def test_a_desk_user_may_not_add_to_an_invoice(self):
        draft = self.make_draft()
        with self.assertRaises(UserError):
            self.seller_of._add_client_sale_lines(
                self.target(draft), [self.sold(self.bus)]
            )

    def test_the_dialog_works_with_sales_rights_only(self):
        order = self.make_order()
        action = self.seller_of.action_client_add_sale()
        wizard = self.seller_of.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(wizard.target_id.document_id, order.id)
        with Form(wizard) as form, form.line_ids.new() as line:
            line.product_id = self.bus
            self.assertEqual(line.price_unit, 50)
        message = wizard.action_add()["params"]["message"]
        self.assertEqual(order.order_line.product_id, self.skis | self.bus)
        self.assertIn(f"{order.amount_total:.2f}", message)

    def test_the_button_is_there_for_who_may_sell(self):
        view = self.env.ref("client_extension.res_partner_view_form")
        button = 'name="action_client_add_sale"'
        for user, shown in (
            (self.desk_user, True),
            (self.users["accountant"], True),
            (self.users["user"], False),
        ):
            arch = self.Partner.with_user(user).get_view(view.id)["arch"]
            self.assertEqual(button in arch, shown)

    def test_the_files_of_orders_are_shown(self):
        order = self.make_order()
        self.env["ir.attachment"].create(
            {"name": "plan.txt", "res_model": "sale.order", "res_id": order.id}
        )
        [kind] = self.seller_of.get_client_files()
        self.assertEqual(kind["model"], "sale.order")
        self.assertEqual(kind["files"][0]["document"], order.display_name)

    def test_the_targets_cost_the_same_for_one_order_and_for_ten(self):
        self.assertConstantQueries(12, self.make_order, self.targets)
