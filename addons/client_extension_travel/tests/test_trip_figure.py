from odoo.tests import new_test_user, tagged

from .common import GROUPS, TripCase


@tagged("post_install", "-at_install")
class TestTripFigure(TripCase):
    """First and last trip, favorite destination and turnover of clients."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.italy = cls.env.ref("base.it")
        cls.contact = cls.Partner.create(
            {"name": "Léa Lefèvre", "parent_id": cls.school.id}
        )
        values = {"state": "confirmed", "country_id": cls.italy.id}
        cls.first = cls.trip(days=(-900, -890), **values)
        cls.trip(cls.contact, days=(-500, -490), **values)
        cls.trip(days=(-100, -95), state="confirmed", country_id=cls.france.id)
        cls.trip(days=(-50, -45), state="cancelled")
        cls.trip(days=(20, 25), state="confirmed", country_id=cls.france.id)
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.both = cls.school | cls.family

    def test_first_last_and_favorite_destination(self):
        school = self.as_desk(self.school)
        self.assertEqual(school.client_first_trip, self.day(-900))
        self.assertEqual(school.client_last_trip, self.day(-95))
        self.assertEqual(school.client_trip_country_id, self.italy)
        family = self.as_desk(self.family)
        self.assertFalse(family.client_first_trip or family.client_last_trip)
        self.assertFalse(family.client_trip_country_id)

    def test_they_follow_the_trips(self):
        school = self.as_desk(self.school)
        self.assertEqual(school.client_last_trip, self.day(-95))
        trip = school.client_trip_ids.filtered(lambda t: t.date_to == self.day(-95))
        trip.date_to = self.day(-94)
        trip.country_id = self.italy
        self.first.country_id = self.france
        self.assertEqual(school.client_last_trip, self.day(-94))

    def test_of_two_destinations_the_latest_is_the_favorite(self):
        self.first.country_id = self.france
        self.trip(
            self.contact, (-490, -480), state="confirmed", country_id=self.italy.id
        )
        self.env.flush_all()
        self.env.invalidate_all()
        school = self.as_desk(self.school)
        self.assertEqual(school.client_trip_country_id, self.france)

    def found(self, *condition):
        """:return: which of our two clients a search finds"""
        mine = ("id", "in", self.both.ids)
        return self.as_desk(self.Partner).search([mine, condition])

    def test_clients_are_found_by_their_first_and_last_trip(self):
        for name, operator, day, found in (
            ("last", ">=", -95, self.school),
            ("last", ">=", -94, self.school[:0]),
            ("last", "<", -94, self.school),
            ("last", "=", -95, self.school),
            ("first", "<=", -900, self.school),
            ("first", ">", -900, self.school[:0]),
        ):
            condition = (f"client_{name}_trip", operator, str(self.day(day)))
            self.assertEqual(self.found(*condition), found, condition)
        self.assertEqual(self.found("client_last_trip", "=", False), self.family)
        self.assertEqual(self.found("client_last_trip", "!=", False), self.school)
        self.assertEqual(self.found("client_last_trip", ">=", "today -1y"), self.school)
        self.assertFalse(self.found("client_last_trip", "<", "today -2y"))

    def test_clients_are_found_by_their_favorite_destination(self):
        name = "client_trip_country_id"
        self.assertEqual(self.found(name, "=", self.italy.id), self.school)
        self.assertEqual(self.found(name, "ilike", "Ital"), self.school)
        self.assertFalse(self.found(name, "=", self.france.id))
        self.assertEqual(self.found(name, "=", False), self.family)

    def test_a_page_of_80_clients_takes_as_many_queries_as_one(self):
        clients = self.Partner.create(
            [{"name": f"Client {n}", "client_status": "client"} for n in range(79)]
        )
        names = ["client_first_trip", "client_last_trip", "client_trip_country_id"]
        self.as_desk(self.school).read(names)
        for asked in (self.school, self.school | clients):
            self.env.flush_all()
            self.env.invalidate_all()
            mine = self.as_desk(asked)
            _known = self.desk.with_user(self.desk).company_id.root_id
            with self.assertQueryCount(4):
                mine.read(names)

    def test_screens_of_other_users_hold_none_of_it(self):
        for kind in ("list", "search"):
            view = self.env.ref(f"client_extension.res_partner_view_{kind}").id
            arch = self.as_user("user").get_view(view, kind)["arch"]
            self.assertNotIn("_trip", arch)
            arch = self.as_desk(self.Partner).get_view(view, kind)["arch"]
            self.assertIn("client_last_trip", arch)

    def test_other_users_and_companies_see_none(self):
        names = self.as_user("user").fields_get()
        self.assertNotIn("client_last_trip", names)
        other = self.make_company()
        user = new_test_user(
            self.env,
            login="travel_far",
            groups=GROUPS["user"],
            company_id=other.id,
            company_ids=other.ids,
        )
        self.assertFalse(self.school.with_user(user).client_last_trip)
        mine = self.Partner.with_user(user)
        found = mine.search([("client_last_trip", "!=", False)])
        self.assertNotIn(self.school, found.with_env(self.env))

    def test_what_was_invoiced_for_trips_is_that_of_accountants(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.family.id,
                "invoice_line_ids": [
                    (0, 0, {"name": "Trip", "price_unit": 100, "tax_ids": []})
                ],
            }
        )
        # Paid by somebody else than the client of the trip.
        invoice.client_trip_id = self.first
        invoice.action_post()
        self.env.flush_all()
        accountant = new_test_user(
            self.env,
            login="travel_accounts",
            groups=f"{GROUPS['user']},account.group_account_invoice",
        )
        client = self.school.with_user(accountant)
        values = client._read_client_figures()[client.id]["travel", "turnover"]
        self.assertEqual((values["count"], values["amount"]), (1, 100.0))
        action = client.open_client_figure("travel", "turnover")
        found = self.env["account.move"].with_user(accountant).search(action["domain"])
        self.assertEqual(found.with_env(self.env), invoice)
        figures = self.as_desk(self.school)._read_client_figures()[self.school.id]
        self.assertNotIn(("travel", "turnover"), figures)
