import csv
import io

from odoo.exceptions import AccessError, UserError

from ..common import ClientCase

#: filters that only fail when they are run, or in ways of their own
BAD_DOMAINS = (
    [("id", "in", ["abc"])],
    [("id", ">", "abc")],
    [("id", "=", {"a": 1})],
    [("id", None, 1)],
    [("create_date", ">", "tomorrow-ish")],
    [("create_date", ">", "-9999999999999d")],
    [("create_date.year_number", "=", "x")],
    [("create_date.foo", "=", 1)],
    [("create_uid.login", "=ilike", "%\\")],
    [("create_uid.login", "ilike", "a\0b")],
    [("create_uid.login", "=", "\ud800")],
    [("create_uid.login", "=", b"\xff")],
    [("create_uid.login.x", "=", 1)],
    {"name": 1},
    [[[[]]]],
    "[('id', 'in', [" + "1" * 5000 + "])]",
    "[('id', '=', " + "-" * 7000 + "1)]",
    "(" * 500,
    "\0",
)


class ExportCase(ClientCase):
    """Reads an export back as the rows that a spreadsheet shows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = cls.family | cls.school

    def export(self, user="importer", domain=None, **options):
        """:return: reference -> row as a dict, of an export by one of the users"""
        model = self.env["client.export"].with_user(self.users[user])
        if domain is None:
            domain = [("ref", "like", "T-")]
        content = b"".join(model.iter_csv(domain, **options))
        self.assertTrue(content.startswith(b"\xef\xbb\xbf"), "spreadsheets need a BOM")
        text = io.StringIO(content.decode("utf-8-sig"), newline="")
        reader = csv.DictReader(text, delimiter=options.get("delimiter", ";"))
        return {row["reference"]: row for row in reader}


class TestExport(ExportCase):
    def test_clients_and_no_other_partner(self):
        rows = self.export()
        self.assertEqual(sorted(rows), ["T-0001", "T-0002"])
        self.assertEqual(rows["T-0001"]["name"], "Famille Lefèvre")

    def test_every_column(self):
        self.family.write(
            {
                "street": "12 rue des Lilas",
                "street2": "Bât. B",
                "zip": "01000",
                "website": "https://lefevre.example.com",
                "comment": "<p>First line<br>second &amp; <b>last</b></p>",
                "client_type_id": self.env["client.type"].create({"name": "Kin"}).id,
                "client_business_unit_id": self.desk.id,
                "category_id": self.env["res.partner.category"].create({"name": "VIP"}),
                "client_source_id": self.env["utm.source"].create({"name": "Fair"}).id,
                "user_id": self.users["user"].id,
                "lang": "en_US",
            }
        )
        row = self.export()["T-0001"]
        expected = {
            "type": "individual",
            "address": "12 rue des Lilas",
            "address_additional": "Bât. B",
            "zip": "01000",
            "city": "Lyon",
            "country": "FR",
            "mobile": "+33 6 12 34 56 01",
            "phone": "+33 4 78 00 00 01",
            "email": "lefevre@example.com",
            "website": "https://lefevre.example.com",
            "comment": "First line\nsecond & last",
            "active": "1",
            "status": "prospect",
            "client_type": "Kin",
            "category": "VIP",
            "business_unit": "Agency Lyon / Groups desk",
            "manager": "clients_user",
            "language": "en_US",
            "source": "Fair",
        }
        self.assertEqual({key: row[key] for key in expected}, expected)
        self.assertEqual(self.export()["T-0002"]["type"], "company")

    def test_archived_only_on_demand(self):
        self.family.active = False
        self.assertNotIn("T-0001", self.export())
        archived = self.export(domain=[("active", "=", False), ("ref", "=", "T-0001")])
        self.assertEqual(archived["T-0001"]["active"], "0")

    def test_formula_guard(self):
        self.family.write({"name": '=HYPERLINK("x")', "street": "-12", "city": "@home"})
        row = self.export()["T-0001"]
        self.assertEqual(row["name"], '\'=HYPERLINK("x")')
        self.assertEqual(row["address"], "'-12")
        self.assertEqual(row["city"], "'@home")
        self.assertEqual(row["phone"], "+33 4 78 00 00 01", "a phone is no formula")

    def test_categories_that_hold_a_separator(self):
        Category = self.env["res.partner.category"]
        schools = Category.create({"name": "Schools, public"})
        parent = Category.create({"name": "Groups"})
        child = Category.create({"name": "Youth", "parent_id": parent.id})
        self.family.category_id = schools
        self.school.category_id = schools | child
        rows = self.export()
        self.assertEqual(rows["T-0001"]["category"], '"Schools, public"')
        cell = rows["T-0002"]["category"]
        self.assertEqual(set(cell.split("; ")), {'"Schools, public"', "Groups / Youth"})

    def test_state_named_twice_is_a_code(self):
        country = self.env["res.country"].create({"name": "Twin", "code": "XT"})
        one, _two, other = self.env["res.country.state"].create(
            [
                {"name": "Same", "code": "S1", "country_id": country.id},
                {"name": "Same", "code": "S2", "country_id": country.id},
                {"name": "Other", "code": "S3", "country_id": country.id},
            ]
        )
        self.family.write({"country_id": country.id, "state_id": one.id})
        self.school.write({"country_id": country.id, "state_id": other.id})
        rows = self.export()
        self.assertEqual(rows["T-0001"]["state"], "S1")
        self.assertEqual(rows["T-0002"]["state"], "Other")

    def test_separator(self):
        self.assertIn("T-0001", self.export(delimiter="\t"))
        for wrong in ("", ";;", '"', "\n"):
            with self.assertRaises(UserError):
                self.export(delimiter=wrong)

    def test_domain_as_text(self):
        rows = self.export(domain="[('ref', '=', 'T-0002')]")
        self.assertEqual(list(rows), ["T-0002"])
        for wrong in ("__import__('os')", "[('nothing', '=', 1)]", "[('ref'", "5"):
            with self.assertRaises(UserError):
                self.export(domain=wrong)

    def test_a_bad_domain_is_said(self):
        deep = "[" * 3000 + "]" * 3000
        others = (
            [("active", "child_of", "xxx")],
            [("partner_latitude", ">", float("inf"))],
            [("color", "=", "abc")],
            [("user_id.password", "=", "x")],
            deep,
            "[('id', '=', 1)" * 2,
        )
        for wrong in (*BAD_DOMAINS, *others):
            with self.subTest(wrong), self.assertRaises(UserError):
                self.export(domain=wrong)

    def test_write_csv(self):
        file = io.BytesIO()
        export = self.env["client.export"].with_user(self.users["importer"])
        written = export.write_csv(file, [("ref", "=", "T-0001")])
        self.assertEqual(written, len(file.getvalue()))
        self.assertEqual(file.getvalue().count(b"\r\n"), 2)


class TestExportAdditionalData(ExportCase):
    def define(self, *labels):
        """Give all clients these labels, as (name, kind, label) or with more."""
        definition = self.Partner._get_client_properties_definition()
        definition.properties_definition = [
            {"name": name, "type": kind, "string": text, **more}
            for name, kind, text, more in labels
        ]

    def test_kinds(self):
        choice = {"selection": [["a", "Annual"], ["m", "Monthly"]]}
        self.define(
            ("p_text", "char", "Code SAP", {}),
            ("p_flag", "boolean", "Newsletter", {}),
            ("p_number", "integer", "Beds", {}),
            ("p_float", "float", "Surface", {}),
            ("p_date", "date", "Contract end", {}),
            ("p_choice", "selection", "Contract", choice),
            ("p_title", "separator", "Title", {}),
            ("p_link", "many2one", "Agent", {"comodel": "res.partner"}),
        )
        self.family.client_properties = {
            "p_text": "007",
            "p_flag": True,
            "p_number": 12,
            "p_float": 2.5,
            "p_date": "2026-03-31",
            "p_choice": "m",
            "p_link": self.supplier.id,
        }
        row = self.export()["T-0001"]
        expected = {
            "Code SAP": "007",
            "Newsletter": "1",
            "Beds": "12",
            "Surface": "2.5",
            "Contract end": "2026-03-31",
            "Contract": "Monthly",
            "Agent": "Autocars Rhône",
        }
        self.assertEqual({key: row[key] for key in expected}, expected)
        self.assertNotIn("Title", row)
        self.assertEqual(self.export()["T-0002"]["Code SAP"], "")

    def test_label_called_like_a_column(self):
        self.define(
            ("p_notes", "char", "Notes", {}),
            ("p_one", "char", "Badge", {}),
            ("p_two", "char", "badge", {}),
        )
        self.family.client_properties = {"p_notes": "n", "p_one": "1", "p_two": "2"}
        row = self.export()["T-0001"]
        self.assertEqual(row["additional: Notes"], "n")
        self.assertEqual((row["Badge"], row["badge (2)"]), ("1", "2"))


class TestExportRights(ExportCase):
    def test_refused(self):
        for user in ("user", "accountant", "employee", "portal"):
            with self.subTest(user), self.assertRaises(AccessError):
                self.export(user)

    def test_right_to_export_lists_is_enough_for_users_of_the_app(self):
        group = self.env.ref("base.group_allow_export")
        group.user_ids |= self.users["user"] | self.users["employee"]
        self.assertTrue(self.export("user"))
        with self.assertRaises(AccessError):
            self.export("employee")

    def test_other_company(self):
        self.family.company_id = self.make_company()
        self.assertEqual(list(self.export()), ["T-0002"])

    def test_unit_of_another_company_is_not_named(self):
        unit = self.env["client.business.unit"].create(
            {"name": "Secret", "company_id": False}
        )
        self.family.client_business_unit_id = unit
        unit.company_id = self.make_company()
        self.assertEqual(self.export()["T-0001"]["business_unit"], "")

    def test_members_only_unit(self):
        self.agency.members_only = True
        self.family.client_business_unit_id = self.desk
        self.assertNotIn("T-0001", self.export("importer"))
        self.assertIn("T-0001", self.export("manager"))

    def test_queries_do_not_grow_with_rows(self):
        self.Partner.create(
            [
                {
                    "name": f"Client {i}",
                    "ref": f"Q-{i}",
                    "client_status": "client",
                    "country_id": self.france.id,
                    "user_id": self.users["user"].id,
                    "client_business_unit_id": self.agency.id,
                }
                for i in range(300)
            ]
        )
        self.export(domain=[("ref", "=", "Q-1")])  # groups, rules and labels
        self.env.flush_all()
        self.env.invalidate_all()
        # one more for each bridge that adds a column
        with self.assertQueryCount(17):
            self.assertEqual(len(self.export(domain=[("ref", "like", "Q-")])), 300)
