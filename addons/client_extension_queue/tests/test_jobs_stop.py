from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.client_extension.tests.common_import import raise_end_of_time
from odoo.addons.queue_job.exception import RetryableJobError

from ..hooks import uninstall_hook
from .common import ROWS, JobsCase


@tagged("post_install", "-at_install")
class TestJobsStop(JobsCase):
    """An import that is stopped, or cannot go on."""

    def test_cancelled_jobs_do_nothing(self):
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        trap.enqueued_jobs[0].perform()
        record.cancel()
        self.perform(trap)
        self.assertEqual((record.state, record.rows_done), ("cancelled", 10))
        self.assertEqual(self.counts(record), (10, 0, 0, 0, 0))
        self.assertFalse(self.client("J015"))

    def test_the_rows_that_were_rejected_before_the_stop_come_back(self):
        rows = ROWS.replace("J003;", ";").replace("J015;", ";")
        record, trap = self.enqueue(rows)
        trap = self.perform(trap)
        trap.enqueued_jobs[0].perform()
        record.cancel()
        self.assertTrue(record.finished_at)
        self.assertEqual(self.rejected(record), [";Client 3;5"])

    def test_a_chunk_that_ends_after_the_stop_has_its_rejected_rows_too(self):
        record, trap = self.enqueue(ROWS.replace("J003;", ";"))
        trap = self.perform(trap)
        model = type(self.env["client.import"])
        do_chunk = model._do_chunk

        def cancelled(client_import, chunk_id):
            do_chunk(client_import, chunk_id)
            client_import.cancel()

        with patch.object(model, "_do_chunk", cancelled):
            trap.enqueued_jobs[0].perform()
        self.assertEqual(record.state, "cancelled")
        self.assertEqual(self.rejected(record), [";Client 3;5"])

    def test_the_rows_of_a_stopped_import_go_with_its_file(self):
        record, trap = self.enqueue(ROWS)
        self.perform(trap)
        chunks = record.chunk_ids
        record.cancel()
        self.assertTrue(chunks.exists())
        record.action_clear()
        self.assertFalse(chunks.exists())
        self.assertFalse(record.file)

    def test_an_import_that_is_given_up_keeps_its_rejected_rows(self):
        record, trap = self.enqueue(ROWS.replace("J003;", ";"))
        trap = self.perform(trap)
        trap.enqueued_jobs[0].perform()
        record._end_jobs("The end.")
        self.assertEqual(record.state, "failed")
        self.assertTrue(record.finished_at)
        self.assertEqual(self.rejected(record), [";Client 3;5"])

    def rejected(self, record):
        """:return: list of the rejected rows, up to their line"""
        content = record._get_opener("rejects_file")().read().decode()
        return [line.rpartition(";")[0] for line in content.splitlines()[1:]]

    def test_cancelled_before_the_file_is_cut(self):
        record, trap = self.enqueue(ROWS)
        record.cancel()
        self.perform(trap).assert_jobs_count(0)
        self.assertEqual(record.state, "cancelled")

    def test_a_chunk_that_ends_after_the_cancel_is_counted(self):
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        model = type(self.env["client.import"])
        do_chunk = model._do_chunk

        def cancelled(client_import, chunk_id):
            do_chunk(client_import, chunk_id)
            client_import._as_engine().state = "cancelled"

        with patch.object(model, "_do_chunk", cancelled):
            trap.enqueued_jobs[0].perform()
        self.assertEqual((record.state, record.created_count), ("cancelled", 10))

    def test_begun_again_after_a_cancel(self):
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        trap.enqueued_jobs[0].perform()
        record.cancel()
        again = self.trapped(record.enqueue)
        self.perform(trap)  # jobs of the first time
        self.assertEqual((record.state, record.rows_done), ("queued", 0))
        while again.enqueued_jobs:
            again = self.perform(again)
        self.assertEqual(self.counts(record), (15, 0, 10, 0, 0))

    def test_a_chunk_that_cannot_be_done_ends_the_import(self):
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        trap.enqueued_jobs[0].perform()
        with self.failing(["J012"]):
            self.perform(trap)
        self.assertEqual((record.state, record.created_count), ("failed", 10))
        self.assertEqual(record.problem_ids.code, "apply_failed")
        self.assertIn("bug", record.problem_ids.message)
        self.assertTrue(record.finished_at)

    def test_a_row_that_cannot_be_stored_is_rejected_alone(self):
        partners = type(self.env["res.partner"])
        create = partners.create

        def refuse(records, vals_list):
            if any(vals.get("ref") == "J012" for vals in vals_list):
                raise ZeroDivisionError("bug")
            return create(records, vals_list)

        self.patch(partners, "create", refuse)
        logger = (
            "odoo.addons.client_extension.models.imports.engine.client_import_apply"
        )
        with mute_logger(logger):
            record = self.run_jobs(ROWS)
        self.assertEqual(record.state, "done_with_problems")
        self.assertEqual(self.codes(record), [(14, "apply_failed")])
        self.assertTrue(record.rejects_file)

    def test_what_may_succeed_is_tried_again(self):
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        job = trap.enqueued_jobs[0]
        model = type(self.env["client.import"])

        def late(client_import, chunk_id):
            raise_end_of_time()

        late_chunk = patch.object(model, "_do_chunk", late)
        with late_chunk, self.assertRaises(RetryableJobError):
            job.perform()
        self.assertEqual(record.state, "running")
        self.perform(trap)
        self.assertEqual(record.state, "done")

    def test_the_queue_gives_a_job_up(self):
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        job = trap.enqueued_jobs[0]
        self.assertEqual(job.job_config.on_fail_method_name, "_job_failed")
        getattr(job.recordset, job.job_config.on_fail_method_name)(
            exc_name="FailedJobError", exc_message="Max. retries", exc_info="..."
        )
        self.assertEqual(record.state, "failed")
        self.assertIn("Max. retries", record.problem_ids.message)

    def test_names_that_can_never_be_made_reject_the_rows_that_need_them(self):
        cells = [f"B{i};B;{'x' if i % 2 else ''}\n" for i in range(8)]
        rows = "reference;name;Test badge\n" + "".join(cells)
        rooms = type(self.env["client.import.columns"])
        none = self.env["client.label"]
        with patch.object(rooms, "_add_labels", lambda *args: none):
            record = self.run_jobs(rows)
        self.assertEqual(record.state, "done_with_problems")
        self.assertEqual(self.counts(record), (4, 0, 0, 0, 4))
        self.assertIn("Test badge", record.problem_ids[0].message)

    def test_a_category_that_odoo_refuses_rejects_its_rows_alone(self):
        cells = [f"B{i};B;{'Bad' if i % 2 else 'Good'}\n" for i in range(8)]
        with self.refusing_category("Bad"):
            record = self.run_jobs("reference;name;category\n" + "".join(cells))
        self.assertEqual(self.counts(record), (4, 0, 0, 0, 4))
        self.assertEqual(set(record.problem_ids.mapped("code")), {"apply_refused"})
        self.assertTrue(record.rejects_file)

    def test_uninstalled_before_a_row_was_done(self):
        record, trap = self.enqueue(ROWS)
        self.perform(trap)
        uninstall_hook(self.env)
        self.assertEqual((record.state, record.in_jobs), ("queued", False))
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 9
        ):
            self.env["client.import"]._cron_import()
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))

    def test_uninstalled_in_the_middle(self):
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        trap.enqueued_jobs[2].perform()
        uninstall_hook(self.env)
        self.assertEqual((record.state, record.rows_done), ("cancelled", 5))
        self.assertIn("5", record.next_step)
        attachments = self.env["ir.attachment"]
        self.assertFalse(
            attachments.search([("res_model", "=", "client.import.chunk")])
        )
