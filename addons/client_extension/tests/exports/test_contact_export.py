import csv
import io
import json

import openpyxl

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..common import ContactCase
from .test_export import BAD_DOMAINS


class ContactExportCase(ContactCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.school.client_contact_ids = False
        cls.anne = cls.line(
            cls.school,
            civility="mrs",
            first_name="Anne",
            last_name="de la Tour",
            email="anne@example.com",
            phone="0478000001",
            mobile="+33 6 12 34 56 78",
            function='=HYPERLINK("x")',
            role_ids=(cls.escort | cls.accounting).ids,
            date_start="2026-01-05",
        )
        cls.paul = cls.line(cls.family, last_name="Petit", date_end="2020-01-31")
        cls.ours = [("client_id", "in", (cls.school | cls.family).ids)]

    def export(self, domain=None, user="importer", file_format="csv"):
        exports = self.env["client.contact.export"].with_user(self.users[user])
        domain = self.ours if domain is None else domain
        return b"".join(exports.iter_file(file_format, domain))

    def rows(self, **options):
        text = self.export(**options).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@tagged("post_install", "-at_install")
class TestContactExport(ContactExportCase):
    """The contacts of clients as a file, for letters and mailings."""

    def test_a_bad_domain_is_said(self):
        for wrong in BAD_DOMAINS:
            with self.subTest(wrong), self.assertRaises(UserError):
                self.export(domain=wrong)

    def test_a_row_for_each_contact_with_all_that_a_letter_needs(self):
        self.school.write({"street": "1 rue Neuve", "city": "Lyon"})
        anne, paul = self.rows()
        self.assertEqual(
            anne,
            {
                "reference": "T-0002",
                "client": "Collège Jean Moulin",
                "status": "client",
                "role": "Escort; Accounting contact",
                "main": "1",
                "civility": "Mrs",
                "first_name": "Anne",
                "last_name": "de la Tour",
                "salutation": "Dear Mrs de la Tour,",
                "email": "anne@example.com",
                "phone": "0478000001",
                "mobile": "+33 6 12 34 56 78",
                "job": '\'=HYPERLINK("x")',
                "language": self.anne.lang,
                "address": "1 rue Neuve",
                "address_additional": "",
                "zip": "",
                "city": "Lyon",
                "country": "FR",
                "from": "2026-01-05",
                "until": "",
                "note": "",
            },
        )
        self.assertEqual((paul["last_name"], paul["until"]), ("Petit", "2020-01-31"))

    def test_the_filter_of_the_list_says_which(self):
        rows = self.rows(domain=[*self.ours, *self.ACCOUNTING_TODAY])
        self.assertEqual([row["first_name"] for row in rows], ["Anne"])

    def test_as_a_workbook(self):
        sheet = openpyxl.load_workbook(io.BytesIO(self.export(file_format="xlsx")))
        cells = [cell.value for cell in sheet.active["A"]]
        self.assertEqual(cells, ["reference", "T-0002", "T-0001"])

    def test_what_is_no_filter_or_format_is_refused_in_words(self):
        for domain, file_format in (
            ([("nothing", "=", 1)], "csv"),
            ("x", "csv"),
            ([], "exe"),
        ):
            with self.subTest(domain), self.assertRaises(UserError):
                self.export(domain, file_format=file_format)

    def test_who_may_not_export_clients_may_not_export_contacts(self):
        for name in ("user", "employee", "accountant", "portal"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.export(user=name)

    def test_contacts_whom_the_user_may_not_see_are_not_in_the_file(self):
        self.school.client_business_unit_id = self.agency
        self.agency.members_only = True
        self.assertEqual([row["last_name"] for row in self.rows()], ["Petit"])
        self.assertEqual(len(self.rows(user="manager")), 2)
        self.family.company_id = self.make_company()
        self.assertFalse(self.rows())

    def test_contacts_of_partners_who_are_no_clients_are_not_in_the_file(self):
        self.family.client_status = False
        self.assertEqual([row["last_name"] for row in self.rows()], ["de la Tour"])

    def test_queries_do_not_grow_with_contacts(self):
        self.Line.create(
            [{"client_id": self.school.id, "last_name": f"P {n}"} for n in range(60)]
        )
        self.export()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            self.assertEqual(len(self.rows()), 62)


@tagged("post_install", "-at_install")
class TestContactExportController(HttpCase, ContactExportCase):
    def post(self, user, data):
        login = f"clients_{user}"
        self.authenticate(login, login)
        token = http.Request.csrf_token(self)
        return self.url_open(
            "/client_extension/export/contacts",
            data={"data": data, "csrf_token": token},
        )

    def test_the_selected_contacts(self):
        data = {"ids": self.paul.ids, "domain": self.ours}
        answer = self.post("importer", json.dumps(data))
        self.assertEqual(answer.status_code, 200)
        self.assertIn("contacts_", answer.headers["Content-Disposition"])
        text = answer.content.decode("utf-8-sig")
        self.assertIn("Petit", text)
        self.assertNotIn("Anne", text)

    def test_a_workbook(self):
        answer = self.post("importer", json.dumps({"format": "xlsx"}))
        self.assertIn("spreadsheetml", answer.headers["Content-Type"])

    def test_refusals_in_words(self):
        for user, data in (
            ("user", "{}"),
            ("importer", "[]"),
            ("importer", "x"),
            ("importer", '{"ids": "abc"}'),
            ("importer", '{"format": [1]}'),
            ("importer", json.dumps({"company_ids": self.make_company().ids})),
        ):
            with self.subTest(data):
                answer = self.post(user, data)
                self.assertEqual(answer.status_code, 403)
                self.assertTrue(answer.json()["data"]["message"])

    def test_anonymous(self):
        answer = self.url_open(
            "/client_extension/export/contacts",
            data={"data": "{}"},
            allow_redirects=False,
        )
        self.assertNotEqual(answer.status_code, 200)
