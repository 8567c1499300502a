from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.trips.client_trip_phase import PHASES
from .common import TripCase


@tagged("post_install", "-at_install")
class TestTripPhase(TripCase):
    """The phase of a trip follows its dates, in Python and in SQL alike."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        now = datetime.now()
        cls.trips = {
            "upcoming": [cls.trip(days=(1, 3)), cls.stay_of(days=(1, 3))],
            "arriving": [
                cls.trip(days=(0, 3)),
                cls.stay_of(days=(0, 3)),
                cls.stay_of(days=(-1, 3)),
                cls.trip(days=(0, 0)),
            ],
            "here": [
                cls.trip(days=(-1, 3)),
                cls.stay_of(days=(-1, 3), checked_in=now),
                cls.stay_of(days=(0, 3), checked_in=now),
            ],
            "leaving": [
                cls.trip(days=(-1, 0)),
                cls.stay_of(days=(-1, 0), checked_in=now),
                cls.stay_of(days=(-9, -1), checked_in=now),
            ],
            "done": [
                cls.trip(days=(-3, -1)),
                cls.stay_of(days=(-3, -1)),
                cls.stay_of(days=(-3, 0), checked_in=now, checked_out=now),
            ],
            False: [
                cls.trip(state="cancelled"),
                cls.Trip.create({"client_id": cls.school.id}),
            ],
        }
        cls.all = cls.Trip.union(
            *(trip for made in cls.trips.values() for trip in made)
        )

    def test_phase_in_python(self):
        for phase, trips in self.trips.items():
            for trip in trips:
                self.assertEqual(trip.phase, phase, (trip.date_from, trip.date_to))

    def test_phase_in_sql_finds_and_groups_the_same(self):
        mine = [("id", "in", self.all.ids)]
        counts = dict(self.Trip._read_group(mine, ["phase"], ["__count"]))
        for phase, trips in self.trips.items():
            found = self.Trip.search([*mine, ("phase", "=", phase)])
            self.assertEqual(set(found), set(trips), phase)
            self.assertEqual(counts[phase], len(trips))
            self.assertEqual(self.all.filtered_domain([("phase", "=", phase)]), found)
        several = self.Trip.search([*mine, ("phase", "in", ("here", "leaving", False))])
        self.assertEqual(len(several), 8)
        others = self.Trip.search([*mine, ("phase", "not in", ("here", "leaving"))])
        self.assertEqual(len(others), len(self.all) - 6)

    def test_each_phase_has_a_name(self):
        self.assertEqual({key for key, _name in PHASES} | {False}, set(self.trips))

    def test_the_day_is_that_of_the_user(self):
        # 26 hours apart: it is never the same day in both.
        east, west = (
            self.Trip.with_context(tz=zone)
            for zone in ("Pacific/Kiritimati", "Etc/GMT+12")
        )
        first = fields.Date.context_today(east)
        trip = self.trip(date_from=first, date_to=first + timedelta(days=3))
        for trips, phase in ((east, "arriving"), (west, "upcoming")):
            self.assertEqual(trips.browse(trip.id).phase, phase)
            domain = [("id", "=", trip.id), ("phase", "=", phase)]
            self.assertTrue(trips.search(domain), phase)

    def test_check_in_and_early_check_out(self):
        stay = self.stay_of(days=(0, 5))
        person = self.participant(stay, "Mia", date_to=self.day(4))
        desk = self.as_desk(stay)
        with self.assertRaises(UserError):
            desk.action_check_out()
        desk.action_check_in()
        self.assertEqual(stay.phase, "here")
        with self.assertRaises(UserError):
            desk.action_check_in()
        with patch.object(fields.Date, "context_today", lambda *args: self.day(2)):
            desk.action_check_out()
        self.assertEqual(
            (stay.date_to, stay.nights, person.nights), (self.day(2), 2, 2)
        )
        self.assertEqual(stay.phase, "done")
        with self.assertRaises(UserError):
            desk.action_check_out()

    def test_an_early_arrival_moves_the_first_day_a_late_departure_nothing(
        self,
    ):
        stay = self.stay_of(days=(2, 5))
        self.as_desk(stay).action_check_in()
        self.assertEqual(stay.date_from, self.today)
        late = self.stay_of(days=(-5, -1), checked_in=datetime.now())
        self.as_desk(late).action_check_out()
        self.assertEqual(late.date_to, self.day(-1))

    def test_only_a_confirmed_stay_is_checked_in(self):
        stay = self.stay_of(state="enquiry")
        with self.assertRaises(UserError):
            self.as_desk(stay).action_check_in()
