from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import TripCase


@tagged("post_install", "-at_install")
class TestTripClient(TripCase):
    """Trips begun from the client, and the client found by what it brings."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car = cls.env["client.vehicle"].create(
            {"client_id": cls.family.id, "plate": "zq-743.xw"}
        )
        cls.dog = cls.env["client.animal"].create(
            {"client_id": cls.family.id, "name": "Bellatrix"}
        )

    def found(self, text, user=None):
        """:return: which of our clients the search box finds"""
        partners = self.Partner.with_user(user or self.desk)
        mine = ("id", "in", (self.family | self.school).ids)
        return partners.search([("client_search", "ilike", text), mine])

    def test_the_search_box_finds_plate_animal_and_pitch(self):
        self.stay_of(days=(-1, 3))
        self.stay_of(self.school, days=(-9, -3))
        for text in ("ZQ743XW", "zq 743", "743-xw", "bellatr", "t-99"):
            self.assertEqual(self.found(text), self.family, text)

    def test_the_search_box_finds_nothing_more_for_others(self):
        self.stay_of()
        for text in ("ZQ743XW", "bellatr", "t-99"):
            self.assertFalse(self.found(text, self.users["user"]), text)

    def test_a_plate_is_found_however_it_is_written(self):
        vehicles = self.env["client.vehicle"].with_user(self.desk)
        for text in ("zq743xw", "ZQ 743", "743.xw"):
            self.assertIn(self.car, vehicles.search([("display_name", "ilike", text)]))
        self.assertEqual(vehicles.search([("display_name", "ilike", "-")]), vehicles)

    def new(self, action):
        """:return: ``Form`` of the trip that a button of the client begins"""
        self.assertEqual(action["res_model"], "client.trip")
        trips = self.Trip.with_user(self.desk).with_context(**action["context"])
        return Form(trips)

    def test_new_trip(self):
        form = self.new(self.as_desk(self.school).action_client_new_trip())
        trip = form.save()
        self.assertEqual(trip.client_id, self.school)
        self.assertFalse(trip.is_stay)
        self.assertEqual(trip.state, "enquiry")

    def test_new_stay_begins_today_and_is_confirmed(self):
        form = self.new(self.as_desk(self.school).action_client_new_stay())
        form.date_to = self.day(3)
        stay = form.save()
        self.assertTrue(stay.is_stay)
        self.assertEqual((stay.state, stay.date_from), ("confirmed", self.today))

    def test_same_as_last_time(self):
        last = self.stay_of(
            days=(-300, -290),
            vehicle_ids=self.car.ids,
            animal_ids=self.dog.ids,
        )
        self.stay_of(days=(-200, -190), state="cancelled")
        self.trip(self.family, date_from=False, date_to=False, state="cancelled")
        self.participant(last, "Ann", is_leader=True)
        self.participant(last, age_group="child", remark="Tim")
        self.participant(last, "Bob", state="cancelled")
        self.participant(last, "Old").contact_id.active = False
        form = self.new(self.as_desk(self.family).action_client_same_trip())
        form.date_to = self.day(5)
        stay = form.save()
        self.assertEqual(stay.place_id, self.pitch)
        self.assertEqual(stay.vehicle_ids, self.car)
        self.assertEqual(stay.animal_ids, self.dog)
        people = stay.participant_ids
        self.assertEqual(people.mapped("display_name"), ["Ann", "Tim"])
        self.assertEqual((stay.adults, stay.children), (1, 1))
        self.assertEqual(stay.client_id, self.family)
        # What the form of the trip gives as defaults is not for its participants.
        self.assertFalse(any(people.mapped("date_from")))
        self.assertEqual(set(people.mapped("state")), {"registered"})

    def test_there_is_no_last_time_for_a_new_client(self):
        with self.assertRaises(UserError):
            self.as_desk(self.school).action_client_same_trip()

    def test_who_has_no_right_begins_no_trip(self):
        self.stay_of(self.family)
        for name in ("trip", "stay"):
            action = f"action_client_new_{name}"
            with self.assertRaises(AccessError):
                getattr(self.family.with_user(self.users["user"]), action)()
        with self.assertRaises(AccessError):
            self.family.with_user(self.users["user"]).action_client_same_trip()

    def test_a_place_that_is_taken_twice_is_said_and_not_refused(self):
        first = self.stay_of(days=(0, 5))
        second = self.stay_of(self.school, days=(5, 7))
        self.assertFalse(second.place_notice)
        second.date_from = self.day(4)
        self.assertIn(first.name, second.place_notice)
        first.state = "cancelled"
        self.env.invalidate_all()
        self.assertFalse(second.place_notice)
        second.adults = 5
        self.assertIn("4", second.place_notice)

    def test_a_stay_that_one_may_not_see_takes_the_place_too(self):
        unit = self.env["client.business.unit"].create(
            {"name": "Closed", "members_only": True, "company_id": False}
        )
        hidden = self.Partner.create(
            {
                "name": "Hidden",
                "client_status": "client",
                "client_business_unit_id": unit.id,
            }
        )
        first = self.stay_of(hidden)
        notice = self.as_desk(self.stay_of()).place_notice
        self.assertIn(first.name, notice)
        self.assertNotIn("Hidden", notice)

    def test_the_form_says_it_before_the_stay_is_saved(self):
        first = self.stay_of()
        form = self.new(self.as_desk(self.school).action_client_new_stay())
        form.date_to = self.day(3)
        form.place_id = self.pitch
        self.assertIn(first.name, form.place_notice)
