from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.client_extension.models.imports.background.client_import_cron import (
    LOCK,
)
from odoo.addons.client_extension.tools.setting_number import get_number
from odoo.addons.client_extension.tools.transient_error import is_end_of_time
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.jobrunner.runner import PG_ADVISORY_LOCK_ID

LIMIT = "client_extension_queue.limit"
DEFAULT_LIMIT = 2000
#: tasks that are split into jobs
JOB_TASKS = ("run", "correct")
#: time without progress in any job after which the cron takes over
STALL = timedelta(minutes=10)


class ClientImport(models.Model):
    """Decides which imports run in jobs, and makes the others wait for them."""

    _inherit = "client.import"

    in_jobs = fields.Boolean(readonly=True, export_string_translation=False)
    moved_at = fields.Datetime(
        readonly=True,
        export_string_translation=False,
        help="When a job last worked on this import.",
    )
    chunk_ids = fields.One2many(
        "client.import.chunk", "import_id", string="Batches", readonly=True
    )

    # Begin

    def _dispatch(self):
        """Leave a long import to jobs, the others to the cron."""
        record = self._as_engine()
        if not (self._is_for_jobs() and self._has_job_runner()):
            return super()._dispatch()
        record.write({"in_jobs": True, "moved_at": fields.Datetime.now()})
        description = self.env._(
            "Client import %s: split the file", record.file_name or ""
        )
        return self._delayed(description)._job_share_out()

    def _is_for_jobs(self):
        """:return: bool, whether there are enough rows to split them into jobs"""
        count = self.task_total
        # The rows of a file that is read in the background are not counted yet.
        return count > self._get_jobs_limit() or (not count and self._is_long())

    def _get_jobs_limit(self):
        """:return: int, maximum number of rows that are left to the cron"""
        # Superuser: the limit is not confidential.
        return get_number(self.env, LIMIT, DEFAULT_LIMIT)

    def _has_job_runner(self):
        """Whether the jobs of this database are being run.

        :return: bool, whether queue_job's runner holds its lock on this database;
            overridden by bridges that run jobs in another way
        """
        self.env.cr.execute(
            SQL(
                """
                SELECT 1
                  FROM pg_locks AS l
                  JOIN pg_database AS d ON d.oid = l.database
                 WHERE d.datname = current_database()
                   AND l.locktype = 'advisory'
                   AND l.objsubid = 1
                   AND (l.classid::bigint << 32 | l.objid::bigint) = %s
                """,
                PG_ADVISORY_LOCK_ID,
            )
        )
        return bool(self.env.cr.fetchone())

    def _reset(self, state):
        """Forget the chunks of an earlier run as well."""
        self._leave_jobs()
        return super()._reset(state)

    # Stop

    def _stop_task(self):
        """Cancel the chunks that no job has started, then close corrected rows.

        If a chunk is still running, the job of the last one closes the corrected rows.
        """
        if self.task == "correct" and self.in_jobs and self.chunk_ids:
            return self._leave_chunks()
        return super()._stop_task()

    def _end_task(self, **vals):
        """Delete the chunks of a file that is finished; a job may still be working on
        those of a stopped one."""
        result = super()._end_task(**vals)
        if vals.get("state") in ("done", "done_with_problems"):
            self._leave_jobs()
        return result

    def _leave_jobs(self):
        """Delete what only an import in jobs needs."""
        record = self._as_engine()
        record.chunk_ids.unlink()
        record.in_jobs = False

    def _take_from_jobs(self):
        """Leave an import to the cron, or stop it if the cron would repeat rows."""
        record = self._as_engine()
        if not any(chunk.is_done or chunk.done_count for chunk in record.chunk_ids):
            record.write({"state": "queued", "in_jobs": False})
            self._trigger_cron()
            return
        left = record.chunk_ids.filtered(lambda chunk: not chunk.is_done)
        if left:
            self._add_up(left.ids)
        left.unlink()
        is_run = record.task == "run"
        if is_run:
            self._end_task(state="cancelled")
        self._add_up()
        if is_run:
            self._make_task("run").close_early()

    # Cron

    def _get_background_note(self):
        """Say nothing about the cron while jobs process the import."""
        if self.in_jobs and self.task in JOB_TASKS:
            return False
        return super()._get_background_note()

    def _resume_task(self):
        """Leave an import in jobs alone, unless its jobs are stalled."""
        if not (self.in_jobs and self.task in JOB_TASKS):
            return super()._resume_task()
        if not self._is_stalled():
            return True
        if self.state == "running":
            return self._run_chunks()
        if self._is_taken():
            return True
        self._as_engine().in_jobs = False
        return super()._resume_task()

    def _is_stalled(self):
        """:return: bool, whether jobs have made no progress for too long"""
        return (self.moved_at or self.create_date) < fields.Datetime.now() - STALL

    def _run_chunks(self):
        """Process the chunks that the jobs have left.

        :return: bool, whether there is time for another import
        """
        commit = self.env["ir.cron"]._commit_progress
        chunks = self._as_engine().chunk_ids.filtered(lambda chunk: not chunk.is_done)
        counts = {chunk.id: chunk.row_count for chunk in chunks}
        left = sum(counts.values())
        # Needed if the last job ended before it could do so.
        self._add_up_alone()
        self.env.invalidate_all()
        for chunk_id, count in counts.items():
            try:
                while not (self._do_job(chunk_id) or self._is_time_over()):
                    self.env.invalidate_all()
            except RetryableJobError as error:
                if error.__cause__ and is_end_of_time(error.__cause__):
                    raise error.__cause__ from None
                # A job is working on it after all, the company is busy, or what was
                # begun is lost, which is noted.
                self._wait_for_lock()
                return True
            self.env.invalidate_all()
            left -= count
            if not self._has_time(commit(count, remaining=left)):
                return False
        return self._has_time(commit())

    # Locks

    def _try_lock(self):
        """Wait for an import in jobs too: it holds no lock between two jobs."""
        return not self._is_taken() and super()._try_lock()

    def _is_taken(self):
        """:return: bool, whether an import in jobs writes to the same references"""
        same = Domain("company_id", "=", self.company_id.id)
        if self.is_shared:
            same |= Domain("is_shared", "=", True)
        # Superuser: imports of other users count, but nothing about them is shown.
        running = [("in_jobs", "=", True), ("state", "=", "running")]
        others = Domain(running) & Domain("id", "!=", self.id) & same
        return bool(self.sudo().search_count(others, limit=1))

    def _try_lock_shared(self):
        """Take the locks of the import, shared with its other jobs.

        :return: bool, whether they were free
        """
        for key in self._get_lock_keys():
            self.env.cr.execute(
                SQL("SELECT pg_try_advisory_xact_lock_shared(%s, %s)", LOCK, key)
            )
            if not self.env.cr.fetchone()[0]:
                return False
        return True
