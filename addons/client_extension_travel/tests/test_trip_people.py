import psycopg2
from lxml.html import fromstring

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TripCase


@tagged("post_install", "-at_install")
class TestTripPeople(TripCase):
    """Who counts, who sleeps where, and what is left of people who are gone."""

    def test_only_registered_participants_are_listed_leaders_first(self):
        trip = self.trip()
        first = self.participant(trip, "First")
        leader = self.participant(trip, "Leader", is_leader=True)
        self.participant(trip, "Waiting", state="waiting")
        self.participant(trip, "Cancelled", state="cancelled")
        self.assertEqual(trip.participant_ids._get_listed().ids, [leader.id, first.id])

    def test_people_are_counted_where_they_are_listed(self):
        trip = self.trip(adults=30, children=2)
        self.assertEqual((trip.adults, trip.children), (30, 2))
        adult = self.participant(trip, "Ann")
        self.participant(trip, age_group="child")
        self.participant(trip, age_group="infant")
        self.participant(trip, age_group="child", state="waiting")
        self.assertEqual((trip.adults, trip.children), (1, 2))
        adult.state = "cancelled"
        self.assertEqual((trip.adults, trip.children), (0, 2))

    def test_who_cancels_or_waits_leaves_the_room(self):
        trip = self.trip()
        room = self.room(trip)
        one = self.participant(trip, "Ann", room_id=room.id)
        self.assertEqual((room.beds, room.occupied), (2, 1))
        one.state = "cancelled"
        self.assertFalse(one.room_id)
        one.room_id = room
        self.assertFalse(one.room_id)
        self.assertEqual(room.occupied, 0)

    def test_a_room_can_hold_more_people_than_beds_but_only_of_its_trip(self):
        trip, other = self.trip(), self.trip()
        room = self.room(trip, kind="single")
        for name in ("Ann", "Bob"):
            self.participant(trip, name, room_id=room.id)
        self.assertEqual((room.beds, room.occupied), (1, 2))
        with self.assertRaises(ValidationError):
            self.participant(other, "Eve", room_id=room.id)

    def test_the_columns_of_rooms_are_those_of_the_trip_empty_ones_too(self):
        trip, other = self.trip(), self.trip()
        full, empty = self.room(trip, "full"), self.room(trip, "empty")
        self.room(other, "of another trip")
        self.participant(trip, "Ann", room_id=full.id)
        self.participant(trip, "Bob")
        action = self.as_desk(trip).action_view_rooms()
        people = self.env[action["res_model"]].with_user(self.desk)
        groups = people.with_context(
            **action["context"], read_group_expand=True
        ).web_read_group(action["domain"], ["room_id"], ["__count"], auto_unfold=True)[
            "groups"
        ]
        counts = {
            group["room_id"] and group["room_id"][0]: group["__count"]
            for group in groups
        }
        self.assertEqual(counts, {full.id: 1, empty.id: 0, False: 1})

    @mute_logger("odoo.sql_db")
    def test_a_person_takes_part_once(self):
        trip = self.trip()
        one = self.participant(trip, "Ann")
        with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            one.copy()
        self.participant(trip)
        self.participant(trip)

    def test_a_deleted_person_leaves_the_age_group(self):
        trip = self.trip()
        one = self.participant(trip, "Ann", age_group="child", remark=False)
        one.contact_id.unlink()
        self.env.invalidate_all()
        self.assertFalse(one.contact_id)
        self.assertEqual(one.display_name, "Child")
        self.assertEqual(trip.children, 1)

    @mute_logger("odoo.sql_db")
    def test_a_client_with_trips_stays_and_its_vehicles_go_with_it(self):
        self.trip(self.school)
        with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self.school.unlink()
        client = self.Partner.create({"name": "Away", "client_status": "client"})
        car = self.env["client.vehicle"].create({"client_id": client.id, "plate": "X1"})
        client.unlink()
        self.assertFalse(car.exists())

    def test_merged_clients_keep_their_trips_vehicles_and_animals(self):
        kept = self.Partner.create({"name": "Lefèvre", "client_status": "client"})
        stay = self.stay_of(self.family)
        car = self.env["client.vehicle"].create(
            {"client_id": self.family.id, "plate": "AB-1"}
        )
        dog = self.env["client.animal"].create(
            {"client_id": self.family.id, "name": "Rex"}
        )
        self.merge(self.family, kept)
        for record in (stay, car, dog):
            self.assertEqual(record.client_id, kept)

    def test_merged_persons_take_part_once_and_who_counts_wins(self):
        trip, other = self.trip(), self.trip()
        escort = self.env.ref("client_extension.client_contact_role_escort")
        gone = self.participant(trip, "Ann", role_ids=escort.ids, is_leader=True)
        kept = self.participant(trip, "Anne", state="cancelled")
        only = self.participant(other, age_group="child")
        only.contact_id = gone.contact_id
        person = kept.contact_id
        self.merge(gone.contact_id, person)
        self.assertEqual(trip.participant_ids.contact_id, person)
        self.assertEqual(trip.participant_ids.role_ids, escort)
        self.assertTrue(trip.participant_ids.is_leader)
        self.assertEqual(trip.participant_ids.state, "registered")
        self.assertEqual(only.contact_id, person)
        self.assertEqual(trip.adults, 1)

    def test_what_only_one_line_of_a_merged_person_says_is_kept(self):
        trip = self.trip()
        rooms = self.room(trip) + self.room(trip, "2")
        gone = self.participant(
            trip,
            "Ann",
            room_id=rooms[0].id,
            remark="Vegetarian",
            date_from=self.day(11),
            date_to=self.day(12),
        )
        kept = self.participant(trip, "Anne", remark="Arrives late")
        self.merge(gone.contact_id, kept.contact_id)
        line = trip.participant_ids
        self.assertEqual(line, kept)
        self.assertEqual(line.room_id, rooms[0])
        self.assertEqual((line.date_from, line.date_to), (self.day(11), self.day(12)))
        self.assertEqual(line.remark, "Arrives late, Vegetarian")

    def merge(self, source, kept):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((source | kept).ids, kept)
        self.env.invalidate_all()

    def test_the_guest_list_has_who_counts_with_plate_and_animal(self):
        stay = self.stay_of(adults=2)
        cars, dogs = self.env["client.vehicle"], self.env["client.animal"]
        mine = {"client_id": self.family.id}
        stay.vehicle_ids = cars.create({**mine, "plate": "ZQ-743"})
        stay.animal_ids = dogs.create({**mine, "name": "Bellatrix"})
        self.participant(stay, "Ann Here")
        self.participant(stay, "Bob Waiting", state="waiting")
        report = self.env["ir.actions.report"].with_user(self.desk)
        html, kind = report._render_qweb_html(
            "client_extension_travel.client_trip_guest_list", stay.ids
        )
        self.assertEqual(kind, "html")
        shown = html.decode()
        for text in ("T-99", "Famille Lefèvre", "Ann Here", "ZQ-743", "Bellatrix"):
            self.assertIn(text, shown)
        self.assertNotIn("Bob Waiting", shown)
        # Every row has all its cells, without a place too.
        html, _kind = report._render_qweb_html(
            "client_extension_travel.client_trip_guest_list", self.trip().ids
        )
        [row] = fromstring(html).xpath("//tbody/tr")
        self.assertEqual(len(row.xpath("td")), 9)

    def test_a_hidden_person_cannot_be_put_on_a_trip(self):
        unit = self.env["client.business.unit"].create(
            {"name": "Closed", "members_only": True, "company_id": False}
        )
        person = self.Partner.create(
            {"name": "Hidden", "client_business_unit_id": unit.id}
        )
        one = self.participant(self.trip())
        with self.assertRaises(AccessError):
            self.as_desk(one).contact_id = person
