from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools.mail import is_html_empty

from odoo.addons.client_extension_travel.tests.common import GROUPS, TripCase

SELLERS = "sales_team.group_sale_salesman_all_leads"


class TripOrderCase(TripCase):
    """Trips that are quoted, and who quotes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = new_test_user(
            cls.env, login="travel_agent", groups=f"{GROUPS['user']},{SELLERS}"
        )
        cls.seat = cls.env["product.product"].create(
            {
                "name": "Seat",
                "type": "service",
                "invoice_policy": "order",
                "list_price": 100,
                "taxes_id": [],
            }
        )
        cls.rome = cls.trip(cls.family, title="Rome", adults=2)

    @classmethod
    def order(cls, trip, price=100, **values):
        """:return: a quotation of a trip, of one line without taxes"""
        line = {"product_id": cls.seat.id, "price_unit": price, "tax_ids": []}
        return cls.env["sale.order"].create(
            {
                "partner_id": trip.client_id.id,
                "client_trip_id": trip.id,
                "company_id": trip.company_id.id,
                "order_line": [Command.create(line)],
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestTripOrder(TripOrderCase):
    """A trip is quoted, ordered and invoiced."""

    def test_a_quotation_of_a_trip_moves_it_to_quoted(self):
        action = self.rome.with_user(self.agent).action_new_quotation()
        orders = self.env["sale.order"].with_user(self.agent)
        form = Form(orders.with_context(**action["context"]))
        self.assertEqual(form.partner_id, self.family)
        order = form.save()
        self.assertEqual(order.client_trip_id, self.rome)
        self.assertEqual(self.rome.state, "quoted")
        self.assertEqual(self.rome.with_user(self.agent).order_count, 1)
        found = self.rome.with_user(self.agent).action_view_orders()
        self.assertEqual((found["res_model"], found["res_id"]), (order._name, order.id))
        other = self.order(self.rome)
        found = self.rome.with_user(self.agent).action_view_orders()
        self.assertFalse(found["res_id"])
        self.assertEqual(orders.search(found["domain"]), order | other)

    def test_a_quotation_leaves_an_option_as_it_is(self):
        self.rome.write({"option_until": self.day(5), "state": "option"})
        self.order(self.rome)
        self.assertEqual(self.rome.state, "option")

    def test_a_confirmed_order_confirms_the_trip(self):
        order = self.order(self.rome)
        seller = new_test_user(self.env, login="travel_seller", groups=SELLERS)
        order.with_user(seller).action_confirm()
        self.assertEqual(self.rome.state, "confirmed")

    def test_a_trip_without_dates_does_not_hold_its_order_back(self):
        self.rome.write({"date_from": False, "date_to": False})
        order = self.order(self.rome)
        order.action_confirm()
        self.assertEqual((order.state, self.rome.state), ("sale", "quoted"))
        self.assertIn(order.name, self.rome.message_ids[0].body)
        self.assertIn("enter the dates", self.rome.message_ids[0].body)

    def test_a_cancelled_trip_stays_cancelled(self):
        order = self.order(self.rome)
        self.rome.state = "cancelled"
        order.action_confirm()
        self.assertEqual(self.rome.state, "cancelled")

    def test_what_is_quoted_and_ordered_is_shown_to_the_desk(self):
        self.order(self.rome, 70)
        self.order(self.rome, 30).action_quotation_sent()
        self.order(self.rome, 500).action_confirm()
        self.order(self.rome, 900)._action_cancel()
        other = self.trip(self.family)
        trip = self.as_desk(self.rome | other)[0]
        self.assertEqual((trip.amount_quoted, trip.amount_ordered), (100, 500))
        self.assertFalse(self.as_desk(other).amount_ordered)

    def test_amounts_are_in_the_currency_of_the_company(self):
        other = self.env.ref("base.EUR")
        if other == self.company.currency_id:
            other = self.env.ref("base.USD")
        other.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", other.id)]).unlink()
        rate = {"currency_id": other.id, "name": "2020-01-01", "rate": 2}
        self.env["res.currency.rate"].create({**rate, "company_id": self.company.id})
        prices = self.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": other.id}
        )
        self.order(self.rome, 100, pricelist_id=prices.id)
        self.assertEqual(self.rome.amount_quoted, 50)

    # Documents

    def test_invoices_of_an_order_carry_the_trip_and_say_what_it_is(self):
        other = self.trip(self.family)
        orders = self.order(self.rome) | self.order(self.rome) | self.order(other)
        orders.action_confirm()
        moves = orders._create_invoices()
        self.assertEqual(len(moves), 2)
        invoice = moves.filtered(lambda move: move.client_trip_id == self.rome)
        lines = invoice.invoice_line_ids.sorted("sequence")
        self.assertEqual(
            lines.mapped("display_type"), ["line_note", "product", "product"]
        )
        self.assertIn("Rome", lines[0].name)
        self.assertIn("Participants: 2", lines[0].name)

    def test_a_deposit_carries_the_trip_too(self):
        order = self.order(self.rome)
        order.action_confirm()
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [Command.set(order.ids)],
                "advance_payment_method": "percentage",
                "amount": 30,
            }
        )
        wizard.create_invoices()
        deposit = order.invoice_ids
        self.assertEqual(deposit.client_trip_id, self.rome)
        notes = [one.name for one in deposit.invoice_line_ids if not one.product_id]
        self.assertTrue(any("Rome" in note for note in notes), notes)
        self.assertEqual(deposit.amount_total, 30)

    def test_the_quotation_says_which_trip_it_is_for(self):
        self.participant(self.rome, "Ann")
        self.participant(self.rome, "Bob")
        order = self.order(self.rome)
        seller = new_test_user(self.env, login="travel_seller", groups=SELLERS)
        report = self.env["ir.actions.report"].with_user(seller)
        for name in ("sale.report_saleorder", "sale.sale_order_portal_content"):
            with self.subTest(name):
                if name.endswith("content"):
                    shown = self.env["ir.qweb"]._render(
                        name,
                        {
                            "sale_order": order,
                            "report_type": "html",
                            "is_html_empty": is_html_empty,
                        },
                    )
                else:
                    shown = report._render_qweb_html(name, order.ids)[0].decode()
                for text in (self.rome.name, "Rome", "Ann, Bob"):
                    self.assertIn(text, shown)

    # Sales

    def test_a_sale_for_a_trip_goes_to_its_order_or_a_new_quotation(self):
        self.order(self.trip(self.family))
        trip = self.rome.with_user(self.agent)

        def sell():
            wizard = self.env["client.sale.add"].with_user(self.agent)
            wizard = wizard.browse(trip.action_add_sale()["res_id"])
            wizard.line_ids = [Command.create({"product_id": self.seat.id})]
            wizard.action_add()
            return wizard

        new = sell()
        self.assertEqual(new.client_trip_id, self.rome)
        self.assertEqual([one.document_id for one in new.target_ids], [0])
        order = self.rome.order_ids
        self.assertEqual(order.id, new.document_id)
        self.assertEqual(sell().document_id, order.id)
        self.assertEqual(order.amount_total, 200)

    # Rights

    def test_the_desk_without_sales_rights_has_no_orders(self):
        self.order(self.rome)
        trip = self.as_desk(self.rome)
        for action in ("action_new_quotation", "action_view_orders"):
            with self.assertRaises(AccessError):
                getattr(trip, action)()
        with self.assertRaises(AccessError):
            trip.read(["order_count"])
        with Form(trip) as form:
            form.title = "Rome again"
        arch = self.Trip.with_user(self.desk).get_view(view_type="form")["arch"]
        self.assertNotIn("action_new_quotation", arch)
        self.assertNotIn("action_add_sale", arch)
        arch = self.Trip.with_user(self.agent).get_view(view_type="form")["arch"]
        self.assertIn("action_new_quotation", arch)
        self.assertIn("action_add_sale", arch)

    def test_a_trip_with_an_order_is_not_deleted(self):
        self.order(self.rome)
        with self.assertRaises(UserError):
            self.rome.with_user(self.head).unlink()

    def test_merged_clients_keep_trip_and_order_together(self):
        order = self.order(self.trip(self.Partner.create({"name": "Old"})))
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((order.partner_id | self.family).ids, self.family)
        self.assertEqual(order.client_trip_id.client_id, self.family)
        self.assertEqual(order.partner_id, self.family)
