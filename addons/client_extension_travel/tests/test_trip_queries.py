from ast import literal_eval

from odoo import fields
from odoo.tests import tagged

from .common import TripCase


@tagged("post_install", "-at_install")
class TestTripQueries(TripCase):
    """The lists of a season and of a coach stay below their ceilings of queries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clients = cls.Partner.create(
            [{"name": f"Client {n}", "client_status": "client"} for n in range(80)]
        )
        cls.trips = cls.Trip.create(
            [
                {
                    "client_id": client.id,
                    "kind_id": cls.group.id,
                    "date_from": cls.day(number),
                    "date_to": cls.day(number + 7),
                    "country_id": cls.france.id,
                    "place_id": cls.pitch.id,
                    "title": f"Trip {number}",
                }
                for number, client in enumerate(clients)
            ]
        )
        trip = cls.trips[0]
        rooms = cls.env["client.trip.room"].create(
            [{"trip_id": trip.id, "name": f"Room {n}"} for n in range(30)]
        )
        cls.people = cls.env["client.trip.participant"].create(
            [
                {"trip_id": trip.id, "contact_id": one.id, "room_id": rooms[n // 2].id}
                for n, one in enumerate(clients[:60])
            ]
        )

    def take(self, ceiling, call):
        """Call it twice, and count the second, with nothing cached but the user."""
        call()
        self.env.flush_all()
        self.env.invalidate_all()
        _known = self.desk.with_user(self.desk).company_id.name
        with self.assertQueryCount(ceiling):
            return call()

    def test_a_list_of_80_trips(self):
        trips = self.Trip.with_user(self.desk)
        view = self.env.ref("client_extension_travel.client_trip_view_list")
        names = trips.fields_get()
        shown = {
            field.get("name"): {"fields": {"display_name": {}}}
            if names[field.get("name")]["type"] == "many2one"
            else {}
            for field in view._get_combined_arch()
            if field.tag == "field"
        }
        mine = [("id", "in", self.trips.ids)]
        rows = self.take(12, lambda: trips.web_search_read(mine, shown, limit=80))
        self.assertEqual(len(rows["records"]), 80)

    def test_the_screen_of_today_with_200_stays(self):
        now = fields.Datetime.now()
        family = self.family.id
        cars, dogs = (
            self.env[model].create(
                [{"client_id": family, name: f"X{n}"} for n in range(9)]
            )
            for model, name in (("client.vehicle", "plate"), ("client.animal", "name"))
        )
        days = ((0, 5), (-1, 5), (-5, 0))
        stays = self.Trip.create(
            [
                {
                    "client_id": self.trips[n % 80].client_id.id,
                    "kind_id": self.stay.id,
                    "place_id": self.pitch.id,
                    "date_from": self.day(days[n % 3][0]),
                    "date_to": self.day(days[n % 3][1]),
                    "state": "confirmed",
                    "checked_in": now if n % 3 else False,
                    "vehicle_ids": cars[n % 9].ids,
                    "animal_ids": dogs[n % 9].ids,
                }
                for n in range(200)
            ]
        )
        left = self.stay_of(days=(-5, 0), checked_in=now, checked_out=now)
        over = self.stay_of(days=(-9, -5))
        action = self.env.ref("client_extension_travel.client_trip_action_today")
        mine = [("id", "in", (stays | left | over | self.trips).ids)]
        domain = [*literal_eval(action.domain), *mine]
        link = {"fields": {"display_name": {}}}
        links = ("client_id", "place_id", "vehicle_ids", "animal_ids")
        shown = {"adults": {}, "amount_open": {}, **dict.fromkeys(links, link)}
        trips = self.Trip.with_user(self.desk).with_context(read_group_expand=True)
        groups = self.take(
            15,
            lambda: trips.web_read_group(
                domain,
                ["phase"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=shown,
                unfold_read_default_limit=100,
            ),
        )["groups"]
        counts = {group["phase"]: group["__count"] for group in groups}
        self.assertEqual(counts, {"arriving": 67, "here": 67, "leaving": 66, "done": 1})
        self.assertEqual(list(counts), ["arriving", "here", "leaving", "done"])

    def test_a_list_of_60_participants(self):
        people = self.env["client.trip.participant"].with_user(self.desk)
        link = {"fields": {"display_name": {}}}
        shown = {
            "contact_id": link,
            "room_id": link,
            "role_ids": link,
            "nights": {},
            "display_name": {},
            "age_group": {},
            "remark": {},
        }
        mine = [("trip_id", "=", self.trips[0].id)]
        rows = self.take(15, lambda: people.web_search_read(mine, shown, limit=80))
        self.assertEqual(len(rows["records"]), 60)
