from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...common_import import ImportCase, raise_end_of_time

APPLY = "odoo.addons.client_extension.models.imports.engine.client_import_apply"
#: valid as text in a cell, but too long for any index
LONG = "".join(chr(0x4E00 + number * 7 % 20_000) for number in range(3000))


@tagged("post_install", "-at_install")
class TestImportNames(ImportCase):
    """An unknown name in a row is created, or rejects only that row."""

    def test_a_category_that_odoo_refuses_rejects_its_rows_alone(self):
        rows = "reference;name;category\nN1;A;Bad\nN2;B;Good, bad\nN3;C;Good\nN4;D;\n"
        with self.refusing_category("Bad", "bad"):
            record = self.run_import(rows)
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 2))
        self.assertEqual(
            self.codes(record), [(2, "apply_refused"), (3, "apply_refused")]
        )
        self.assertIn("No such category.", record.problem_ids[0].message)
        self.assertEqual(self.client("N3").category_id.name, "Good")

    def test_the_others_are_made_although_one_is_refused(self):
        rows = "reference;name;category\nN1;A;Bad\n"
        rows += "".join(f"M{i};M;Tag {i}\n" for i in range(5))
        with self.refusing_category("Bad"):
            record = self.run_import(rows)
        self.assertEqual(self.counts(record), (5, 0, 0, 0, 1))
        self.assertEqual(self.client("M4").category_id.name, "Tag 4")

    def test_a_label_called_like_a_heading_is_made(self):
        definition = self.Partner._get_client_properties_definition()
        definition.properties_definition = [
            *(definition.properties_definition or []),
            {"name": "heading_of_names", "string": "Names badge", "type": "separator"},
        ]
        record = self.run_import("reference;name;Names badge\nN1;A;12\n")
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 0))
        key = self.label("namesbadge")
        self.assertEqual(self.client("N1").client_properties[key], "12")

    def test_a_label_that_is_not_made_rejects_the_rows_that_fill_it(self):
        rooms = type(self.env["client.import.columns"])
        none = self.env["client.label"]
        with patch.object(rooms, "_add_labels", lambda *args: none):
            record = self.run_import("reference;name;Odd badge\nN1;A;1\nN2;B;\n")
        self.assertEqual(self.codes(record), [(2, "apply_refused")])
        self.assertIn("Odd badge", record.problem_ids.message)

    def test_what_no_index_holds_is_named_by_the_check(self):
        for column in (
            "contact_first_name",
            "contact_last_name",
            "contact_email",
            "source",
            "category",
        ):
            with self.subTest(column):
                cell = f"{LONG[:600]}@example.com" if "email" in column else LONG
                record = self.make(f"reference;name;{column}\nN1;A;{cell}\nN2;B;\n")
                record.check()
                self.assertEqual(self.codes(record), [(2, "cell_long")])
                record.run()
                self.assertEqual(self.counts(record)[-1], 1)

    def test_an_error_of_postgresql_that_comes_again_rejects_its_row(self):
        partners = type(self.env["res.partner"])
        create = partners.create

        def refuse(records, vals_list):
            if any(vals.get("ref") == "N2" for vals in vals_list):
                # the PostgreSQL error of an index row that is too long
                cr = records.env.cr
                cr.execute("CREATE TEMP TABLE IF NOT EXISTS names_test (t text)")
                cr.execute("CREATE INDEX IF NOT EXISTS names_i ON names_test (t)")
                cr.execute("INSERT INTO names_test VALUES (%s)", [LONG])
            return create(records, vals_list)

        self.patch(partners, "create", refuse)
        with mute_logger("odoo.sql_db"):
            record = self.run_import("reference;name\nN1;A\nN2;B\nN3;C\n")
        self.assertEqual(self.codes(record), [(3, "apply_refused")])
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 1))

    def test_a_plain_exception_of_an_add_on_rejects_its_row(self):
        self.patch(type(self.Partner), "create", self.raising("N2", Exception("odd")))
        with mute_logger(APPLY):
            record = self.run_import("reference;name\nN1;A\nN2;B\nN3;C\n")
        self.assertEqual(self.codes(record), [(3, "apply_failed")])
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 1))

    def test_what_may_succeed_when_it_is_tried_again_stops_the_run(self):
        for error in (None, psycopg2.OperationalError("connection lost")):
            self.patch(type(self.Partner), "create", self.raising("N2", error))
            with self.subTest(error), self.assertRaises(Exception):  # noqa: B017
                self.make("reference;name\nN1;A\nN2;B\n").run()

    def raising(self, reference, error):
        """:return: a ``create`` that fails at a row: without an error, of time"""
        create = type(self.Partner).create

        def fail(records, vals_list):
            if any(vals.get("ref") == reference for vals in vals_list):
                if error:
                    raise error
                raise_end_of_time()
            return create(records, vals_list)

        return fail
