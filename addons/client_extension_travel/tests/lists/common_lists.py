"""The shared data of the tests of lists: a coach with rooms and papers."""

from odoo.tests import new_test_user

from ..common import GROUPS, TripCase

IDENTITY = "client_extension_travel.group_travel_identity"
#: what only an identity holds, of the world below
SECRETS = ("1980", "Gent", "XK-77", "Mother")


class ListCase(TripCase):
    """A trip with rooms, people who count and people who do not, and an identity."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = new_test_user(
            cls.env, login="travel_lists", groups=f"{GROUPS['user']},{IDENTITY}"
        )
        cls.belgium = cls.env.ref("base.be")
        cls.tour = cls.trip(title="Rome in spring", state="confirmed")
        cls.double = cls.room(cls.tour, "102", kind="double", sequence=2)
        cls.single = cls.room(cls.tour, "101", kind="single", sequence=1)
        cls.room(cls.tour, "103", sequence=3)
        cls.ann, cls.bob, cls.eve, cls.leader = (
            cls.participant(cls.tour, name, **values)
            for name, values in {
                "Ann Martin": {"room_id": cls.double.id, "remark": "=1+1"},
                "Bob Martin": {"room_id": cls.double.id},
                "Eve Durand": {},
                "Zoe Adam": {"room_id": cls.single.id, "is_leader": True},
            }.items()
        )
        cls.waiting = cls.participant(cls.tour, "Wim Waiting", state="waiting")
        cls.cancelled = cls.participant(cls.tour, "Carl Cancelled", state="cancelled")
        cls.traveller = cls.env["client.traveller"].create(
            {
                "person_id": cls.ann.contact_id.id,
                "birth_date": "1980-04-02",
                "birth_place": "Gent",
                "nationality_id": cls.belgium.id,
                "gender": "female",
                "emergency_name": "Mother",
                "emergency_phone": "+32 9 000 00 00",
            }
        )
        cls.paper("XK-77", 400)

    @classmethod
    def paper(cls, number, days, **values):
        """:return: a paper of Ann that expires in some days"""
        return cls.env["client.identity.paper"].create(
            {
                "traveller_id": cls.traveller.id,
                "number": number,
                "expires": days and cls.day(days),
                **values,
            }
        )

    def sheet(self, kind, user=None, trips=None, **options):
        """:return: a list as a user gets it, in English"""
        trips = (trips or self.tour).with_user(user or self.desk)
        return trips._get_list(kind, lang="en_US", **options)

    def column(self, sheet, key):
        """:return: list of what is printed in a column"""
        column = next(one for one in sheet.columns if one.key == key)
        return [sheet.get_text(column, row) for row in sheet.rows]

    def names(self, kind, **options):
        return self.column(self.sheet(kind, **options), "name")

    def html(self, report, records, user):
        """:return: str: a report as a user prints it"""
        reports = self.env["ir.actions.report"].with_user(user)
        name = f"client_extension_travel.{report}"
        return reports._render_qweb_html(name, records.ids)[0].decode()

    def assertNoSecret(self, text):
        for secret in SECRETS:
            self.assertNotIn(secret, text)
