from odoo.tests import HttpCase, tagged

from .common import TripCase


@tagged("post_install", "-at_install", "client_tour")
class TestTripTour(TripCase, HttpCase):
    """A known family stays again, buys tokens, leaves early and gets its invoice."""

    def test_a_known_family_comes_again(self):
        self.desk.group_ids += self.env.ref("account.group_account_invoice")
        self.env["product.product"].create(
            {
                "name": "Shower token",
                "default_code": "TOKEN",
                "list_price": 2,
                "taxes_id": [],
            }
        )
        family = {"client_id": self.family.id}
        car = self.env["client.vehicle"].create({**family, "plate": "GT-123-K"})
        dog = self.env["client.animal"].create({**family, "name": "Bas"})
        last = self.stay_of(days=(-300, -290), vehicle_ids=car.ids, animal_ids=dog.ids)
        self.participant(last, "Ann")
        url = f"/odoo/clients/{self.family.id}"
        self.start_tour(url, "client_trip_again_tour", login="travel_desk")
        stay = self.family.client_trip_ids - last
        self.assertEqual((stay.state, stay.date_from), ("confirmed", self.today))
        self.assertEqual(
            stay.participant_ids.contact_id, last.participant_ids.contact_id
        )
        self.assertFalse(stay.participant_ids.date_from)
        self.assertEqual((stay.vehicle_ids, stay.animal_ids), (car, dog))
        self.assertEqual((stay.date_to, stay.phase), (self.today, "done"))
        invoice = stay.invoice_ids
        self.assertEqual((invoice.state, stay.amount_open), ("posted", 2))
