import time
from contextlib import suppress
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.client_extension.models.imports.background import client_import_attempt
from odoo.addons.queue_job.exception import RetryableJobError

from .common import JOBS, ROWS, JobsCase, Killed

#: rows of one reference in one chunk, apart from each other
REPEATED = ROWS.replace("J002", "J009").replace("J015", "J009")


@tagged("post_install", "-at_install")
class TestJobsAttempt(JobsCase):
    """A job that its server stops is known, halved, and refused row by row."""

    def slow(self, error=Killed, reference="J009"):
        """Stop a worker that creates the client of this reference."""
        partners = type(self.env["res.partner"])
        create = partners._create_imported

        def is_slow(records, vals_list):
            if any(vals.get("ref") == reference for vals in vals_list):
                raise error
            return create(records, vals_list)

        self.patch(partners, "_create_imported", is_slow)

    def work(self, trap, most=20):
        """Do all jobs, those that are killed again as the queue does it.

        :return: int, number of workers that were killed
        """
        jobs, killed = list(trap.enqueued_jobs), 0
        while jobs and killed < most:
            job = jobs.pop(0)
            try:
                jobs += self.trapped(job.perform).enqueued_jobs
            except Killed:
                killed += 1
                jobs.append(job)
        self.assertFalse(jobs, "the jobs go on")
        return killed

    def test_a_row_that_is_too_slow_is_refused_by_name(self):
        self.slow()
        record, trap = self.enqueue(ROWS)
        killed = self.work(trap)
        self.assertEqual(record.state, "done_with_problems")
        self.assertEqual(self.counts(record), (24, 0, 0, 0, 1))
        self.assertEqual(self.codes(record), [(11, "apply_time")])
        self.assertEqual(record.attempt_count, killed)
        self.assertLessEqual(killed, 6)
        self.assertIn("too long", record.last_error)
        self.assertFalse(record.chunk_ids or record.in_jobs or record.attempt)
        self.assertEqual(len(self.client("J008")), 1)

    def test_the_other_jobs_go_on_before_the_one_that_was_lost(self):
        self.slow()
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        with suppress(Killed):
            trap.enqueued_jobs[0].perform()
        again = self.trapped(trap.enqueued_jobs[0].perform)
        again.assert_jobs_count(1)
        self.assertEqual((record.state, record.attempt_count), ("running", 1))
        self.assertFalse(self.client("J000"))
        for job in trap.enqueued_jobs[1:]:
            job.perform()
        self.assertEqual(record.rows_done, 15)
        self.assertEqual(self.work(again), 3)
        self.assertEqual(self.counts(record), (24, 0, 0, 0, 1))

    def test_the_rows_of_one_reference_keep_their_order_in_parts(self):
        self.slow(reference="J005")
        record, trap = self.enqueue(REPEATED)
        self.work(trap)
        self.assertEqual(self.counts(record), (22, 2, 0, 0, 1))
        self.assertEqual(self.client("J009").name, "Client 15")

    def test_the_first_line_of_a_repeated_reference_is_named_in_parts(self):
        self.patch(client_import_attempt, "FIRST", 3)
        self.hurry()
        record, trap = self.enqueue(REPEATED, mode="create")
        self.work(trap)
        self.assertEqual(
            self.codes(record), [(11, "match_repeated"), (17, "match_repeated")]
        )
        self.assertIn("4", record.problem_ids[0].message)

    def test_corrected_rows_that_are_too_slow_are_refused(self):
        text = ROWS.replace("name\n", "name;email\n")
        text = "".join(
            f"{line};x\n" if ";email" not in line else f"{line}\n"
            for line in text.splitlines()
        )
        record = self.run_jobs(text)
        self.assertEqual(record.rejected_count, 25)
        with record._get_opener("rejects_file")() as stream:
            fixed = stream.read().decode().replace(";x;", ";x@example.com;")
        self.slow()
        self.work(self.trapped(record.correct, self.encode(fixed)))
        self.assertEqual(self.counts(record), (24, 0, 0, 0, 1))
        self.assertEqual(self.codes(record), [(11, "apply_time")])

    def test_a_job_that_takes_long_leaves_the_rest_to_the_next(self):
        self.patch(client_import_attempt, "FIRST", 4)
        self.hurry()
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        rest = self.trapped(trap.enqueued_jobs[0].perform)
        self.assertEqual((record.rows_done, record.state), (4, "running"))
        rest.assert_jobs_count(1)
        record.cancel()
        self.work(rest)
        self.assertEqual(self.counts(record), (4, 0, 0, 0, 0))

    def test_what_a_part_has_done_is_counted_after_a_stop(self):
        self.patch(client_import_attempt, "FIRST", 4)
        self.slow(reference="J005")
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        with suppress(Killed):
            trap.enqueued_jobs[0].perform()
        self.assertEqual(len(self.client("J003")), 1)
        record.cancel()
        self.work(trap)
        self.assertEqual(self.counts(record), (4, 0, 0, 0, 0))

    def test_chunks_are_cut_by_time(self):
        self.patch(client_import_attempt, "FIRST", 2)
        model = type(self.env["client.import"])
        self.patch(model, "_get_chunk_seconds", lambda record: 0.1)
        partners, sizes = type(self.env["res.partner"]), []
        create = partners._create_imported

        def slow(records, vals_list):
            sizes.append(len(vals_list))
            if len(sizes) < 3:
                time.sleep(0.05 * len(vals_list))
            return create(records, vals_list)

        self.patch(partners, "_create_imported", slow)
        record = self.run_jobs(ROWS)
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))
        self.assertEqual(sizes[:2], [2, 1])
        self.assertFalse(record.attempt_count)

    @mute_logger(JOBS)
    def test_a_statement_timeout_is_noted_and_halved(self):
        self.slow(psycopg2.errors.QueryCanceled("statement timeout"))
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        for _try in range(6):
            with suppress(RetryableJobError):
                trap.enqueued_jobs[0].perform()
        self.work(trap)
        self.assertEqual(self.codes(record), [(11, "apply_time")])
        self.assertEqual(record.last_error, "statement timeout")

    @mute_logger(JOBS)
    def test_a_row_that_somebody_else_writes_is_never_refused(self):
        self.slow(psycopg2.errors.SerializationFailure("somebody was faster"))
        record, trap = self.enqueue(ROWS)
        trap = self.perform(trap)
        for _try in range(8):
            with suppress(RetryableJobError):
                trap.enqueued_jobs[0].perform()
        self.assertFalse(record.problem_ids)
        self.assertEqual(record.state, "running")

    def test_the_cron_refuses_a_row_that_jobs_have_left(self):
        self.slow()
        record, trap = self.enqueue(ROWS)
        self.perform(trap)
        for _worker in range(9):
            self.stall(record)
            with suppress(Killed):
                self.cron()
        self.assertEqual(self.counts(record), (24, 0, 0, 0, 1))
        self.assertFalse(record.in_jobs)

    def test_a_file_that_cannot_be_split_in_time_is_refused(self):
        record, trap = self.enqueue(ROWS)
        model = type(self.env["client.import"])

        def killed(*args):
            raise Killed

        with patch.object(model, "_note_file", killed):
            self.assertEqual(self.work(trap), 3)
        self.assertEqual((record.state, record.task), ("failed", False))
        self.assertEqual(record.problem_ids.code, "file_time")

    def hurry(self):
        """End each job after its first part."""
        model = type(self.env["client.import"])
        self.patch(model, "_get_stint", lambda record: 0)
