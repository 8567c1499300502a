from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.client_extension.tests.common_invoice import InvoiceMixin

from .common import GROUPS, TripCase


@tagged("post_install", "-at_install")
class TestTripInvoice(InvoiceMixin, TripCase):
    """What is invoiced for a trip, and what the desk sees of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env,
            login="travel_clerk",
            groups=f"{GROUPS['user']},account.group_account_invoice",
        )
        cls.rome = cls.trip(cls.family, title="Rome", adults=2)

    def amounts(self, trip, user=None):
        trip = trip.with_user(user or self.desk)
        return trip.amount_invoiced, trip.amount_paid, trip.amount_open

    def test_amounts_are_those_of_posted_invoices_less_credit_notes(self):
        other = self.trip(self.family)
        mine = {"client_trip_id": self.rome.id}
        self.invoice(self.family, 300, **mine)
        self.invoice(self.family, 200, **mine)
        self.invoice(self.family, 50, move_type="out_refund", **mine)
        self.invoice(self.family, 1000, post=False, **mine)
        self.invoice(self.family, 70, client_trip_id=other.id)
        self.invoice(self.family, 9)
        self.assertEqual(self.amounts(self.rome), (450, 0, 450))
        self.assertEqual(self.amounts(other), (70, 0, 70))

    def test_what_is_paid_is_no_longer_open(self):
        invoice = self.invoice(self.family, 300, client_trip_id=self.rome.id)
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create({"amount": 120}).action_create_payments()
        self.assertEqual(self.amounts(self.rome), (300, 120, 180))

    def test_trips_are_found_by_what_is_to_pay(self):
        paid, other = self.trip(), self.trip()
        self.invoice(self.family, 300, client_trip_id=self.rome.id)
        trips = self.Trip.with_user(self.desk)
        mine = [("id", "in", (self.rome | paid | other).ids)]
        for operator, value, found in (
            (">", 0, self.rome),
            ("=", 0, paid | other),
            ("<=", 100, paid | other),
            (">=", 0, self.rome | paid | other),
            ("!=", 0, self.rome),
        ):
            domain = [*mine, ("amount_open", operator, value)]
            self.assertEqual(set(trips.search(domain)), set(found), operator)

    def test_the_desk_sees_the_sum_but_no_invoice(self):
        invoice = self.invoice(self.family, 300, client_trip_id=self.rome.id)
        trip = self.as_desk(self.rome)
        self.assertEqual(trip.amount_open, 300)
        with self.assertRaises(AccessError):
            trip.read(["invoice_ids"])
        with self.assertRaises(AccessError):
            invoice.with_user(self.desk).read(["name"])
        for action in ("action_new_invoice", "action_view_invoices"):
            with self.assertRaises(AccessError):
                getattr(trip, action)()
        plain = self.rome.with_user(self.users["user"])
        with self.assertRaises(AccessError):
            plain.read(["amount_open"])

    def test_the_invoice_of_a_trip_carries_it(self):
        action = self.rome.with_user(self.clerk).action_new_invoice()
        # The first invoice of a client: what is missing comes before it.
        self.assertEqual(action["res_model"], "res.partner")
        client = self.family.with_user(self.clerk).with_context(**action["context"])
        action = client.action_client_create_invoice()
        moves = self.env["account.move"].with_user(self.clerk)
        form = Form(moves.with_context(**action["context"]))
        self.assertEqual(form.partner_id, self.family)
        invoice = form.save()
        self.assertEqual(invoice.client_trip_id, self.rome)
        [note] = invoice.invoice_line_ids
        self.assertEqual(note.display_type, "line_note")
        for text in (self.rome.name, "Rome", str(self.day(10).year), "Participants: 2"):
            self.assertIn(text, note.name)
        self.assertEqual(self.rome.action_view_invoices()["res_model"], "account.move")

    def test_the_note_names_a_small_party_in_the_language_of_the_client(self):
        for name in ("Ann", "Bob"):
            self.participant(self.rome, name)
        self.assertIn("Ann, Bob", self.rome._prepare_invoice_note())
        for _number in range(10):
            self.participant(self.rome)
        self.assertIn("Participants: 12", self.rome._prepare_invoice_note())

    def test_an_invoice_of_another_client_takes_no_trip_along(self):
        client = self.school.with_user(self.clerk)
        client = client.with_context(default_client_trip_id=self.rome.id)
        context = client.action_client_create_invoice()["context"]
        self.assertNotIn("default_client_trip_id", context)

    def test_a_sale_for_a_trip_goes_to_its_draft_or_a_new_invoice(self):
        self.invoice(self.family, 70, post=False)
        tokens = self.env["product.product"].create(
            {"name": "Shower tokens", "list_price": 2, "taxes_id": []}
        )
        trip = self.rome.with_user(self.clerk)

        def sell():
            wizard = self.env["client.sale.add"].with_user(self.clerk)
            wizard = wizard.browse(trip.action_add_sale()["res_id"])
            line = {"product_id": tokens.id, "quantity": 3}
            wizard.line_ids = [Command.create(line)]
            # Another app may offer to sell by an order.
            wizard.target_id = wizard.target_ids.filtered(
                lambda target: target.model == "account.move"
            )[:1]
            wizard.action_add()
            return wizard

        new = sell()
        self.assertEqual(new.client_trip_id, self.rome)
        invoice = self.rome.invoice_ids
        self.assertEqual(invoice.id, new.document_id)
        # The button of the trip shows a draft too.
        self.assertEqual(trip.invoice_count, 1)
        lines = invoice.invoice_line_ids.sorted("sequence")
        self.assertEqual(lines.mapped("display_type"), ["line_note", "product"])
        self.assertIn("Rome", lines[0].name)
        self.assertEqual(sell().document_id, invoice.id)
        self.assertEqual(invoice.amount_total, 12)

    def test_a_sale_is_not_added_for_the_trip_of_somebody_else(self):
        other = self.trip()
        action = self.rome.with_user(self.clerk).action_add_sale()
        wizard = self.env["client.sale.add"].with_user(self.clerk)
        wizard = wizard.browse(action["res_id"])
        tokens = self.env["product.product"].create({"name": "Shower tokens"})
        wizard.line_ids = [Command.create({"product_id": tokens.id})]
        wizard.client_trip_id = other
        wizard.action_add()
        self.assertFalse(other.invoice_ids)

    def test_the_desk_adds_no_sale(self):
        with self.assertRaises(UserError):
            self.as_desk(self.rome).action_add_sale()

    def test_a_trip_with_an_invoice_is_not_deleted(self):
        self.invoice(self.family, 300, client_trip_id=self.rome.id)
        with self.assertRaises(UserError):
            self.rome.with_user(self.head).unlink()

    def test_invoice_and_trip_are_of_the_same_company(self):
        trip = self.trip(company_id=self.make_company().id)
        with self.assertRaises(UserError):
            self.invoice(self.school, client_trip_id=trip.id)

    def test_an_accountant_reads_the_name_of_the_trip(self):
        invoice = self.invoice(self.family, 300, client_trip_id=self.rome.id)
        mine = invoice.with_user(self.users["accountant"])
        [values] = mine.web_read({"client_trip_id": {"fields": {"display_name": {}}}})
        self.assertIn("Rome", values["client_trip_id"]["display_name"])

    def test_the_form_asks_for_the_trip_of_who_has_trips(self):
        moves = self.env["account.move"].with_user(self.clerk)
        moves = moves.with_context(default_move_type="out_invoice")

        def is_asked(form):
            return not form._get_modifier("client_trip_id", "invisible")

        form = Form(moves)
        self.assertFalse(is_asked(form))
        form.partner_id = self.school
        self.assertFalse(is_asked(form))
        form.partner_id = self.family
        self.assertTrue(is_asked(form))
        # A trip that is on the invoice is shown, also after another client is chosen.
        form.client_trip_id = self.rome
        form.partner_id = self.school
        self.assertTrue(is_asked(form))
        invoice = self.invoice(self.family, client_trip_id=self.rome.id)
        self.assertTrue(is_asked(Form(invoice.with_user(self.users["accountant"]))))
