import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models.trips.client_trip import MOVES, STATES
from .common import TripCase


@tagged("post_install", "-at_install")
class TestTrip(TripCase):
    """A trip: its reference, its states and its dates."""

    def test_reference_begins_with_the_prefix_of_the_kind(self):
        first, second = self.trip(), self.trip()
        self.assertRegex(first.name, r"^G\d{5,}$")
        self.assertRegex(self.stay_of().name, r"^S\d{5,}$")
        self.assertLess(first.name, second.name)
        self.assertNotEqual(first.copy().name, first.name)

    def test_a_trip_without_a_title_is_named_after_its_client(self):
        trip = self.trip(self.family)
        self.assertEqual(trip.display_name, f"{trip.name} Famille Lefèvre")
        trip.title = "Rome"
        self.assertEqual(trip.display_name, f"{trip.name} Rome")

    def test_only_allowed_moves_are_possible(self):
        for old, _label in STATES:
            for new, _label in STATES:
                trip = self.trip(state=old, option_until=self.day(3))
                with self.subTest(old=old, new=new):
                    if new == old or new in MOVES[old]:
                        trip.state = new
                    else:
                        with self.assertRaises(UserError):
                            trip.state = new

    def test_an_option_needs_its_end_and_a_confirmation_its_dates(self):
        trip = self.trip()
        with self.assertRaises(ValidationError):
            trip.state = "option"
        trip.write({"state": "option", "option_until": self.day(2)})
        trip = self.Trip.create({"client_id": self.school.id})
        with self.assertRaises(ValidationError):
            trip.state = "confirmed"

    @mute_logger("odoo.sql_db")
    def test_a_trip_does_not_end_before_it_begins(self):
        with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self.trip(days=(5, 4))

    def test_unit_and_responsible_are_those_of_the_client(self):
        self.school.client_business_unit_id = self.agency
        self.school.user_id = self.users["manager"]
        trip = self.trip()
        self.assertEqual(trip.business_unit_id, self.agency)
        self.assertEqual(trip.user_id, self.users["manager"])
        trip.user_id = self.users["user"]
        trip.title = "Rome"
        self.assertEqual(trip.user_id, self.users["user"])

    def test_the_form_works_for_a_user_of_trips(self):
        form = Form(self.Trip.with_user(self.desk))
        form.client_id = self.school
        form.title = "Kraków"
        with form.participant_ids.new() as line:
            line.contact_id = self.users["employee"].partner_id
        trip = form.save()
        self.assertEqual((trip.adults, trip.children), (1, 0))
        self.assertEqual(trip.user_id, self.desk)
        self.assertEqual(trip.company_id, self.company)

    def test_nights(self):
        trip = self.trip(days=(1, 8))
        one = self.participant(trip, date_from=self.day(3))
        self.assertEqual((trip.nights, one.nights), (7, 5))
        with self.assertRaises(ValidationError):
            one.date_to = self.day(2)

    def test_a_user_of_trips_deletes_none_and_configures_nothing(self):
        trip = self.trip()
        for records in (trip, self.pitch, self.group):
            with self.subTest(records), self.assertRaises(AccessError):
                self.as_desk(records).unlink()
        with self.assertRaises(AccessError):
            self.as_desk(self.pitch).name = "X"
        trip.with_user(self.head).unlink()

    def test_who_has_no_right_reads_no_trip(self):
        trip = self.trip()
        for name in ("user", "employee"):
            with self.assertRaises(AccessError):
                trip.with_user(self.users[name]).read(["name"])

    def test_another_company_sees_its_own_trips_only(self):
        other = self.make_company()
        trip = self.trip(company_id=other.id)
        room = self.room(trip)
        person = self.participant(trip)
        for record in (trip, room, person):
            self.assertFalse(self.as_desk(record).search([("id", "=", record.id)]))
            with self.assertRaises(AccessError):
                self.as_desk(record).read(["display_name"])

    def test_client_and_place_are_of_the_company_of_the_trip(self):
        other = self.make_company()
        self.pitch.company_id = other
        with self.assertRaises(UserError):
            self.stay_of()
        self.pitch.company_id = False
        self.family.company_id = other
        with self.assertRaises(UserError):
            self.stay_of()
