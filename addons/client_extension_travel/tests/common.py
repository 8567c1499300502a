"""The shared data of the tests of trips and stays."""

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.client_extension.tests.common import ClientCase

GROUPS = {
    "user": "client_extension_travel.group_travel_user",
    "manager": "client_extension_travel.group_travel_manager",
}


class TripCase(ClientCase):
    """A desk that makes trips and stays, and some of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = new_test_user(cls.env, login="travel_desk", groups=GROUPS["user"])
        cls.head = new_test_user(cls.env, login="travel_head", groups=GROUPS["manager"])
        cls.Trip = cls.env["client.trip"]
        cls.today = fields.Date.context_today(cls.Trip)
        cls.group, cls.stay = (
            cls.env.ref(f"client_extension_travel.client_trip_kind_{name}")
            for name in ("group", "stay")
        )
        cls.pitch = cls.env["client.place"].create({"name": "T-99", "capacity": 4})

    @classmethod
    def day(cls, days):
        """:return: the date that many days from today"""
        return cls.today + relativedelta(days=days)

    @classmethod
    def trip(cls, client=None, days=(10, 14), **values):
        """:return: a trip of a client, by default of the school"""
        first, last = days
        return cls.Trip.create(
            {
                "client_id": (client or cls.school).id,
                "kind_id": cls.group.id,
                "date_from": cls.day(first),
                "date_to": cls.day(last),
                **values,
            }
        )

    @classmethod
    def stay_of(cls, client=None, days=(0, 7), **values):
        """:return: a confirmed stay of a client, by default of the family"""
        return cls.trip(
            client or cls.family,
            days,
            kind_id=cls.stay.id,
            **{"state": "confirmed", "place_id": cls.pitch.id, **values},
        )

    @classmethod
    def participant(cls, trip, name=None, **values):
        """:return: a participant of a trip, a new person if it has a name"""
        person = name and cls.Partner.create({"name": name})
        return cls.env["client.trip.participant"].create(
            {"trip_id": trip.id, "contact_id": person and person.id, **values}
        )

    @classmethod
    def room(cls, trip, name="1", **values):
        """:return: a room of a trip"""
        return cls.env["client.trip.room"].create(
            {"trip_id": trip.id, "name": name, **values}
        )

    def as_desk(self, records):
        return records.with_user(self.desk)
