from odoo.exceptions import UserError
from odoo.tests import tagged

from ...common_import import ImportCase
from ..engine.test_import_sheet import make_xlsx

#: a C1 control, the sign of a lost character, a control character, private use
BROKEN = (
    "reference;name;Motto\nQB1;L\x92Oréal;a\nQB2;Ren\ufffd;b\x1b\nQB3;Zoë;\ue000\n"
    "QB4;Ann;d\n"
)


@tagged("post_install", "-at_install")
class TestImportSignsQuestion(ImportCase):
    """Characters that no name has are asked about before anything is written."""

    def check(self, text, **values):
        record = self.make(text, **values)
        record.check()
        self.assertEqual(record.state, "checked")
        return record

    def test_they_are_asked_about(self):
        record = self.check(BROKEN)
        self.assertEqual(self.codes(record), [(0, "file_signs_asked")])
        [question] = record.file_questions
        self.assertEqual((question["key"], question["is_open"]), ("signs", True))
        self.assertIn("L\ufffdOréal · Ren\ufffd", question["title"])
        self.assertIn("Number of rows: 3", question["title"])
        choices = dict(question["choices"])
        self.assertIn("without these characters: LOréal · Ren", choices["drop"])
        self.assertIn("as they are: L\ufffdOréal", choices["keep"])
        for start in ("run", "enqueue", "action_import"):
            with self.assertRaisesRegex(UserError, "characters that no name has"):
                getattr(record, start)()

    def test_without_an_answer_nothing_is_written(self):
        for start in ("run", "enqueue", "action_import"):
            record = self.make(BROKEN)
            getattr(record, start)()
            self.assertEqual(record.state, "failed", start)
            self.assertEqual(self.codes(record), [(0, "file_signs_asked")])
            self.assertTrue(record.can_map, "asked on its page")
        self.assertFalse(self.client("QB4"))

    def test_they_are_left_out(self):
        record = self.check(BROKEN, file_answers={"signs": "drop"})
        self.assertEqual([q["is_open"] for q in record.file_questions], [False])
        record.run()
        self.assertEqual((record.state, self.counts(record)), ("done", (4, 0, 0, 0, 0)))
        names = [self.client(f"QB{n}").name for n in range(1, 5)]
        self.assertEqual(names, ["LOréal", "Ren", "Zoë", "Ann"])
        motto = self.label("motto")
        self.assertEqual(self.client("QB2").client_properties[motto], "b")
        self.assertFalse(self.client("QB3").client_properties.get(motto))
        again = self.run_import(BROKEN, file_answers={"signs": "drop"})
        self.assertEqual(self.counts(again), (0, 0, 4, 0, 0))

    def test_they_are_imported_as_they_are(self):
        record = self.make(BROKEN, file_answers={"signs": "keep"})
        record.run()
        self.assertEqual(record.created_count, 4)
        self.assertEqual(self.client("QB2").name, "Ren\ufffd")

    def test_a_reference_that_is_the_same_without_them_is_repeated(self):
        text = "reference;name\nQB5;A\nQB\x925;B\n"
        record = self.make(text, file_answers={"signs": "drop"})
        record.run()
        self.assertEqual(self.counts(record), (1, 1, 0, 0, 0))
        self.assertIn("row_repeated", record.problem_ids.mapped("code"))

    def test_a_workbook_is_asked_about_too(self):
        book = make_xlsx(("reference", "name"), ("QB6", "Ren\ufffd"))
        record = self.make(book, file_name="clients.xlsx")
        record.run()
        self.assertEqual(self.codes(record), [(0, "file_signs_asked")])
        record.file_answers = {"signs": "drop"}
        record.run()
        self.assertEqual(self.client("QB6").name, "Ren")

    def test_corrected_rows_are_read_in_the_same_way(self):
        text = "reference;name;email\nQB7;Ren\ufffd;x\nQB8;B;\n"
        record = self.make(text, file_answers={"signs": "drop"})
        record.run()
        self.assertEqual(record.rejected_count, 1)
        fixed = "reference;name;email;line\nQB7;Ren\ufffd;r@mail.example;2\n"
        record.correct(self.encode(fixed))
        self.assertEqual(self.client("QB7").name, "Ren")

    def test_the_mapping_keeps_the_answer(self):
        record = self.check(BROKEN, file_answers={"signs": "drop"})
        mappings = self.env["client.import.mapping"].with_user(self.importer)
        values = mappings._save(record, "Broken")._prepare_import()
        self.assertEqual(values["file_answers"], {"signs": "drop"})
