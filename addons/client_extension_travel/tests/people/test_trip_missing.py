from dateutil.relativedelta import relativedelta

from odoo.tests import Form, new_test_user, tagged
from odoo.tools import convert_file, format_date

from ..common import GROUPS, TripCase

IDENTITY = "client_extension_travel.group_travel_identity"
#: what a form asks of what is missing
MISSING = {"missing_count": {}}


class MissingCase(TripCase):
    """A group trip whose kind asks for all there is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = new_test_user(
            cls.env, login="travel_keeper", groups=f"{GROUPS['user']},{IDENTITY}"
        )
        cls.kind = cls.env["client.trip.kind"].create(
            {
                "name": "Far Away",
                "need_birth_date": "confirm",
                "need_nationality": "leave",
                "need_paper": "leave",
                "need_room": "leave",
                "paper_months": 6,
            }
        )
        cls.abroad = cls.trip(kind_id=cls.kind.id)
        cls.line = cls.participant(cls.abroad, "Ann Traveler", is_leader=True)
        cls.ann = cls.line.contact_id

    @classmethod
    def identity(cls, person, **values):
        """:return: what is known of a person"""
        return cls.env["client.traveller"].create({"person_id": person.id, **values})

    @classmethod
    def passport(cls, traveller, expires, **values):
        """:return: a passport of a traveler"""
        return cls.env["client.identity.paper"].create(
            {
                "traveller_id": traveller.id,
                "number": "P-TOP-SECRET",
                "expires": expires,
                **values,
            }
        )

    def missing(self, trips=None, moment="leave", user=None):
        """:return: list of what is missing, by default to the desk"""
        self.env.flush_all()
        self.env.invalidate_all()
        trips = self.abroad if trips is None else trips
        return trips.with_user(user or self.desk)._get_missing(moment)

    def codes(self, *args, **values):
        """:return: list of the codes of it"""
        return [one["code"] for one in self.missing(*args, **values)]


@tagged("post_install", "-at_install")
class TestTripMissing(MissingCase):
    """What is missing on a trip, and who is told what."""

    def test_what_the_kind_needs_is_missing(self):
        self.assertEqual(self.codes(), ["birth_date", "nationality", "paper", "room"])
        self.assertEqual(self.codes(moment="confirm"), ["birth_date"])
        moments = {one["code"]: one["moment"] for one in self.missing()}
        self.assertEqual(moments.pop("birth_date"), "confirm")
        self.assertEqual(set(moments.values()), {"leave"})

    def test_nothing_is_missing_of_who_is_known(self):
        self.complete()
        self.assertFalse(self.codes())

    def complete(self):
        """Ann has all that her trip needs"""
        traveller = self.identity(
            self.ann,
            birth_date="1980-04-02",
            nationality_id=self.france.id,
        )
        self.passport(traveller, self.abroad.date_to + relativedelta(months=6))
        self.line.room_id = self.room(self.abroad)
        return traveller

    def test_a_kind_without_needs_misses_nothing(self):
        self.kind.write(
            {f"need_{name}": "no" for name in ("birth_date", "nationality")}
        )
        self.kind.write({"need_paper": "no", "need_room": "no"})
        self.participant(self.abroad)
        self.assertFalse(self.codes())

    def test_only_those_who_count_are_asked(self):
        self.complete()
        self.participant(self.abroad, "Bob", state="cancelled")
        self.participant(self.abroad, "Eve", state="waiting")
        self.assertFalse(self.codes())

    def test_a_trip_that_is_over_or_cancelled_misses_nothing(self):
        self.abroad.write({"date_from": self.day(-9), "date_to": self.day(-1)})
        self.assertFalse(self.codes())
        self.abroad.date_to = self.today
        self.assertTrue(self.codes())
        self.abroad.state = "cancelled"
        self.assertFalse(self.codes())

    def test_only_the_newest_valid_paper_counts(self):
        traveller = self.complete()
        self.passport(traveller, self.day(-300))
        self.passport(traveller, self.day(11))
        self.assertFalse(self.codes())

    def test_a_paper_that_ends_too_early(self):
        traveller = self.complete()
        traveller.paper_ids.expires = self.day(30)
        self.assertEqual(self.codes(), ["paper_ends"])
        traveller.paper_ids.expires = self.day(-1)
        self.assertEqual(self.codes(), ["paper"])
        traveller.paper_ids.write({"expires": False})
        self.assertEqual(self.codes(), ["paper_undated"])
        traveller.paper_ids.write({"expires": self.day(900), "kind": "visa"})
        self.assertEqual(self.codes(), ["paper"])
        self.kind.paper_months = 0
        traveller.paper_ids.write({"expires": self.day(14), "kind": "identity_card"})
        self.assertFalse(self.codes())
        self.line.date_to = self.day(15)
        self.assertEqual(self.codes(), ["paper_ends"])

    def test_who_is_not_named_misses_the_name(self):
        self.complete()
        self.participant(self.abroad, age_group="child")
        self.assertEqual(self.codes(), ["name", "room"])
        self.abroad.participant_ids.unlink()
        missing = self.missing()
        self.assertEqual([one["code"] for one in missing], ["participants"])
        self.assertFalse(missing[0]["participant"])

    def test_a_stay_needs_a_place_and_no_rooms(self):
        self.stay.write({"need_room": "leave"})
        stay = self.stay_of(place_id=False)
        self.participant(stay, "Tim")
        self.assertEqual(self.codes(stay), ["place"])
        stay.place_id = self.pitch
        self.assertFalse(self.codes(stay))

    def test_an_enquiry_without_dates_asks_for_a_paper_that_is_valid_today(self):
        self.abroad.write({"date_from": False, "date_to": False})
        traveller = self.identity(self.ann)
        paper = self.passport(traveller, self.today)
        self.assertNotIn("paper", self.codes())
        paper.expires = self.day(-1)
        self.assertIn("paper", self.codes())

    def test_shipped_kinds_need_what_such_trips_need(self):
        # Kinds are not updated: in a database that is kept they are as users left them.
        module, file = "client_extension_travel", "data/client_trip_kind_data.xml"
        convert_file(self.env, module, file, {}, mode="init", noupdate=True)
        group, stay = self.group, self.stay
        self.assertEqual((group.need_paper, group.need_room), ("leave", "leave"))
        self.assertEqual((stay.need_paper, stay.need_room), ("no", "leave"))
        self.assertEqual((group.keep_days, stay.keep_days), (0, 183))

    # Rights

    def test_no_sentence_tells_a_value_to_who_lacks_the_right(self):
        traveller = self.identity(self.ann, birth_date="1980-04-02")
        expires = self.day(30)
        self.passport(traveller, expires)
        for user in (self.desk, self.head, self.env.ref("base.user_admin")):
            missing = self.missing(user=user)
            said = " ".join(one["sentence"] for one in missing)
            self.assertIn("paper_ends", [one["code"] for one in missing])
            self.assertFalse(any(one["detail"] for one in missing))
            self.assertNotIn(format_date(self.env, expires), said)
            trip = self.abroad.with_user(user)
            shown = str(trip.read(["missing_table", "missing_notice"]))
            for value in (format_date(self.env, expires), "SECRET", "1980"):
                self.assertNotIn(value, shown)

    def test_who_has_the_right_is_told_until_when_a_paper_is_valid(self):
        self.passport(self.identity(self.ann), self.day(30))
        told = [one["detail"] for one in self.missing(user=self.keeper)]
        expected = format_date(self.env, self.day(30))
        self.assertEqual([expected in (one or "") for one in told].count(True), 1)
        table = self.abroad.with_user(self.keeper).missing_table
        self.assertIn(expected, table)
        # As superuser too, for whoever has the right: what it makes is sent to others.
        told = self.abroad.with_user(self.keeper).sudo()._get_missing("leave")
        self.assertFalse(any(one["detail"] for one in told))

    def test_who_has_the_right_in_another_company_is_told_nothing(self):
        self.passport(self.identity(self.ann), self.day(30))
        self.ann.company_id = self.make_company()
        missing = self.missing(user=self.keeper)
        self.assertIn("paper_ends", [one["code"] for one in missing])
        self.assertFalse(any(one["detail"] for one in missing))

    def test_accountants_do_not_see_what_is_missing(self):
        accountant = self.users["accountant"]
        names = self.Trip.with_user(accountant).fields_get()
        self.assertNotIn("missing_table", names)
        for name in ("form", "list_ready", "kanban_ready", "search"):
            view = self.env.ref(f"client_extension_travel.client_trip_view_{name}")
            kind = name.split("_", maxsplit=1)[0]
            arch = self.Trip.with_user(accountant).get_view(view.id, kind)["arch"]
            for hidden in ("missing", "is_ready"):
                self.assertNotIn(hidden, arch)
        self.assertNotIn("is_ready", names)

    def test_a_form_that_tries_a_hidden_person_tells_nothing_of_it(self):
        told, other = [], self.make_company()
        for values in ({}, {"birth_date": "1980-04-02"}):
            person = self.Partner.create({"name": "Elsewhere", "company_id": other.id})
            if values:
                self.identity(person, **values)
            line = {
                "contact_id": person.id,
                "age_group": "adult",
                "state": "registered",
            }
            self.env.flush_all()
            self.env.invalidate_all()
            found = self.as_desk(self.abroad).onchange(
                {"participant_ids": [(0, "virtual_1", line)]},
                ["participant_ids"],
                {
                    "missing_count": {},
                    "participant_ids": {"fields": {"contact_id": {}}},
                },
            )
            told.append(found["value"].get("missing_count"))
        self.assertEqual(*told)

    def test_a_form_that_tries_a_hidden_client_tells_no_name(self):
        hidden = self.Partner.create(
            {"name": "Elsewhere", "company_id": self.make_company().id}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        for trip in (self.Trip, self.abroad):
            found = self.as_desk(trip).onchange(
                {"client_id": hidden.id}, ["client_id"], {"display_name": {}}
            )
            self.assertNotIn("Elsewhere", str(found))

    # The form

    def test_the_form_shows_it_and_confirming_is_not_refused(self):
        trip = self.as_desk(self.abroad)
        self.assertEqual(trip.missing_count, 4)
        self.assertIn("1", trip.missing_notice)
        with Form(trip) as form, self.assertLogs("odoo.tests.form.onchange") as logs:
            form.state = "confirmed"
        self.assertIn("missing: 1", logs.output[0])
        self.assertEqual(trip.state, "confirmed")
        self.env.invalidate_all()
        self.assertIn("4", trip.missing_notice)

    def test_the_form_counts_before_it_is_saved(self):
        self.complete()
        self.env.invalidate_all()
        with Form(self.as_desk(self.abroad)) as form:
            self.assertEqual(form.missing_count, 0)
            with form.participant_ids.new() as line:
                line.contact_id = self.family
            self.assertEqual(form.missing_count, 4)


@tagged("post_install", "-at_install")
class TestTripReady(MissingCase):
    """The list of trips that leave soon and are not ready."""

    def ready(self, trips, user=None):
        """:return: the trips that a search finds ready, and those that it does not"""
        self.env.flush_all()
        self.env.invalidate_all()
        mine = self.Trip.with_user(user or self.desk)
        domain = [("id", "in", trips.ids)]
        found = [
            mine.search([*domain, ("is_ready", "=", wanted)])
            for wanted in (True, False)
        ]
        for trips_found, wanted in zip(found, (True, False), strict=True):
            self.assertEqual(set(trips_found.mapped("is_ready")) - {wanted}, set())
        return tuple(one.with_env(self.env) for one in found)

    def test_a_trip_with_something_missing_is_not_ready(self):
        over = self.trip(days=(-9, -5), kind_id=self.kind.id)
        plain = self.trip(kind_id=self.env["client.trip.kind"].create({"name": "X"}).id)
        ready, others = self.ready(self.abroad | over | plain)
        self.assertEqual(others, self.abroad)
        self.assertEqual(ready, over | plain)

    def test_a_trip_with_an_open_amount_is_not_ready(self):
        plain = self.trip(kind_id=self.env["client.trip.kind"].create({"name": "X"}).id)
        self.assertEqual(self.ready(plain)[0], plain)
        invoice = self.make_invoice(self.school)
        invoice.client_trip_id = plain
        invoice.action_post()
        self.assertEqual(self.ready(plain)[1], plain)

    def make_invoice(self, client):
        return self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": client.id,
                "invoice_line_ids": [
                    (0, 0, {"name": "Trip", "price_unit": 100, "tax_ids": []})
                ],
            }
        )

    def test_the_list_shows_trips_of_the_next_30_days(self):
        view = self.env.ref("client_extension_travel.client_trip_view_search")
        arch = self.Trip.with_user(self.desk).get_view(view.id, "search")["arch"]
        self.assertIn("not_ready", arch)
        soon = self.trip(kind_id=self.kind.id, option_until=self.day(1), state="option")
        far = self.trip(days=(31, 40), kind_id=self.kind.id, state="confirmed")
        domain = [
            ("state", "in", ("option", "confirmed")),
            ("date_from", ">=", "today"),
            ("date_from", "<=", "today +30d"),
            ("is_ready", "=", False),
            ("id", "in", (soon | far | self.abroad).ids),
        ]
        self.assertEqual(self.Trip.with_user(self.desk).search(domain), soon)

    def test_another_company_sees_none_of_it(self):
        other = self.make_company()
        user = new_test_user(
            self.env,
            login="travel_abroad",
            groups=GROUPS["user"],
            company_id=other.id,
            company_ids=other.ids,
        )
        mine = self.Trip.with_user(user)
        self.assertFalse(mine.search([("is_ready", "=", False)]) & self.abroad)

    def test_a_form_that_tries_a_hidden_person_tells_nothing_of_it(self):
        hidden = self.Partner.create(
            {
                "name": "Hidden",
                "client_status": "client",
                "client_business_unit_id": self.agency.id,
            }
        )
        self.identity(hidden, birth_date="1980-01-01")
        self.agency.members_only = True
        unknown = self.Partner.create({"name": "Unknown"})
        counts = set()
        for person in (hidden, unknown):
            self.env.flush_all()
            self.env.invalidate_all()
            tried = {
                "kind_id": self.kind.id,
                "participant_ids": [(0, 0, {"contact_id": person.id})],
            }
            trips = self.Trip.with_user(self.desk)
            told = trips.onchange(
                tried, [], {**{name: {} for name in tried}, **MISSING}
            )
            counts.add(told["value"]["missing_count"])
        self.assertEqual(len(counts), 1)

    def test_200_trips_take_as_many_queries_as_20(self):
        def season(count):
            return self.Trip.create(
                [
                    {
                        "client_id": self.school.id,
                        "kind_id": self.kind.id,
                        "date_from": self.day(10),
                        "date_to": self.day(14),
                        "participant_ids": [
                            (0, 0, {"contact_id": self.ann.id}),
                            (0, 0, {"contact_id": self.family.id}),
                        ],
                    }
                    for _number in range(count)
                ]
            )

        few, many = season(20), season(180)
        self.passport(self.identity(self.ann), self.day(30))
        names = ["name", "missing_count", "is_ready"]
        for user in (self.desk, self.keeper):
            for trips in (few, few | many):
                self.env.flush_all()
                self.env.invalidate_all()
                mine = self.Trip.with_user(user)
                _known = user.with_user(user).company_id.name
                domain = [("id", "in", trips.ids), ("is_ready", "=", False)]
                # The first time, what is cached between requests is read too.
                with self.assertQueryCount(25 if trips == few else 14):
                    rows = mine.search_read(domain, names)
                self.assertEqual(len(rows), len(trips))
