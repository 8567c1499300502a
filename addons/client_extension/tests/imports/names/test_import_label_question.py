from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ...common_import import ImportCase

LIMIT = "client_extension.label_limit"


@tagged("post_install", "-at_install")
class TestImportLabelQuestion(ImportCase):
    """A file that adds many labels for all clients asks first."""

    def setUp(self):
        super().setUp()
        self.set_limit(3)

    def set_limit(self, number):
        self.env["ir.config_parameter"].sudo().set_param(LIMIT, number)

    def rows(self, count, cell="x"):
        headers = "".join(f";Asked {number}" for number in range(count))
        return f"reference;name{headers}\nAL1;A{f';{cell}' * count}\n"

    def labels(self):
        return self.env["client.label"].search([("name", "=like", "Asked %")])

    def test_fifty_are_added_without_asking(self):
        self.set_limit("")
        self.assertEqual(self.counts(self.run_import(self.rows(50))), (1, 0, 0, 0, 0))
        self.assertEqual(len(self.labels()), 50)

    def test_more_are_refused_with_their_number(self):
        for start in ("run", "enqueue", "action_import"):
            record = self.make(self.rows(4))
            getattr(record, start)()
            with self.subTest(start):
                self.assertEqual(record.state, "failed")
                self.assertEqual(self.codes(record), [(0, "header_labels")])
                message = record.problem_ids.message
                self.assertIn("new labels for all clients: 4", message)
                self.assertIn("Up to 3", message)
                self.assertIn("“Add All New Labels”", message)
                self.assertEqual(record.label_question, message)
                self.assertTrue(record.can_map)
        self.assertFalse(self.labels())
        self.assertFalse(self.client("AL1"))

    def test_the_check_asks_and_the_user_agrees(self):
        record = self.make(self.rows(4))
        record.check()
        self.assertEqual(record.state, "checked")
        self.assertEqual(record.created_count, 1)
        self.assertTrue(record.problem_ids.is_warning)
        for start in (record.run, record.enqueue, record.action_import):
            with self.assertRaisesRegex(UserError, "all clients: 4"):
                start()
        self.assertEqual((record.state, record.created_count), ("checked", 1))
        with Form(record) as form:
            form.add_labels = True
        self.assertEqual(record.state, "checked", "the answer keeps the check")
        record.action_import()
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 0))
        self.assertEqual(record.state, "done")
        self.assertFalse(record.label_question)
        self.assertEqual(len(self.labels()), 4)

    def test_a_script_agrees_beforehand(self):
        record = self.run_import(self.rows(4), add_labels=True)
        self.assertEqual(record.state, "done")
        self.assertEqual(len(self.labels()), 4)

    def test_a_refused_file_is_checked_again(self):
        record = self.make(self.rows(4))
        record.action_import()
        record.add_labels = True
        record.action_check()
        self.assertEqual(record.state, "checked")
        record.action_import()
        self.assertEqual(record.state, "done")

    def test_columns_that_are_ignored_or_known_do_not_count(self):
        record = self.make(self.rows(4))
        record.check()
        record.column_mapping = {"Asked 0": "-"}
        record.check()
        self.assertFalse(record.label_question)
        record.run()
        self.assertEqual(record.state, "done")
        self.assertEqual(len(self.labels()), 3)
        record = self.run_import(self.rows(6), mode="create_update")
        self.assertEqual(record.state, "done")

    def test_another_file_is_asked_about_again(self):
        record = self.make(self.rows(4), add_labels=True)
        record.file = self.encode(self.rows(5))
        self.assertFalse(record.add_labels)
        record.write({"file": self.encode(self.rows(5)), "add_labels": True})
        self.assertTrue(record.add_labels)

    def test_a_long_check_asks_once(self):
        record = self.make(self.rows(4))
        task = record._make_task("check")
        task.enqueue()
        for _time in range(2):
            task.open()
        self.assertEqual(self.codes(record), [(0, "header_labels")])

    def test_zero_always_asks(self):
        self.set_limit(0)
        record = self.make(self.rows(1))
        record.check()
        self.assertIn("all clients: 1", record.label_question)
        record = self.run_import("reference;name\nAL2;B\n")
        self.assertEqual(record.state, "done")
