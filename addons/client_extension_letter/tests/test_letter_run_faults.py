from unittest.mock import patch

from odoo.exceptions import LockError, UserError
from odoo.tests import tagged

from .test_letter_run import RunCase


@tagged("post_install", "-at_install")
class TestLetterRunFaults(RunCase):
    """Runs around which something else is wrong say what, and lose nothing."""

    def test_a_run_of_a_user_who_lost_the_right_ends_with_the_reason(self):
        with self.background():
            run = self.run_of(self.zoe)
            self.user.group_ids = [
                (3, self.env.ref("client_extension.group_client_user").id)
            ]
            self.Run._cron_write()
        run = run.sudo()
        self.assertEqual(run.state, "failed")
        self.assertTrue(run.error)
        self.assertFalse(run.letter_ids)
        run.with_user(self.users["manager"]).action_write_missing()
        self.assertEqual(run.user_id, self.users["manager"])
        self.assertEqual(run.letter_ids.client_id, self.zoe)

    def test_a_run_of_an_archived_user_is_refused_and_taken_over(self):
        manager = self.users["manager"]
        with self.background():
            run = self.run_of(self.zoe | self.yves)
            self.user.active = False
            self.Run._cron_write()
            run = run.with_user(manager)
            self.assertEqual((run.state, run.draft_count), ("failed", 0))
            self.assertIn("no longer allowed", run.error)
            run.action_write_missing()
            self.Run._cron_write()
        self.assertEqual((run.state, run.draft_count), ("done", 2))
        self.assertEqual(run.user_id, manager)
        self.assertEqual(run.letter_ids.user_id, manager)
        self.assertEqual(run.letter_ids.create_uid, manager)

    def test_a_run_of_a_user_who_is_there_stays_theirs(self):
        with self.background():
            run = self.run_of(self.zoe)
            run.action_stop()
        run.with_user(self.users["manager"]).action_write_missing()
        self.assertEqual(run.user_id, self.user)
        self.assertEqual(run.letter_ids.user_id, self.user)

    def test_a_run_of_a_user_who_was_deleted_is_refused(self):
        with self.background():
            run = self.run_of(self.zoe).sudo()
            run.user_id = False
            self.Run._cron_write()
        self.assertEqual((run.state, len(run.letter_ids)), ("failed", 0))

    def test_a_cron_that_is_switched_off_or_deleted_is_said(self):
        cron = self.env.ref("client_extension_letter.client_letter_run_cron")
        with self.background():
            run = self.run_of(self.zoe)
        self.assertFalse(run.background_note)
        cron.active = False
        run.invalidate_recordset()
        self.assertIn("switched off", run.background_note)
        cron.unlink()
        run.invalidate_recordset()
        self.assertIn("has been deleted", run.background_note)
        run.action_stop()
        self.assertFalse(run.background_note)

    def test_memory_that_runs_out_is_no_fault_of_a_client(self):
        with self.background():
            run = self.run_of(self.zoe)
            lack = patch.object(
                type(self.Run), "_prepare_letters", side_effect=MemoryError
            )
            with (
                lack,
                self.assertLogs("odoo.addons.client_extension_letter", "WARNING"),
            ):
                self.Run._cron_write()
            self.assertEqual((run.state, run.skipped_count), ("running", 0))
            self.Run._cron_write()
        self.assertEqual((run.state, run.draft_count), ("done", 1))

    def test_a_run_that_moves_is_not_deleted(self):
        with self.background():
            run = self.run_of(self.zoe).with_user(self.users["manager"])
        for state in ("queued", "running"):
            run.sudo().state = state
            with self.assertRaisesRegex(UserError, "still being written"):
                run.unlink()
        run.action_stop()
        run.unlink()
        self.assertFalse(run.exists())

    def test_an_error_ends_one_run_and_not_the_next(self):
        with self.background():
            first, second = self.run_of(self.zoe), self.run_of(self.yves)
            resume = type(self.Run)._resume

            def fail(run):
                if run.id == first.id:
                    raise ValueError("broken\nDETAIL:  Key (email)=(secret)")
                return resume(run)

            with (
                patch.object(type(self.Run), "_resume", fail),
                self.assertLogs("odoo.addons.client_extension_letter", "ERROR"),
            ):
                self.Run._cron_write()
        self.assertEqual(first.state, "failed")
        self.assertEqual(first.error, "ValueError: broken")
        self.assertEqual(second.state, "done")

    def test_a_run_that_somebody_else_has_locked_is_tried_again(self):
        with self.background():
            run = self.run_of(self.zoe)
            error = LockError("locked")
            with (
                patch.object(type(self.Run), "lock_for_update", side_effect=error),
                self.assertLogs("odoo.addons.client_extension_letter", "WARNING"),
            ):
                self.Run._cron_write()
            self.assertEqual((run.state, run.sudo().attempt), ("running", 0))
            self.Run._cron_write()
        self.assertEqual((run.state, run.draft_count), ("done", 1))
