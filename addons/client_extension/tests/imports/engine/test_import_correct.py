import base64
import csv
import io

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ....models.imports.engine import context
from ...common_undo import UndoCase

ROWS = (
    "reference;name;email;city\n"
    "M1;Un;un@example.com;Lyon\n"
    "M2;Deux;nobody;Nice\n"
    ";Trois;;Pau\n"
    "M4;Quatre;nobody;Brest\n"
)


@tagged("post_install", "-at_install")
class TestImportCorrect(UndoCase):
    """Rejected rows come back corrected and count as rows of the same import."""

    def rejects(self, record):
        """:return: list of dicts, the rows of the file of rejected rows"""
        data = base64.b64decode(record.rejects_file)
        text = data.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=";"))

    def correct(self, record, text, encoding="utf-8"):
        record.correct(base64.b64encode(text.encode(encoding)))
        self.assertEqual(sum(self.counts(record)), record.row_count)
        self.assertEqual(record.rows_done, record.row_count)
        self.assertFalse(record.task)

    def spell(self, rows):
        """:return: the text of a CSV file with these rows"""
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
        return buffer.getvalue()

    def test_corrected_rows_go_in_and_the_others_stay(self):
        record = self.run_import(ROWS)
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 3))
        rows = self.rejects(record)
        self.assertEqual([row["line"] for row in rows], ["3", "4", "5"])
        rows[0]["email"] = "deux@example.com"
        rows[1]["name"] = "Still without a reference"
        self.correct(record, self.spell(rows[:2]))
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 2))
        self.assertEqual(record.row_count, 4)
        self.assertEqual(record.state, "done_with_problems")
        self.assertEqual(self.client("M2").city, "Nice")
        self.assertEqual(
            self.codes(record), [(4, "row_no_reference"), (5, "cell_email")]
        )
        left = self.rejects(record)
        self.assertEqual([row["line"] for row in left], ["4", "5"])
        self.assertEqual(left[0]["name"], "Still without a reference")
        self.assertEqual(left[1]["city"], "Brest")
        left[0]["reference"], left[1]["email"] = "M3", ""
        self.correct(record, self.spell(left))
        self.assertEqual(self.counts(record), (4, 0, 0, 0, 0))
        self.assertEqual(record.state, "done")
        self.assertFalse(record.rejects_file)
        self.assertFalse(record.problem_ids)

    def test_with_the_choices_of_the_import(self):
        record = self.run_import(
            ROWS,
            mode="create",
            default_status="prospect",
            category_ids=self.vip.ids,
            business_unit_id=self.agency.id,
        )
        rows = self.rejects(record)
        rows[0]["email"] = ""
        rows[1]["reference"] = "M1"
        self.correct(record, self.spell(rows))
        client = self.client("M2")
        self.assertEqual(client.client_status, "prospect")
        self.assertEqual(client.category_id, self.vip)
        self.assertEqual(client.client_business_unit_id, self.agency)
        self.assertEqual(self.codes(record), [(4, "match_exists"), (5, "cell_email")])

    def test_without_the_columns_that_were_added(self):
        record = self.run_import(ROWS)
        self.correct(record, "reference;name;email\nM4;Quatre;four@example.com\n")
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 2))
        self.assertEqual(
            self.codes(record), [(3, "cell_email"), (4, "row_no_reference")]
        )

    def test_without_the_error_and_with_another_separator(self):
        record = self.run_import(ROWS)
        self.correct(record, "line,reference,name,email\n4,M3,Trois,\n", "utf-16")
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 2))
        self.assertFalse(self.client("M3").client_properties)

    def test_the_whole_file_once_more(self):
        record = self.run_import(ROWS, mode="create")
        self.correct(record, ROWS.replace("nobody", "b@example.com"))
        self.assertEqual(self.counts(record), (3, 0, 0, 0, 1))
        self.assertEqual(self.codes(record), [(4, "row_no_reference")])

    def test_rows_that_are_in_are_passed_over(self):
        record = self.run_import(ROWS)
        rows = self.rejects(record)
        rows[0]["email"] = ""
        text = self.spell(rows[:1])
        self.correct(record, text)
        with self.assertRaisesRegex(UserError, "none of the rejected rows"):
            record.correct(base64.b64encode(text.encode()))
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 2))
        self.assertEqual(record.state, "done_with_problems")

    def test_rows_that_nobody_has_seen_come_after_the_others(self):
        record = self.run_import(ROWS)
        text = "reference;name;email;line;error\nM9;Neuf;;;\nM8;Huit;nobody;99;\n"
        self.correct(record, text)
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 4))
        self.assertEqual(record.row_count, 6)
        self.assertIn((7, "cell_email"), self.codes(record))
        self.assertEqual(self.rejects(record)[-1]["reference"], "M8")

    def test_a_column_that_is_new(self):
        record = self.run_import(ROWS)
        text = (
            "line;reference;phone;name;email\n3;M2;+33 1;Deux;no\n4;M3;+33 2;Trois;\n"
        )
        self.correct(record, text)
        self.assertEqual(self.client("M3").phone, "+33 2")
        first, second = self.rejects(record)
        self.assertEqual((first["phone"], first["city"]), ("+33 1", ""))
        self.assertEqual((second["phone"], second["city"]), ("", "Brest"))

    def test_a_bad_file_changes_nothing(self):
        record = self.run_import(ROWS)
        names = sorted(record._fields.keys() - {"write_date", "write_uid"})
        before = record.read(names)
        for text in ("", "name\nA\n", "reference;name\n"):
            with self.subTest(text), self.assertRaises(UserError):
                record.correct(base64.b64encode(text.encode()))
            self.assertEqual(record.read(names), before)

    def test_only_an_import_with_rejected_rows(self):
        record = self.run_import("reference;name\nM1;A\n")
        with self.assertRaises(UserError):
            record.correct("eA==")
        warned = self.run_import("reference;email\nM1;nobody\n", warn_cells=True)
        self.assertEqual(warned.state, "done_with_problems")
        with self.assertRaisesRegex(UserError, "no rejected rows"):
            warned.correct("eA==")

    def test_who_may(self):
        record = self.run_import(ROWS)
        for name in ("user", "accountant", "portal"):
            with self.subTest(name), self.assertRaises(AccessError):
                record.with_user(self.users[name]).correct("eA==")

    def test_the_undo_covers_corrected_rows(self):
        before = self.dump()
        record = self.run_import(ROWS)
        rows = self.rejects(record)
        rows[0]["email"], rows[1]["reference"] = "", "M1"
        self.correct(record, self.spell(rows))
        self.assertEqual(self.counts(record), (2, 1, 0, 0, 1))
        record.undo()
        self.assert_undone(before, self.dump())

    def test_the_wizard(self):
        record = self.run_import(ROWS)
        wizard = self.env["client.import.correct.wizard"].with_user(self.importer)
        wizard = wizard.create({"import_id": record.id})
        with self.assertRaisesRegex(UserError, "Select the file"):
            wizard.action_correct()
        wizard.file = base64.b64encode(ROWS.replace("nobody", "").encode())
        wizard.action_correct()
        self.assertEqual(self.counts(record), (3, 0, 0, 0, 1))


@tagged("post_install", "-at_install")
class TestImportCorrectQueue(UndoCase):
    """Many corrected rows, in the background."""

    def setUp(self):
        super().setUp()
        self.patch(context, "CHUNK", 10)
        self.env["client.import"].search([]).write(
            {"state": "cancelled", "task": False}
        )
        bad = "".join(f"N{i:02};Client {i};nobody\n" for i in range(25))
        self.text = "reference;name;email\n" + bad
        self.record = self.run_import(self.text)
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("client_extension.import_limit", 5)
        self.corrected = self.text.replace("nobody", "", 22)
        self.record.correct(base64.b64encode(self.corrected.encode()))
        self.assertEqual((self.record.state, self.record.progress), ("queued", 0.0))

    def cron(self, answer=None):
        with self.committing(answer) as commits:
            self.env["client.import"]._cron_import()
        return commits

    def test_chunk_by_chunk(self):
        self.cron(lambda count: 0.0)
        record = self.record
        self.assertEqual(self.counts(record), (10, 0, 0, 0, 15))
        self.assertEqual((record.state, record.progress), ("running", 40.0))
        self.cron()
        self.assertEqual(self.counts(record), (22, 0, 0, 0, 3))
        self.assertEqual(record.state, "done_with_problems")
        self.assertEqual(len(record.problem_ids), 3)
        self.assertEqual((record.task, record.correction_file), (False, False))
        self.assertEqual(record.user_id, self.importer)

    def test_corrected_by_somebody_else_than_who_imported_and_is_gone(self):
        self.record._as_engine().write(
            {"actor_id": self.users["manager"].id, "user_id": False}
        )
        self.cron()
        record = self.record.sudo()
        self.assertEqual(self.counts(record), (22, 0, 0, 0, 3))
        self.assertFalse(record.task)

    def test_corrected_by_nobody_who_is_left(self):
        self.record._as_engine().write({"actor_id": False, "user_id": False})
        self.cron()
        record = self.record.sudo()
        self.assertEqual(self.counts(record), (0, 0, 0, 0, 25))
        self.assertEqual((record.state, record.task), ("done_with_problems", False))

    def test_stopped_between_two_chunks(self):
        record = self.record

        def stop(count):
            if count == 1:
                record.cancel()
            return 60.0

        self.cron(stop)
        self.assertEqual(self.counts(record), (10, 0, 0, 0, 15))
        self.assertEqual(record.state, "done_with_problems")
        data = base64.b64decode(record.rejects_file)
        self.assertEqual(len(data.splitlines()), 16)

    def test_stopped_after_the_last_chunk(self):
        record = self.record
        record.cancel()
        some = "".join(self.corrected.splitlines(keepends=True)[:9])
        record.correct(base64.b64encode(some.encode()))

        def stop(count):
            if count == 1:
                record.cancel()
            return 60.0

        self.cron(stop)
        self.assertEqual(self.counts(record), (8, 0, 0, 0, 17))
        data = base64.b64decode(record.rejects_file)
        self.assertEqual(len(data.splitlines()), 18)

    def test_a_user_who_lost_the_right(self):
        group = self.env.ref("client_extension.group_client_importer")
        self.importer.group_ids -= group
        self.cron()
        record = self.record.sudo()
        self.assertEqual(self.counts(record), (0, 0, 0, 0, 25))
        self.assertEqual(record.state, "done_with_problems")
        self.assertIn("apply_access", record.problem_ids.mapped("code"))
