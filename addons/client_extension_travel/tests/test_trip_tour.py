from odoo.tests import HttpCase, tagged

from .common import TripCase


@tagged("post_install", "-at_install", "client_tour")
class TestTripTour(TripCase, HttpCase):
    """A user of trips assigns rooms, and makes the stay of a known family again."""

    def test_rooms_are_assigned_by_drag_and_drop(self):
        trip = self.trip(title="Rome")
        single = self.room(trip, "Single", kind="single")
        twin = self.room(trip, "Twin")
        self.participant(trip, "Ann", room_id=single.id)
        bob = self.participant(trip, "Bob", room_id=single.id)
        url = f"/odoo/client-trips/{trip.id}"
        self.start_tour(url, "client_trip_rooms_tour", login="travel_desk")
        self.assertEqual(bob.room_id, twin)

    def test_a_known_family_comes_again(self):
        last = self.stay_of(days=(-300, -290))
        self.participant(last, "Ann")
        url = f"/odoo/clients/{self.family.id}"
        self.start_tour(url, "client_trip_again_tour", login="travel_desk")
        stay = self.family.client_trip_ids - last
        self.assertEqual((stay.state, stay.date_from), ("confirmed", self.today))
        self.assertEqual(
            stay.participant_ids.contact_id, last.participant_ids.contact_id
        )
        self.assertFalse(stay.participant_ids.date_from)
