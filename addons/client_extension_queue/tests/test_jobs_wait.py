from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.client_extension.models.imports.background.client_import_cron import (
    LOCK,
)
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.jobrunner.runner import PG_ADVISORY_LOCK_ID

from .common import ROWS, JobsCase


@tagged("post_install", "-at_install")
class TestJobsWait(JobsCase):
    """One import at a time for a company, and a cron where no job comes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.has_job_runner = type(cls.env["client.import"])._has_job_runner

    def test_the_next_import_of_the_company_waits(self):
        _first, first_jobs = self.enqueue(ROWS)
        second, second_jobs = self.enqueue(ROWS.replace("J", "K"))
        first_jobs = self.perform(first_jobs)
        job = second_jobs.enqueued_jobs[0]
        with self.assertRaises(RetryableJobError) as caught:
            job.perform()
        self.assertTrue(
            caught.exception.ignore_retry, "it may wait as long as it takes"
        )
        self.assertEqual(second.state, "queued")
        self.perform(first_jobs)
        self.perform(second_jobs).assert_jobs_count(3)

    def test_imports_without_jobs_wait_as_well(self):
        record, jobs = self.enqueue(ROWS)
        jobs = self.perform(jobs)
        short = self.make("reference;name\nS1;Short\n")
        with self.assertRaises(UserError):
            short.run()
        short.enqueue()
        self.cron()
        self.assertEqual((short.state, record.state), ("queued", "running"))
        self.perform(jobs)
        self.cron()
        self.assertEqual((short.state, record.state), ("done", "done"))

    def test_two_companies_import_at_once(self):
        company = self.make_company()
        stranger = new_test_user(
            self.env,
            "clients_stranger",
            "client_extension.group_client_importer",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        mine, jobs = self.enqueue(ROWS)
        theirs, their_jobs = self.enqueue(ROWS, user=stranger)
        jobs, their_jobs = self.perform(jobs), self.perform(their_jobs)
        for job, their_job in zip(
            jobs.enqueued_jobs, their_jobs.enqueued_jobs, strict=True
        ):
            job.perform()
            their_job.perform()
        self.assertEqual(self.counts(mine), (25, 0, 0, 0, 0))
        self.assertEqual(self.counts(theirs), (25, 0, 0, 0, 0))
        self.assertEqual(self.client("J007").company_id, self.company + company)

    def test_shared_imports_of_two_companies_wait_for_each_other(self):
        company = self.make_company()
        stranger = new_test_user(
            self.env,
            "clients_stranger",
            "client_extension.group_client_importer",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        _mine, jobs = self.enqueue(ROWS, is_shared=True)
        _theirs, their_jobs = self.enqueue(ROWS, user=stranger, is_shared=True)
        self.perform(jobs)
        with self.assertRaises(RetryableJobError):
            their_jobs.enqueued_jobs[0].perform()

    def test_a_job_waits_for_whoever_has_the_company(self):
        record = self.make(ROWS)._in_company()
        for function, free in (("xact_lock", False), ("xact_lock_shared", True)):
            with self.subTest(function), self.registry.cursor() as other:
                other.execute(
                    f"SELECT pg_advisory_{function}(%s, %s)", [LOCK, self.company.id]
                )
                self.assertEqual(record._try_lock_shared(), free)

    def test_without_a_runner_the_cron_does_it(self):
        model = type(self.env["client.import"])
        self.patch(model, "_has_job_runner", self.has_job_runner)
        record, jobs = self.enqueue(ROWS)
        jobs.assert_jobs_count(0)
        self.assertFalse(record.in_jobs)
        with self.registry.cursor() as runner:
            runner.execute("SELECT pg_advisory_xact_lock(%s)", [PG_ADVISORY_LOCK_ID])
            record, jobs = self.enqueue(ROWS)
        jobs.assert_jobs_count(1)
        self.assertTrue(record.in_jobs)

    def test_the_cron_leaves_an_import_to_its_jobs(self):
        record, jobs = self.enqueue(ROWS)
        self.cron()
        self.assertEqual((record.state, record.in_jobs), ("queued", True))
        self.perform(jobs)
        self.cron()
        self.assertEqual((record.state, record.rows_done), ("running", 0))

    def test_the_cron_imports_what_no_job_begins(self):
        record, jobs = self.enqueue(ROWS)
        self.stall(record)
        self.cron()
        self.assertEqual((record.state, record.in_jobs), ("done", False))
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))
        self.perform(jobs).assert_jobs_count(0)
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))

    def test_the_cron_does_the_chunks_that_jobs_left(self):
        record, jobs = self.enqueue(ROWS)
        jobs = self.perform(jobs)
        jobs.enqueued_jobs[1].perform()
        self.stall(record)
        self.cron()
        self.assertEqual((record.state, record.in_jobs), ("done", False))
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))
        self.perform(jobs)
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))

    def test_the_cron_closes_what_jobs_have_done_and_not_counted(self):
        record, jobs = self.enqueue(ROWS)
        jobs = self.perform(jobs)
        with patch.object(type(record), "_add_up", lambda record, *args: None):
            self.perform(jobs)
        self.assertEqual((record.state, record.rows_done), ("running", 0))
        self.stall(record)
        self.cron()
        self.assertEqual((record.state, record.in_jobs), ("done", False))
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))

    def test_the_cron_waits_for_a_job_that_is_slow(self):
        record, jobs = self.enqueue(ROWS)
        jobs = self.perform(jobs)
        self.stall(record)
        model = type(self.env["client.import.chunk"])
        with patch.object(model, "try_lock_for_update", lambda chunk: chunk.browse()):
            self.cron()
        self.assertEqual((record.state, record.rows_done), ("running", 0))
        self.perform(jobs)
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))

    def test_time_that_is_over_leaves_chunks_for_the_next(self):
        record, jobs = self.enqueue(ROWS)
        self.perform(jobs)
        self.stall(record)
        model = type(self.env["ir.cron"])
        with patch.object(model, "_commit_progress", lambda *args, **kwargs: 0.0):
            self.env["client.import"]._cron_import()
        self.assertEqual((record.state, record.rows_done), ("running", 10))

    def test_chunks_of_a_stopped_import_are_forgotten(self):
        record, jobs = self.enqueue(ROWS)
        self.perform(jobs)
        record.cancel()
        chunks = record.chunk_ids
        self.env["client.import.chunk"]._gc_chunks()
        self.assertTrue(chunks.exists())
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE client_import_chunk SET write_date = write_date - interval '2 days'"
        )
        self.env.invalidate_all()
        self.env["client.import.chunk"]._gc_chunks()
        self.assertFalse(chunks.exists())
