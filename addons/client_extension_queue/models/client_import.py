from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.client_extension.models.imports.client_import_queue import (
    LOCK,
    LOCK_DELAY,
)
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.jobrunner.runner import PG_ADVISORY_LOCK_ID

LIMIT = "client_extension_queue.limit"
DEFAULT_LIMIT = 2000
#: after so long without a job that did something, the cron takes over
STALL = timedelta(minutes=10)


class ClientImport(models.Model):
    """Which imports go on in jobs, and what that means for all others."""

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

    def _hand_over(self):
        """Leave a long import to jobs, the others to the cron."""
        books = self._books()
        if not (self._is_for_jobs() and self._has_job_runner()):
            return super()._hand_over()
        books.write({"in_jobs": True, "moved_at": fields.Datetime.now()})
        description = self.env._(
            "Client import %s: split the file", books.file_name or ""
        )
        return self._delayed(description)._job_share_out()

    def _is_for_jobs(self):
        """:return: bool, whether there are enough rows to share them out"""
        books = self._books()
        count = books.mend_count if books.is_mending else books.row_count
        # the rows of a file that is read in the background are not counted yet
        return count > self._get_jobs_limit() or (not count and self._is_long())

    def _get_jobs_limit(self):
        """:return: int, how many rows are left to the cron"""
        # Superuser: the limit is no secret.
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param(LIMIT, DEFAULT_LIMIT))

    def _has_job_runner(self):
        """Say whether somebody runs the jobs of this database.

        :return: bool, whether queue_job's runner has its lock here; overridden by
            bridges that run jobs in another way
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
        books = self._books()
        books.chunk_ids.unlink()
        books.in_jobs = False
        return super()._reset(state)

    # Stop

    def cancel(self):
        """Leave the chunks that no job has begun; mended rows are then closed.

        The books of mended rows are closed by who does the last chunk.
        """
        shared = self.filtered(lambda r: r.is_mending and r.in_jobs and r.chunk_ids)
        shared._check_importer()
        shared._check_state("queued", "running")
        for record in shared:
            record._in_company()._leave_chunks()
        rest = self - shared
        return super(ClientImport, rest).cancel() if rest else True

    def _close_mend(self):
        result = super()._close_mend()
        self._leave_jobs()
        return result

    def _leave_jobs(self):
        """Forget what only an import in jobs needs."""
        books = self._books()
        books.chunk_ids.unlink()
        books.in_jobs = False

    def _take_from_jobs(self):
        """Leave an import to the cron, or stop it where that would do rows twice."""
        books = self._books()
        if not any(books.chunk_ids.mapped("is_done")):
            books.write({"state": "queued", "in_jobs": False})
            self._wake()
            return
        books.chunk_ids.filtered(lambda chunk: not chunk.is_done).unlink()
        if not books.is_mending:
            books.state = "cancelled"
        self._add_up()
        if not books.is_mending:
            self._close_stopped()

    # Cron

    def _run_queued(self):
        """Leave an import in jobs alone, unless no job does anything for it."""
        if not self.in_jobs:
            return super()._run_queued()
        if not self._is_stalled():
            return True
        if self.state == "running":
            return self._run_chunks()
        if self._is_taken():
            return True
        self._books().in_jobs = False
        return super()._run_queued()

    def _is_stalled(self):
        """:return: bool, whether jobs have done nothing for so long that none will"""
        return (self.moved_at or self.create_date) < fields.Datetime.now() - STALL

    def _run_chunks(self):
        """Do what the jobs left, chunk by chunk.

        :return: bool, whether there is time for another import
        """
        commit = self.env["ir.cron"]._commit_progress
        chunks = self._books().chunk_ids.filtered(lambda chunk: not chunk.is_done)
        counts = {chunk.id: chunk.row_count for chunk in chunks}
        left = sum(counts.values())
        # also where the last job ended before it could do so
        self._add_up_alone()
        self.env.invalidate_all()
        for chunk_id, count in counts.items():
            try:
                self._do_job(chunk_id)
            except RetryableJobError as error:
                if error.__cause__:
                    raise error.__cause__ from None
                # a job is at it after all, or the company is busy
                self._wake(delay=LOCK_DELAY)
                return True
            self.env.invalidate_all()
            left -= count
            if not self._has_time(commit(count, remaining=left)):
                return False
        return self._has_time(commit())

    # Locks

    def _try_lock(self):
        """Wait for an import in jobs too: it holds no lock between two of them."""
        return not self._is_taken() and super()._try_lock()

    def _is_taken(self):
        """:return: bool, whether another import in jobs writes where this one does"""
        same = Domain("company_id", "=", self.company_id.id)
        if self.is_shared:
            same |= Domain("is_shared", "=", True)
        # Superuser: imports of others count, and nothing of them is told.
        running = [("in_jobs", "=", True), ("state", "=", "running")]
        others = Domain(running) & Domain("id", "!=", self.id) & same
        return bool(self.sudo().search_count(others, limit=1))

    def _try_lock_shared(self):
        """Take the locks of the import beside the other jobs of it.

        :return: bool, whether they were free
        """
        for key in self._get_lock_keys():
            self.env.cr.execute(
                SQL("SELECT pg_try_advisory_xact_lock_shared(%s, %s)", LOCK, key)
            )
            if not self.env.cr.fetchone()[0]:
                return False
        return True
