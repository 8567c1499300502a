import csv
import io
import json

import openpyxl

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common_lists import IDENTITY, ListCase

TRIPS, PEOPLE = "client.trip.export", "client.trip.participant.export"


class TripExportCase(ListCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        export = cls.env.ref("base.group_allow_export")
        for user in (cls.desk, cls.keeper):
            user.group_ids += export
        cls.school.ref = "=S-1"
        cls.ours = [("id", "=", cls.tour.id)]

    def export(self, model, user=None, domain=None, file_format="csv"):
        exports = self.env[model].with_user(user or self.desk)
        domain = self.ours if domain is None else domain
        return b"".join(exports.iter_file(file_format, domain))

    def rows(self, model, **options):
        text = self.export(model, **options).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@tagged("post_install", "-at_install")
class TestTripExport(TripExportCase):
    """Trips and their participants as a file."""

    def test_a_row_for_each_trip(self):
        (row,) = self.rows(TRIPS)
        wanted = {
            "reference": self.tour.name,
            "title": "Rome in spring",
            "status": "Confirmed",
            "phase": "Upcoming",
            "client_reference": "'=S-1",
            "client": self.school.name,
            "from": str(self.day(10)),
            "to": str(self.day(14)),
            "nights": "4",
            "adults": "4",
            "children": "0",
            "to_pay": "0.0",
        }
        self.assertEqual({key: row[key] for key in wanted}, wanted)

    def test_a_row_for_each_participant_with_the_status(self):
        rows = self.rows(PEOPLE)
        self.assertEqual(len(rows), 6)
        row = next(row for row in rows if row["first_name"] == "Ann")
        wanted = {
            "trip": self.tour.name,
            "client_reference": "'=S-1",
            "person": "Ann Martin",
            "last_name": "Martin",
            "status": "Registered",
            "leader": "0",
            "room": "102",
            "nights": "4",
            "remark": "'=1+1",
        }
        self.assertEqual({key: row[key] for key in wanted}, wanted)
        states = [row["status"] for row in rows]
        self.assertEqual({states.count(one) for one in ("Waiting", "Cancelled")}, {1})

    def test_as_a_workbook(self):
        for model, count in ((TRIPS, 2), (PEOPLE, 7)):
            content = self.export(model, file_format="xlsx")
            sheet = openpyxl.load_workbook(io.BytesIO(content)).active
            self.assertEqual(sheet.max_row, count)

    def test_no_identity_is_in_the_files_whoever_exports(self):
        for model in (TRIPS, PEOPLE):
            for user in (self.desk, self.keeper):
                self.assertNoSecret(self.export(model, user=user).decode())

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_who_has_no_right_to_trips_or_to_exports_gets_no_file(self):
        self.head.group_ids -= self.env.ref("base.group_allow_export")
        identity = new_test_user(self.env, login="travel_only_id", groups=IDENTITY)
        users = [self.users[n] for n in ("importer", "employee", "portal")]
        for user in (*users, identity, self.head):
            for model in (TRIPS, PEOPLE):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    self.export(model, user=user)

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_who_only_reads_trips_is_refused_before_the_file_begins(self):
        accountant = self.users["accountant"]
        for name in ("base.group_allow_export", "client_extension.group_client_user"):
            accountant.group_ids += self.env.ref(name)
        for model in (TRIPS, PEOPLE):
            exports = self.env[model].with_user(accountant)
            with self.assertRaises(AccessError):
                exports.iter_file("csv", self.ours)

    def test_a_client_who_moved_to_another_company_breaks_nothing(self):
        client = self.tour.client_id
        client.company_id = self.make_company()
        self.ann.contact_id.company_id = client.company_id
        self.env.flush_all()
        self.env.invalidate_all()
        for rows in (self.rows(TRIPS), self.rows(PEOPLE)):
            self.assertEqual({row["client"] for row in rows}, {client.name})
            self.assertEqual({row["client_reference"] for row in rows}, {""})
        shown = {
            "display_name": {},
            "participant_ids": {"fields": {"display_name": {}}},
        }
        self.env.invalidate_all()
        (read,) = self.tour.with_user(self.desk).web_read(shown)
        self.assertIn("Rome", read["display_name"])
        self.assertNotIn("Ann", str(read))
        self.assertIn("Bob Martin", str(read))
        self.tour.title = False
        for kind in ("rooming", "arrivals", "emergency"):
            sheet = self.sheet(kind)
            self.assertIn(client.name, sheet.about)
            self.assertNotIn("Ann", str(list(sheet.iter_rows())))

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_a_filter_on_an_identity_is_refused(self):
        for domain in (
            [("participant_ids.contact_id.name", "=", 1, 2)],
            [("nothing", "=", 1)],
            "x",
        ):
            for model in (TRIPS, PEOPLE):
                with self.assertRaises(UserError):
                    self.export(model, domain=domain)
        with self.assertRaises(UserError):
            self.export(TRIPS, file_format="exe")

    def test_companies_and_closed_units(self):
        unit = self.env["client.business.unit"].create(
            {"name": "Closed", "members_only": True, "company_id": False}
        )
        self.ann.contact_id.write(
            {"client_status": "client", "client_business_unit_id": unit.id}
        )
        self.bob.contact_id.company_id = self.make_company()
        self.env.flush_all()
        self.env.invalidate_all()
        names = {row["person"] for row in self.rows(PEOPLE)}
        self.assertEqual(
            names, {"Zoe Adam", "Eve Durand", "Wim Waiting", "Carl Cancelled", ""}
        )
        self.school.client_business_unit_id = unit
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.rows(PEOPLE), [])
        self.assertEqual(self.rows(TRIPS), [])

    def test_queries_do_not_grow_with_records(self):
        clients = self.Partner.create(
            [{"name": f"Client {n}", "client_status": "client"} for n in range(60)]
        )
        trips = self.Trip.union(*(self.trip(client) for client in clients))
        for trip, client in zip(trips, clients, strict=True):
            self.participant(trip, contact_id=client.id)
        domain = [("id", "in", trips.ids)]
        for model, ceiling in ((TRIPS, 20), (PEOPLE, 20)):
            self.export(model, domain=domain)
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(model), self.assertQueryCount(ceiling):
                self.assertEqual(len(self.rows(model, domain=domain)), 60)


@tagged("post_install", "-at_install")
class TestTripExportController(HttpCase, TripExportCase):
    def post(self, name, user, **data):
        self.authenticate(user.login, user.login)
        token = http.Request.csrf_token(self)
        return self.url_open(
            f"/client_extension_travel/export/{name}",
            data={"data": json.dumps(data), "csrf_token": token},
        )

    def test_the_files_of_a_list_and_of_a_selection(self):
        response = self.post("trips", self.desk, domain=self.ours)
        self.assertEqual(response.status_code, 200)
        self.assertIn("trips_", response.headers["Content-Disposition"])
        self.assertEqual(len(response.text.splitlines()), 2)
        response = self.post("participants", self.desk, ids=self.tour.ids)
        self.assertEqual(len(response.text.splitlines()), 7)

    @mute_logger("odoo.http")
    def test_refusals_are_errors_of_the_web_client(self):
        employee = self.users["employee"]
        for name in ("trips", "participants"):
            response = self.post(name, employee, domain=self.ours)
            self.assertEqual(response.status_code, 403)

    @mute_logger("odoo.http", "odoo.models", "odoo.addons.base.models.ir_model")
    def test_a_list_is_downloaded_by_its_own_user_alone(self):
        values = {"trip_id": self.tour.id, "kind": "passenger", "lang": "en_US"}
        wizards = self.env["client.trip.list"]
        mine = wizards.with_user(self.keeper).create(values)
        hers = wizards.with_user(self.desk).create(values)
        for user, wizard, status in (
            (self.desk, mine, 404),
            (self.desk, hers, 404),
            (self.keeper, mine, 200),
            (self.keeper, hers, 404),
            (self.users["employee"], mine, 404),
        ):
            self.authenticate(user.login, user.login)
            response = self.url_open(f"/client_extension_travel/list/{wizard.id}")
            self.assertEqual(response.status_code, status)
            self.assertEqual("XK-77" in response.text, status == 200)
