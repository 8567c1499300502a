from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TripCase


@tagged("post_install", "-at_install")
class TestTripMoves(TripCase):
    """Nobody moves a trip, or what belongs to one, to where they may not write it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_company()
        units = cls.env["client.business.unit"]
        closed = units.create(
            {"name": "Closed", "company_id": False, "members_only": True}
        )
        cls.hidden, cls.theirs = cls.Partner.create(
            [
                {"name": "Hidden", "client_business_unit_id": closed.id},
                {"name": "Theirs", "company_id": cls.other.id},
            ]
        )
        cls.mine = cls.trip()
        cls.env.flush_all()
        cls.env.invalidate_all()

    def refuse(self, record, **values):
        """Check that a write is refused, and undo it as Odoo undoes a request."""
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            record.write(values)
            record.env.flush_all()
        record.invalidate_recordset()

    def test_a_trip_does_not_go_to_a_company_of_others(self):
        self.refuse(self.as_desk(self.mine), company_id=self.other.id)
        self.assertEqual(self.mine.company_id, self.company)

    def test_a_trip_does_not_go_to_a_client_of_others(self):
        self.refuse(self.as_desk(self.mine), client_id=self.hidden.id)

    def test_a_place_does_not_go_to_a_company_of_others(self):
        self.pitch.company_id = self.company
        self.refuse(self.pitch.with_user(self.head), company_id=self.other.id)

    def test_rooms_and_participants_do_not_go_to_a_trip_of_others(self):
        hidden = self.trip(self.hidden)
        theirs = self.trip(self.theirs, company_id=self.other.id)
        for record in (self.room(self.mine), self.participant(self.mine)):
            for trip in (hidden, theirs):
                with self.subTest(record._name):
                    self.refuse(self.as_desk(record), trip_id=trip.id)

    def test_vehicles_and_animals_do_not_go_to_a_client_of_others(self):
        values = {"client_id": self.school.id}
        vehicle = self.env["client.vehicle"].create({**values, "plate": "A1"})
        animal = self.env["client.animal"].create({**values, "name": "Rex"})
        for record in (vehicle, animal):
            for client in (self.hidden, self.theirs):
                with self.subTest(record._name):
                    self.refuse(self.as_desk(record), client_id=client.id)
