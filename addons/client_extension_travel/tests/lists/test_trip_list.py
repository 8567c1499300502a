from ast import literal_eval
from datetime import UTC, datetime, time, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import format_date, mute_logger

from ...models.lists.client_trip_list_columns import ClientTrip as Columns
from ...models.lists.trip_list import ListColumn
from .common_lists import SECRETS, ListCase

LISTS = ("rooming", "passenger", "arrivals", "emergency")


@tagged("post_install", "-at_install")
class TestTripList(ListCase):
    """Who is on the lists of a trip, in which words, and who may have them."""

    def test_only_those_who_count_are_on_a_list(self):
        for kind in ("rooming", "passenger", "emergency"):
            names = self.names(kind, user=self.keeper)
            self.assertEqual(len(names), 4, kind)
            self.assertFalse({"WAITING Wim", "CANCELLED Carl"} & set(names))
        guests = self.column(self.sheet("arrivals"), "participants")[0]
        self.assertNotIn("Wim", guests)
        self.assertNotIn("Carl", guests)

    def test_rooming_list_is_by_room_with_those_without_one_at_the_end(self):
        sheet = self.sheet("rooming")
        groups = [
            (heading, [row.entry.participant for row in rows])
            for heading, rows in sheet.iter_groups()
        ]
        self.assertEqual(
            groups,
            [
                ("101 · Single · Beds: 1", [self.leader]),
                ("102 · Double · Beds: 2", [self.ann, self.bob]),
                ("Without a Room", [self.eve]),
            ],
        )
        self.assertEqual(sheet.empty, ["103 · Twin"])
        self.assertEqual([row.number for row in sheet.rows], [1, 2, 3, 4])

    def test_passenger_list_is_alphabetical_after_the_leader(self):
        self.assertEqual(
            self.names("passenger", user=self.keeper),
            ["ADAM Zoe", "DURAND Eve", "MARTIN Ann", "MARTIN Bob"],
        )

    def test_names_are_those_of_the_paper(self):
        self.ann.contact_id.name = "Cher"
        unnamed = self.participant(self.tour, age_group="child")
        noted = self.participant(self.tour, remark="Pupil 12")
        names = self.names("rooming")
        self.assertTrue({"CHER", "Child", "Pupil 12"} & set(names))
        self.assertIn(unnamed, self.tour.participant_ids._get_listed())
        self.assertIn("Pupil 12", names)
        self.assertTrue(noted)

    def test_passenger_list_has_what_the_paper_says(self):
        sheet = self.sheet("passenger", user=self.keeper)
        row = next(row for row in sheet.rows if row.entry.participant == self.ann)
        self.assertEqual(
            [sheet.get_text(column, row) for column in sheet.columns],
            [
                "MARTIN Ann",
                "04/02/1980",
                "Belgium",
                "Female",
                "Passport",
                "XK-77",
                sheet.write(self.day(400)),
            ],
        )
        other = next(row for row in sheet.rows if row.entry.participant == self.bob)
        self.assertEqual(set(list(other.values.values())[1:]), {False})

    def test_the_paper_is_the_newest_that_is_valid_until_the_end(self):
        def number():
            sheet = self.sheet("passenger", user=self.keeper)
            return next(filter(None, self.column(sheet, "number")), "")

        self.paper("NEWER", 900)
        self.paper("CARD", 2000, kind="identity_card")
        self.paper("VISA", 3000, kind="visa")
        self.assertEqual(number(), "NEWER")
        papers = self.traveller.paper_ids
        papers.filtered(lambda one: one.kind == "passport").expires = self.day(13)
        self.assertEqual(number(), "CARD")
        papers.filtered(lambda one: one.kind == "identity_card").expires = False
        self.assertEqual(number(), "CARD")
        papers.filtered(lambda one: one.kind == "identity_card").expires = self.day(1)
        self.assertEqual(number(), "")

    def test_who_stays_longer_needs_a_paper_that_is_valid_longer(self):
        sheet = self.sheet("passenger", user=self.keeper)
        self.assertIn("XK-77", self.column(sheet, "number"))
        self.traveller.paper_ids.expires = self.day(16)
        sheet = self.sheet("passenger", user=self.keeper)
        self.assertIn("XK-77", self.column(sheet, "number"))
        self.ann.date_to = self.day(17)
        sheet = self.sheet("passenger", user=self.keeper)
        self.assertNotIn("XK-77", self.column(sheet, "number"))

    # Rights

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_no_list_tells_an_identity_without_the_right(self):
        for user in (self.desk, self.head):
            for kind in set(LISTS) - {"passenger"}:
                rows = list(self.sheet(kind, user=user).iter_rows())
                self.assertNoSecret(str(rows))
            with self.assertRaises(AccessError):
                self.sheet("passenger", user=user)
        for name in ("importer", "employee", "portal", "accountant"):
            for kind in LISTS:
                with self.assertRaises(AccessError):
                    self.sheet(kind, user=self.users[name])

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_reports_check_the_right_themselves(self):
        name = "client_trip_passenger_list"
        page = self.html(name, self.tour, self.keeper)
        for secret in ("04/02/1980", "XK-77", "Belgium"):
            self.assertIn(secret, page)
        with self.assertRaises(AccessError):
            self.html(name, self.tour, self.desk)
        for name in ("guest", "emergency", "rooming"):
            page = self.html(f"client_trip_{name}_list", self.tour, self.desk)
            self.assertIn("Rome in spring", page) if name != "guest" else None
            self.assertIn("Zoe", page)
            self.assertNoSecret(page)
            with self.assertRaises(AccessError):
                self.html(f"client_trip_{name}_list", self.tour, self.users["employee"])

    def test_print_menus_offer_what_the_user_has_the_right_to(self):
        def offered(user):
            actions = self.env["ir.actions.actions"].with_user(user)
            found = actions.get_bindings("client.trip")
            kinds = ("report", "action")
            return {one["name"] for kind in kinds for one in found.get(kind, ())}

        secret = {"Passenger List", "Passenger List: print or send", "Police Form"}
        plain = {"Rooming List", "Guest List", "Emergency List"}
        self.assertLessEqual(plain, offered(self.desk))
        self.assertFalse(secret & offered(self.desk))
        self.assertLessEqual(plain | secret, offered(self.keeper))

    def test_nothing_that_is_printed_is_stored(self):
        reports = self.env["ir.actions.report"].search(
            [("model", "in", ("client.trip", "client.trip.list"))]
        )
        self.assertFalse(any(reports.mapped("attachment")))

    @mute_logger("odoo.models")
    def test_a_trip_of_another_company_gives_no_list(self):
        other = self.make_company()
        trip = self.trip(company_id=other.id, user_id=False)
        for kind in LISTS:
            with self.assertRaises(AccessError):
                self.sheet(kind, user=self.keeper, trips=trip)

    def test_people_of_closed_units_are_counted_and_not_named(self):
        unit = self.env["client.business.unit"].create(
            {"name": "Closed", "members_only": True, "company_id": False}
        )
        self.ann.contact_id.write(
            {"client_status": "client", "client_business_unit_id": unit.id}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        for kind in ("rooming", "passenger", "emergency"):
            sheet = self.sheet(kind, user=self.keeper)
            self.assertNotIn("Ann", str(list(sheet.iter_rows())))
            self.assertNoSecret(str(list(sheet.iter_rows())))
            self.assertIn("not listed: 1", sheet.notices[-1])
        guests = self.column(self.sheet("arrivals"), "participants")[0]
        self.assertNotIn("Ann", guests)

    def test_a_person_of_another_company_is_not_named(self):
        self.ann.contact_id.company_id = self.make_company()
        self.env.flush_all()
        self.env.invalidate_all()
        for kind in ("rooming", "passenger", "emergency", "arrivals"):
            rows = str(list(self.sheet(kind, user=self.keeper).iter_rows()))
            self.assertNotIn("MARTIN Ann", rows)
            self.assertNotIn("XK-77", rows)

    def test_rooms_of_the_same_name_stand_apart(self):
        again = self.room(self.tour, "102", kind="double", sequence=2)
        self.participant(self.tour, "Max Other", room_id=again.id)
        groups = [
            [row.values["name"] for row in rows]
            for _heading, rows in self.sheet("rooming").iter_groups()
        ]
        self.assertIn(["MARTIN Ann", "MARTIN Bob"], groups)
        self.assertIn(["OTHER Max"], groups)

    def test_a_paper_of_another_kind_is_printed_where_it_is_the_only_one(self):
        self.traveller.paper_ids.kind = "other"
        keeper = self.sheet("passenger", user=self.keeper)
        self.assertIn("XK-77", self.column(keeper, "number"))

    # The emergency list

    def test_emergency_list_counts_the_unnamed_too(self):
        stay = self.stay_of(adults=2, children=1)
        sheet = self.sheet("emergency", trips=self.tour | stay)
        people = next(one for one in sheet.columns if one.key == "people")
        self.assertEqual(sheet.get_total(people), 7)
        self.assertIn(self.family.name, self.column(sheet, "name"))

    def test_emergency_list_counts_hidden_people_once(self):
        unit = self.env["client.business.unit"].create(
            {"name": "Closed", "members_only": True, "company_id": False}
        )
        stay = self.stay_of()
        hidden = self.participant(stay, "Hidden").contact_id
        hidden.write({"client_status": "client", "client_business_unit_id": unit.id})
        self.env.flush_all()
        self.env.invalidate_all()
        sheet = self.sheet("emergency", trips=stay)
        people = next(one for one in sheet.columns if one.key == "people")
        self.assertNotIn("Hidden", str(list(sheet.iter_rows())))
        self.assertEqual(sheet.get_total(people), 1)
        self.assertEqual(sheet.notices, [])

    def test_emergency_list_keeps_who_is_not_expected_today_and_says_so(self):
        stay = self.stay_of(days=(-3, 3))
        for name, dates in {
            "Ann": {},
            "Bob": {"date_from": self.day(1)},
            "Eve": {"date_to": self.day(-1)},
            "Zoe": {"date_from": self.today, "date_to": self.today},
        }.items():
            self.participant(stay, name, **dates)
        sheet = self.sheet("emergency", trips=stay)
        expected = dict(
            zip(self.column(sheet, "name"), self.column(sheet, "expected"), strict=True)
        )
        later, earlier = (sheet.write(self.day(days)) for days in (1, -1))
        self.assertEqual(
            expected,
            {"ANN": "", "BOB": f"from {later}", "EVE": f"until {earlier}", "ZOE": ""},
        )

    def test_emergency_contact_is_for_those_with_the_right(self):
        mine = self.sheet("emergency", user=self.keeper)
        contacts = self.column(mine, "emergency_contact")
        self.assertIn("Mother\n+32 9 000 00 00", contacts)
        keys = [one.key for one in self.sheet("emergency").columns]
        self.assertNotIn("emergency_contact", keys)

    # The day

    def test_lists_of_the_day_are_the_columns_of_today(self):
        now = "2020-01-01 12:00:00"
        stays = {
            "arrivals": self.stay_of(days=(0, 3)),
            "here": self.stay_of(days=(-1, 3), checked_in=now),
            "leaving": self.stay_of(days=(-3, 0), checked_in=now),
        }
        never = self.stay_of(days=(-3, 0))
        # Over as well, but they never came.
        self.stay_of(days=(-5, -1))
        left = self.stay_of(days=(-3, 2), checked_in=now)
        self.as_desk(left).action_check_out()
        stays["left"] = left
        ours = self.Trip.search([("place_id", "=", self.pitch.id)])
        wizards = self.env["client.trip.day.list"].with_user(self.desk)
        for kind, title in (
            ("arrivals", "Arrivals"),
            ("here", "Here"),
            ("leaving", "Departures"),
            ("left", "Checked Out Today"),
            ("emergency", "Emergency List"),
        ):
            wizard = wizards.create({"kind": kind, "lang": "en_US"})
            expected = {
                "leaving": stays["leaving"] | never,
                "emergency": stays["here"] | stays["leaving"],
            }.get(kind, stays.get(kind))
            self.assertEqual(wizard._get_trips() & ours, expected)
            self.assertEqual(wizard._get_sheet().title, title)
            report = wizard.action_print()["report_name"]
            page = self.html(report.split(".")[1], wizard, self.desk)
            self.assertIn(title, page)

    def test_who_left_before_the_midnight_of_the_user_did_not_leave_today(self):
        zone = "Pacific/Auckland"
        trips = self.as_desk(self.Trip).with_context(tz=zone)
        today = fields.Date.context_today(trips)
        midnight = datetime.combine(today, time(), ZoneInfo(zone))
        midnight = midnight.astimezone(UTC).replace(tzinfo=None)
        yesterday, stay = (
            self.stay_of(
                days=(-9, -2),
                checked_in=midnight - timedelta(days=8),
                checked_out=midnight + timedelta(minutes=minutes),
            )
            for minutes in (-1, 1)
        )
        wizard = self.env["client.trip.day.list"].with_env(trips.env)
        listed = wizard.create({"kind": "left", "lang": "en_US"})._get_trips()
        self.assertEqual(listed & (stay | yesterday), stay)
        action = self.env.ref("client_extension_travel.client_trip_action_today")
        on_screen = trips.search(literal_eval(action.domain))
        self.assertEqual(on_screen & (stay | yesterday), stay)

    def test_a_list_of_the_day_says_the_day_where_one_stay_is_on_it(self):
        stay = self.stay_of(days=(-1, 3), checked_in="2020-01-01 12:00:00")
        for kind in ("arrivals", "emergency"):
            wizards = self.env["client.trip.day.list"].with_user(self.desk)
            wizard = wizards.create({"kind": kind, "lang": "en_US"})
            alone = stay.with_user(self.desk)
            with patch.object(type(wizard), "_get_trips", lambda _self, t=alone: t):
                sheet = wizard._get_sheet()
            self.assertEqual(sheet.about, format_date(self.env, self.today))

    # Files

    def dialog(self, kind="rooming", user=None, **values):
        wizards = self.env["client.trip.list"].with_user(user or self.desk)
        return wizards.create(
            {"trip_id": self.tour.id, "kind": kind, "lang": "en_US", **values}
        )

    def test_csv_has_the_columns_and_guards_formulas(self):
        lines = self.dialog()._write_csv().decode("utf-8-sig").split("\r\n")
        self.assertEqual(
            lines[0],
            "room;room_kind;beds;room_note;name;age_group;date_from;date_to;remark",
        )
        first, last = str(self.day(10)), str(self.day(14))
        self.assertEqual(
            lines[2],
            f"102;Double;2;;MARTIN Ann;Adult;{first};{last};'=1+1",
        )

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_dialog_gives_no_passenger_list_without_the_right(self):
        wizard = self.dialog("passenger", subject="x", body="x")
        for call in (
            wizard.action_print,
            wizard.action_download,
            wizard.action_send,
            wizard.action_mark_sent,
            wizard._write_csv,
        ):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(AccessError):
            self.html("client_trip_asked_list", wizard, self.desk)
        mine = self.dialog("passenger", user=self.keeper)
        self.assertIn("XK-77", mine._write_csv().decode())
        self.assertIn("XK-77", self.html("client_trip_asked_list", mine, self.keeper))
        # Nobody reads the dialog of somebody else.
        with self.assertRaises(AccessError):
            mine.with_user(self.desk)._write_csv()

    def test_the_language_of_the_dialog_is_that_of_the_list(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        wizard = self.dialog(lang="fr_FR")
        sheet = wizard._get_sheet()
        self.assertEqual(sheet.lang, "fr_FR")
        self.assertIn(self.day(10).strftime("%d/%m/%Y"), sheet.about)

    def test_a_bridge_adds_and_takes_away_columns(self):
        own = Columns._get_list_columns

        def bridged(trip, kind):
            kept = [one for one in own(trip, kind) if one.key != "remark"]
            diet = ListColumn("diet", "Diet", lambda entry: "Vegan")
            secret = ListColumn(
                "secret", "Secret", lambda entry: "S", groups="base.group_system"
            )
            return [*kept, diet, secret]

        with patch.object(type(self.tour), "_get_list_columns", bridged):
            sheet = self.sheet("rooming")
        keys = [one.key for one in sheet.columns]
        self.assertEqual(keys[-2:], ["date_to", "diet"])
        self.assertEqual(self.column(sheet, "diet"), ["Vegan"] * 4)

    def test_an_empty_trip_prints(self):
        trip = self.trip()
        for name in ("rooming", "passenger", "emergency", "guest"):
            page = self.html(f"client_trip_{name}_list", trip, self.keeper)
            if name != "guest":
                self.assertIn("Nobody is on this list.", page)
        self.assertTrue(SECRETS)
