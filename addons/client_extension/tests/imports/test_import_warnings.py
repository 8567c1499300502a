from odoo.tests import tagged

from ..common_import import ImportCase

TWICE = "reference;name;city\nW1;A;X\nW2;B;Y\nW1;A;Z\n"


@tagged("post_install", "-at_install")
class TestImportWarnings(ImportCase):
    """What an import repairs or takes for granted is said, and changes nothing."""

    def warned(self, record):
        """:return: line, code and value of each warning"""
        found = record.problem_ids.filtered("is_warning")
        return [(p.line, p.code, p.value or "") for p in found]

    # References that stand on several rows

    def test_a_repeated_reference_is_named_by_the_check_and_the_result(self):
        record = self.make(TWICE)
        record.check()
        self.assertEqual(self.warned(record), [(4, "row_repeated", "W1")])
        self.assertIn("2, 4", record.problem_ids.message)
        record.run()
        self.assertEqual(self.warned(record), [(4, "row_repeated", "W1")])
        self.assertEqual(self.counts(record), (2, 1, 0, 0, 0))
        self.assertEqual(self.client("W1").city, "Z")
        self.assertEqual(record.state, "done_with_problems")

    def test_a_repeated_reference_is_said_in_each_mode_once(self):
        for mode in ("create_skip", "update_skip", "update"):
            with self.subTest(mode):
                record = self.make(TWICE, mode=mode)
                record.check()
                self.assertEqual(self.warned(record), [(4, "row_repeated", "W1")])
        record = self.make(TWICE, mode="create")
        record.check()
        self.assertEqual(self.codes(record), [(4, "match_repeated")])

    def test_the_background_says_it_once(self):
        record = self.make(TWICE)
        record.enqueue()
        for _time in range(2):
            record._make_task().reopen()
        self.assertEqual(self.warned(record), [(4, "row_repeated", "W1")])

    # Rows that are not as wide as the header

    def test_short_and_wide_rows_are_said_once(self):
        rows = "W1;A;X\nW2;B\nW3\nW4;D;X;\nW5;E;X\nW6;F\n"
        record = self.run_import(f"reference;name;city\n{rows}")
        self.assertEqual(
            self.warned(record), [(3, "row_short", ""), (5, "row_wide", "")]
        )
        messages = record.problem_ids.mapped("message")
        self.assertTrue(any("3 (lines 3, 4, 7)" in text for text in messages), messages)
        self.assertEqual(self.counts(record), (5, 0, 0, 0, 1))

    def test_a_separator_behind_each_row_is_no_news(self):
        record = self.run_import("reference;name;;\nW1;A;\nW2;B;\n")
        self.assertFalse(record.problem_ids)
        record = self.run_import("reference;name\nW3;A;\nW4;B;\n")
        self.assertFalse(record.problem_ids)

    def test_spaces_before_quotes(self):
        record = self.run_import(
            'reference, name, city, phone\nQ1, "Dupont, Jean", Lyon\n'
            "Q2, Martin, Nice, 0493000000\n"
        )
        self.assertEqual(self.warned(record), [(2, "row_short", "")])
        client = self.client("Q1")
        self.assertEqual((client.city, client.phone), ("Lyon", False))
        self.assertEqual(client.name, self.kept_name("Dupont, Jean"))

    def test_the_header_of_another_order_refuses_the_file(self):
        record = self.make("reference;name\nH1;A\nname;reference\nB;H2\n")
        record.check()
        self.assertEqual(record.state, "failed")
        self.assertEqual(self.codes(record), [(3, "header_order")])
