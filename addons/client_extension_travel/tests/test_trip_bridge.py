from odoo import fields
from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_bridge, common_closed

from .common import GROUPS


def make_trip(env, client, days=(10, 14), **values):
    """:return: a trip of a client"""
    today = fields.Date.context_today(env["client.trip"])
    first, last = (fields.Date.add(today, days=day) for day in days)
    return env["client.trip"].create(
        {"client_id": client.id, "date_from": first, "date_to": last, **values}
    )


@tagged("post_install", "-at_install")
class TestTravelBridge(common_bridge.BridgeCase):
    """Trips and stays on the overview of a client, as a user of trips."""

    sections = ("travel",)
    sources = ("trip",)
    blocks = 1
    groups = GROUPS["user"]
    allow_inherited_tests_method = True
    # the names of the clients, for trips without a title
    timeline_more_queries = 1

    @classmethod
    def make_documents(cls, client):
        make_trip(cls.env, client)
        make_trip(cls.env, client, (-20, -15), state="confirmed", title="Rome")
        make_trip(cls.env, client, state="cancelled")

    def test_travel_figures(self):
        values = self.as_reader(self.family)._read_client_figures()[self.family.id]
        shown = {key: values["travel", key]["count"] for key in ("upcoming", "open")}
        self.assertEqual(shown, {"upcoming": 1, "open": 1})
        self.assertEqual(values["travel", "nights"]["amount"], 5)

    def test_travel_timeline_finds_the_title(self):
        client = self.as_reader(self.family)
        for text, count in (("Rome", 1), ("Oslo", 0)):
            page = client.get_client_timeline(kinds=["trip"], search=text)
            self.assertEqual(len(page["entries"]), count)


@tagged("post_install", "-at_install")
class TestTravelClosed(common_closed.ClosedUnitCase):
    """Trips of clients of closed units, and all that belongs to them."""

    groups = GROUPS["user"]
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        trip = make_trip(cls.env, client)
        of_trip = {"trip_id": trip.id}
        return [
            trip,
            cls.env["client.trip.participant"].create(of_trip),
            cls.env["client.trip.room"].create({**of_trip, "name": "1"}),
            cls.env["client.vehicle"].create({"client_id": client.id, "plate": "A1"}),
            cls.env["client.animal"].create({"client_id": client.id, "name": "Rex"}),
        ]
