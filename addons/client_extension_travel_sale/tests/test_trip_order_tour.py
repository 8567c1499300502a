from odoo.tests import HttpCase, tagged

from .test_trip_order import TripOrderCase


@tagged("post_install", "-at_install", "client_tour")
class TestTripOrderTour(TripOrderCase, HttpCase):
    """A group trip from the enquiry to the invoice."""

    def test_a_group_trip_is_quoted_ordered_and_invoiced(self):
        self.agent.group_ids += self.env.ref("account.group_account_invoice")
        self.seat.default_code = "SEAT"
        single = self.room(self.rome, "Single", kind="single")
        twin = self.room(self.rome, "Twin")
        self.participant(self.rome, "Ann", room_id=single.id)
        bob = self.participant(self.rome, "Bob", room_id=single.id)
        url = f"/odoo/client-trips/{self.rome.id}"
        self.start_tour(url, "client_group_trip_tour", login="travel_agent")
        self.assertEqual(bob.room_id, twin)
        self.assertEqual(self.rome.state, "confirmed")
        order = self.rome.order_ids
        self.assertEqual(order.amount_total, 100)
        self.assertEqual(order.invoice_ids, self.rome.invoice_ids)
