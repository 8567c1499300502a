from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.imports.engine import context
from ..common_undo import UndoCase

#: 25 rows, of which every fifth has an invalid address
ROWS = "reference;name;email\n" + "".join(
    f"P{i:03};Client {i};{'bad' if i % 5 == 4 else ''}\n" for i in range(25)
)
BACKGROUND = "odoo.addons.client_extension.models.imports.background.client_import_cron"


@tagged("post_install", "-at_install")
class TestImportStop(UndoCase):
    """An import that stops early: what it did is recorded, and can be undone."""

    def setUp(self):
        super().setUp()
        self.patch(context, "CHUNK", 10)
        # waiting imports of the database that runs the tests are not touched
        self.env["client.import"].search([]).write(
            {"state": "cancelled", "task": False}
        )

    def stopped(self, text=ROWS):
        """:return: an import that its user stopped after its first chunk"""
        record = self.make(text)
        record.enqueue()

        def stop(count):
            if count == 1:
                record.cancel()
            return 60.0

        with self.committing(stop):
            self.env["client.import"]._cron_import()
        self.assertEqual(record.state, "cancelled")
        return record

    def given_up(self):
        """:return: an import whose second chunk always fails"""
        record = self.make(ROWS)
        record.enqueue()
        rooms = type(self.env["client.import.index"])
        search = rooms._search_partners

        def fail(room, client_import, *args):
            if client_import.rows_done:
                raise ZeroDivisionError("bug")
            return search(room, client_import, *args)

        with self.committing(), mute_logger(BACKGROUND):
            self.patch(rooms, "_search_partners", fail)
            self.env["client.import"]._cron_import()
        self.patch(rooms, "_search_partners", search)
        self.assertEqual(record.state, "failed")
        return record

    def rejects(self, record):
        """:return: list of the lines of the file of rejected rows"""
        content = record._get_opener("rejects_file")().read().decode()
        return content.removeprefix("\ufeff").splitlines()

    def test_one_that_is_stopped_keeps_the_rows_rejected_so_far(self):
        record = self.stopped()
        self.assertTrue(record.finished_at)
        self.assertEqual(self.counts(record), (8, 0, 0, 0, 2))
        rows = self.rejects(record)
        self.assertEqual([row[:4] for row in rows[1:]], ["P004", "P009"])

    def test_one_that_is_given_up_keeps_them_as_well(self):
        record = self.given_up()
        self.assertTrue(record.finished_at)
        rows = self.rejects(record)
        self.assertEqual([row[:4] for row in rows[1:]], ["P004", "P009"])

    def test_one_that_has_not_begun_has_no_such_file(self):
        record = self.make(ROWS)
        record.enqueue()
        record.cancel()
        self.assertTrue(record.finished_at)
        self.assertFalse(record.rejects_file)

    def test_one_whose_file_cannot_be_read_any_more_ends_all_the_same(self):
        record = self.make(ROWS)
        record.enqueue()

        def stop(count):
            if count == 1:
                domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
                files = self.env["ir.attachment"].search(
                    [*domain, ("res_field", "=", "file")]
                )
                files.raw = b"%PDF-1.7"
                record.cancel()
            return 60.0

        run = "odoo.addons.client_extension.models.imports.engine.run"
        with self.committing(stop), mute_logger(run):
            self.env["client.import"]._cron_import()
        self.assertEqual(record.state, "cancelled")
        self.assertFalse(record.rejects_file)

    def test_it_is_undone_after_it_was_checked_again(self):
        before = self.dump()
        record = self.stopped()
        record.check()
        self.assertEqual(record.state, "checked")
        self.assertTrue(record.can_undo)
        self.assertIn("Undo it", record.next_step)
        record.undo()
        self.assertEqual(record.state, "undone")
        self.assert_undone(before, self.dump())

    def test_it_is_undone_after_its_answers_were_changed(self):
        before = self.dump()
        record = self.stopped()
        record.warn_cells = True
        self.assertEqual(record.state, "draft")
        self.assertTrue(record.can_undo)
        record.undo()
        self.assert_undone(before, self.dump())

    def test_it_is_undone_after_a_run_that_changed_nothing(self):
        before = self.dump()
        record = self.stopped("reference;name\n" + "P1;A\n" * 12)
        record.mode = "create_skip"
        record.run()
        self.assertEqual(self.counts(record), (0, 0, 0, 12, 0))
        self.assertTrue(record.can_undo)
        record.undo()
        self.assert_undone(before, self.dump())

    def test_what_changed_nothing_has_nothing_to_undo(self):
        record = self.make(ROWS)
        record.check()
        self.assertFalse(record.can_undo)
        with self.assertRaises(UserError):
            record.undo()
        self.run_import("reference;name\nP1;A\n")
        record = self.run_import("reference;name\nP1;A\n")
        self.assertFalse(record.can_undo)

    def test_whether_many_can_be_undone_is_one_query(self):
        records = self.env["client.import"]
        for number in range(5):
            records |= self.run_import(f"reference;name\nP{number};A\n")
        self.env.flush_all()
        for some in (records[:1], records):
            some.invalidate_recordset()
            some.mapped("state")
            with self.assertQueryCount(1):
                self.assertEqual(some.mapped("can_undo"), [True] * len(some))
