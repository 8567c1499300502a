from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...importer.types import Column
from ...models.imports.background import client_import_cron
from ...models.imports.background.client_import_cron import LIMIT
from ...tools import setting_number
from ..common_import import ImportCase

ROWS = "reference;name\nF1;Anna\nF2;Bruno\n"
DAYS = ("client_extension.label_days", "client_extension.journal_days")
LOG = setting_number.__name__
CRON_LOG = client_import_cron.__name__


@tagged("post_install", "-at_install")
class TestImportFaults(ImportCase):
    """Imports around which something else is wrong say what, and lose nothing."""

    def setUp(self):
        super().setUp()
        # waiting imports of the database that runs the tests are not touched
        self.env["client.import"].search([]).write(
            {"state": "cancelled", "task": False}
        )

    def run_crons(self):
        model = type(self.env["ir.cron"])
        with patch.object(model, "_commit_progress", lambda *args, **kwargs: 60.0):
            self.env["client.import"]._cron_import()
            self.env["client.import"]._cron_undo()

    # The user

    def test_an_import_of_an_archived_user_is_refused_and_can_be_taken_over(self):
        record = self.make(ROWS)
        record.enqueue()
        self.importer.active = False
        self.run_crons()
        self.assertEqual(record.state, "failed")
        self.assertIn("is archived", record.problem_ids.message)
        self.assertFalse(self.client("F1"))
        manager = record.with_user(self.users["manager"])
        manager.enqueue()
        self.run_crons()
        self.assertEqual(record.state, "done")
        self.assertEqual(record.user_id, self.users["manager"])
        self.assertEqual(self.client("F1").create_uid, self.users["manager"])

    def test_whoever_runs_a_stopped_import_is_its_user(self):
        record = self.make(ROWS)
        record.with_user(self.users["manager"]).run()
        self.assertEqual(record.user_id, self.users["manager"])

    @mute_logger(CRON_LOG)
    def test_an_undo_of_an_archived_user_says_so(self):
        record = self.run_import(ROWS)
        self.env["ir.config_parameter"].set_param(LIMIT, 1)
        record.undo()
        self.assertEqual(record.task, "undo")
        self.importer.active = False
        self.run_crons()
        self.assertEqual((record.state, record.task), ("done", False))
        self.assertIn("is archived", record.problem_ids.message)
        self.assertTrue(self.client("F1"))

    @mute_logger(CRON_LOG)
    def test_an_undo_that_fails_quotes_no_row(self):
        record = self.run_import(ROWS)
        self.env["ir.config_parameter"].set_param(LIMIT, 1)
        record.undo()
        changes = type(self.env["client.import.change"])
        error = ValueError("odd\nDETAIL:  Failing row contains (secret).")
        with patch.object(changes, "_get_next", side_effect=error):
            self.run_crons()
        self.assertEqual((record.state, record.task), ("done", False))
        self.assertIn("odd", record.problem_ids.message)
        self.assertNotIn("secret", record.problem_ids.message)

    # Deletion

    def test_an_import_that_moves_is_not_deleted(self):
        record = self.make(ROWS, self.users["manager"])
        record.enqueue()
        with self.assertRaisesRegex(UserError, "has not finished"):
            record.unlink()
        record.cancel()
        record.unlink()
        self.assertFalse(record.exists())

    def test_an_import_that_is_undone_is_not_deleted(self):
        record = self.run_import(ROWS, user=self.users["manager"])
        self.env["ir.config_parameter"].set_param(LIMIT, 1)
        record.undo()
        with self.assertRaisesRegex(UserError, "has not finished"):
            record.unlink()
        self.run_crons()
        record.unlink()

    # Scheduled actions

    def test_a_cron_that_is_switched_off_is_said(self):
        cron = self.env.ref("client_extension.client_import_cron")
        record = self.make(ROWS)
        record.enqueue()
        self.assertFalse(record.background_note)
        self.assertIn("shortly", record.next_step)
        cron.active = False
        record.invalidate_recordset()
        self.assertIn(cron.name, record.background_note)
        self.assertIn("switched off", record.background_note)
        self.assertFalse(record.next_step, "it will not start")

    def test_a_cron_that_is_deleted_is_said(self):
        self.env.ref("client_extension.client_import_cron").unlink()
        record = self.make(ROWS)
        record.enqueue()
        self.assertIn("has been deleted", record.background_note)
        record.cancel()
        self.assertFalse(record.background_note)

    def test_other_crons_that_are_gone_are_said(self):
        label = self.env["client.label"].create({"name": "Old"})
        label.active = False
        self.env.ref("client_extension.client_label_cron").active = False
        with self.assertRaisesRegex(UserError, "switched off"):
            label.action_clear()
        self.patch_search()
        search = self.env["client.duplicate.search"].create({})
        self.env.ref("client_extension.client_duplicate_cron").unlink()
        with self.assertRaisesRegex(UserError, "has been deleted"):
            search.action_search()

    def patch_search(self):
        """Have any search for duplicates wait for its cron."""
        name = "odoo.addons.client_extension.models.duplicates.client_duplicate_search"
        self.startPatcher(patch(f"{name}.AT_ONCE", -1))

    # Settings

    def test_a_setting_that_is_no_number_is_its_default(self):
        parameters = self.env["ir.config_parameter"]
        for key in (
            LIMIT,
            "client_extension.label_days",
            "client_extension.journal_days",
        ):
            parameters.set_param(key, "many")
        with self.assertLogs(LOG, "WARNING") as log:
            self.assertEqual(self.make(ROWS)._get_limit(), 500)
            self.env["client.label"]._expire()
            self.env["client.import.journal"]._expire()
        self.assertEqual(len(log.output), 3)
        self.assertIn("'many', not a whole number: 500 is used", log.output[0])

    def test_a_setting_below_zero_is_zero(self):
        self.env["ir.config_parameter"].set_param(LIMIT, "-3")
        self.assertEqual(self.make(ROWS)._get_limit(), 0)

    def test_a_setting_beyond_all_days_does_not_overflow(self):
        parameters = self.env["ir.config_parameter"]
        for key in DAYS:
            parameters.set_param(key, "9" * 12)
        self.env["client.label"]._expire()
        self.env["client.import.journal"]._expire()

    # The file

    def test_a_file_that_is_lost_is_no_empty_file(self):
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "file")
        record = self.make(ROWS)
        attachments = type(self.env["ir.attachment"])
        with (
            patch.object(attachments, "_full_path", lambda self, path: "/nowhere"),
            mute_logger("odoo.addons.base.models.ir_attachment"),
        ):
            self.env.invalidate_all()
            record.action_import()
        self.assertEqual(record.state, "failed")
        self.assertEqual(record.problem_ids.code, "file_missing")

    def test_memory_that_runs_out_is_no_fault_of_a_row(self):
        partners = self.registry["res.partner"]
        record = self.make(ROWS)

        def create(*args):
            raise MemoryError

        with patch.object(partners, "create", create), self.assertRaises(MemoryError):
            record.run()

    # The apps

    def test_a_checked_file_whose_column_is_gone_is_checked_again(self):
        columns = self.registry["client.import.columns"]
        known = columns._get_import_columns
        more = Column("tutor", "function")
        rows = "reference;name;tutor\nF1;Anna;Bruno\n"
        with patch.object(
            columns, "_get_import_columns", lambda self: (*known(self), more)
        ):
            checked, queued = self.make(rows), self.make(rows)
            (checked | queued).check()
            queued.enqueue()
        checked.run()
        self.run_crons()
        for record in (checked, queued):
            self.assertEqual(record.state, "failed")
            self.assertEqual(record.problem_ids.mapped("code"), ["header_changed"])
            self.assertIn("“tutor”", record.problem_ids.message)
        self.assertFalse(self.client("F1"))
        checked.check()
        checked.run()
        self.assertEqual(checked.state, "done")
        self.assertEqual(
            list(self.client("F1").client_properties._values.values()), ["Bruno"]
        )

    def test_corrected_rows_whose_column_is_gone_are_refused(self):
        columns = self.registry["client.import.columns"]
        known = columns._get_import_columns
        more = Column("tutor", "function")
        rows = "reference;name;tutor;email\nF1;Anna;Bruno;anna\n"
        corrected = self.encode(rows.replace("anna", "anna@example.com"))
        with patch.object(
            columns, "_get_import_columns", lambda self: (*known(self), more)
        ):
            record = self.run_import(rows)
            self.assertEqual(record.state, "done_with_problems")
        with (
            self.assertRaisesRegex(UserError, "“tutor”"),
            self.env.cr.savepoint(),
        ):
            record.correct(corrected)
        self.assertFalse(self.client("F1"))
        with patch.object(
            columns, "_get_import_columns", lambda self: (*known(self), more)
        ):
            record.correct(corrected)
        self.assertEqual(record.state, "done")
        self.assertEqual(self.client("F1").function, "Bruno")
