import time
from contextlib import suppress
from itertools import islice

import psycopg2

from odoo import api, fields, models
from odoo.tools import config

from odoo.addons.client_extension.models.imports.background import (
    client_import_attempt,
)
from odoo.addons.client_extension.models.imports.engine import context as rows_context
from odoo.addons.queue_job.exception import RetryableJobError

from . import client_import_jobs
from .client_import_jobs import CHUNK_KEY, COUNTS, ChunkId, get_busy_error

#: instead of a number of rows: those that were begun before are lost
LOST = -1


class ClientImport(models.Model):
    """What a job has begun, noted so that the next one knows what was lost.

    In the environment of a chunk, the notes of an import are those of the chunk.
    """

    _inherit = "client.import"  # pylint: disable=consider-merging-classes-inherited

    # Chunk

    def _get_chunk(self, chunk_id):
        """:return: ``client.import.chunk``, empty if it was deleted"""
        # Superuser: users have no write access to chunks.
        return self.env["client.import.chunk"].sudo().browse(chunk_id).exists()

    def _in_chunk(self, chunk_id):
        """:return: the import, in the environment of one of its chunks"""
        return self.with_context(**{CHUNK_KEY: ChunkId(chunk_id)})

    def _get_current_chunk(self):
        """:return: the chunk of this environment, or None"""
        chunk_id = self.env.context.get(CHUNK_KEY)
        if not isinstance(chunk_id, ChunkId):
            return None
        # Superuser: users have no write access to chunks.
        return self.env["client.import.chunk"].sudo().browse(int(chunk_id))

    def _lock_chunk(self, chunk_id):
        """Take the locks that a job needs for one chunk.

        :return: ``client.import.chunk``, empty if nothing is left to do
        :raise RetryableJobError: when another worker has one of them
        """
        chunk = self._get_chunk(chunk_id)
        if not chunk or chunk.is_done or self._as_engine().state != "running":
            return chunk.browse()
        if not (chunk.try_lock_for_update() and self._try_lock_shared()):
            raise get_busy_error()
        return chunk

    # Note

    def _get_attempt(self):
        """In a chunk, its own note, and the size that was right for others."""
        attempt = super()._get_attempt()
        chunk = self._get_current_chunk()
        if chunk is None:
            return attempt
        return {"next": attempt.get("next"), **(chunk.attempt or {})}

    def _set_attempt(self, attempt):
        """In a chunk, store its note on it."""
        chunk = self._get_current_chunk()
        if chunk is None:
            return super()._set_attempt(attempt)
        chunk.attempt = attempt
        return None

    def _get_attempt_done(self):
        """In a chunk, count its rows alone."""
        chunk = self._get_current_chunk()
        return super()._get_attempt_done() if chunk is None else chunk.done_count

    def _get_chunk_limit(self):
        """In a job, a chunk may be done in a single part."""
        if self._get_current_chunk() is None:
            return super()._get_chunk_limit()
        return client_import_jobs.CHUNK_ROWS

    @api.model
    def _get_time_limit(self):
        """Jobs run in the workers that serve pages, unless a cron does them."""
        in_job = CHUNK_KEY in self.env.context
        if in_job and "cron_end_time" not in self.env.context:
            return config["limit_time_real"]
        return super()._get_time_limit()

    # Parts

    def _begin_split(self):
        """Note that the file is about to be read and split.

        :return: bool, whether it is still to be split
        :raise RetryableJobError: when another import of the company is under way
        """
        with self._transaction() as record:
            this = record._as_engine()
            if not this.in_jobs or this.state != "queued":
                return False
            if not record._try_lock():
                raise get_busy_error()
            if record._get_attempt().get("size"):
                record._note_stopped()
            record._note_attempt(client_import_attempt.READING)
        return True

    def _import_chunk(self, chunk_id):
        """Process the rows of one chunk in parts, as long as there is time.

        :return: bool, whether nothing is left to do
        """
        end = time.monotonic() + self._in_chunk(chunk_id)._get_stint()
        while size := self._begin_part(chunk_id):
            if size == LOST:
                return False
            try:
                self._import_part(chunk_id)
            except RetryableJobError:
                self._forget_part(chunk_id)
                raise
            if time.monotonic() >= end or self._is_time_over():
                return False
        return True

    def _begin_part(self, chunk_id):
        """Note the next rows of a chunk before they begin.

        :param chunk_id: int
        :return: int, their number; 0 when nothing is left to do, ``LOST`` when those
            that were begun before are lost
        """
        with self._transaction() as record:
            chunk = record._lock_chunk(chunk_id)
            if not chunk:
                return 0
            record = record._in_chunk(chunk_id)
            if not record._get_attempt().get("size"):
                left = chunk.row_count - chunk.done_count
                size = min(record._get_chunk_size(), left)
                record._note_attempt(size)
                return size
        self._end_lost(chunk_id)
        return LOST

    def _do_part(self, chunk):
        """Process the rows that were noted, and note that they are done.

        :param chunk: ``client.import.chunk``
        """
        task, started = self._make_task(), time.monotonic()
        context = self._open_chunk(chunk)
        skip = self._get_last_number(chunk, context)
        task.replay(context, skip)
        count = self._do_rows(task, context, skip)
        chunk.done_count += count
        self._end_attempt(count, time.monotonic() - started)
        if chunk.done_count >= chunk.row_count:
            chunk.write({"is_done": True, "rows": False})

    def _do_rows(self, task, context, skip):
        """Process rows as many as were noted.

        :return: int, number of rows that were done
        :raise RetryableJobError: when another job has taken the note
        """
        left = size = self._get_attempt().get("size")
        if not size:
            raise get_busy_error()
        context.size, is_given_up = (
            min(left, rows_context.CHUNK),
            self._is_row_given_up(),
        )
        for rows in context.chunks(skip):
            if is_given_up:
                task.refuse_row(context, rows[0])
            else:
                task.do(context, rows)
            left -= len(rows)
            if left <= 0:
                break
            context.size = min(left, rows_context.CHUNK)
        return size - left

    def _get_last_number(self, chunk, context):
        """:return: int, number of the last row of a chunk that is done, or 0"""
        done = islice(context.sheet.rows(), chunk.done_count)
        return max((row.number for row in done), default=0)

    def _note_size(self, chunks):
        """Note the number of rows that were done in time, for the next chunks."""
        sizes = [
            chunk.attempt["next"]
            for chunk in chunks
            if "until" in (chunk.attempt or {})
            and chunk.attempt["until"] <= chunk.done_count
        ]
        if sizes:
            self._set_attempt({**self._get_attempt(), "next": min(sizes)})

    def _end_lost(self, chunk_id=0, error=None):
        """Note that what was begun is lost, see ``_note_lost``.

        :param chunk_id: int, 0 when it was the splitting of the file
        :param error: the exception to which it was lost, None when the server stopped
            the worker
        :return: bool, whether a row may be the reason
        """
        is_culprit = False
        with self._alone(COUNTS, self.id) as record:
            if chunk_id:
                if not record._get_chunk(chunk_id).try_lock_for_update():
                    return False
                record = record._in_chunk(chunk_id)
            if not record._get_attempt().get("size"):
                return False
            if error:
                is_culprit = record._note_lost_to(error)
            else:
                record._note_stopped()
            if "cron_end_time" not in self.env.context:
                # It was a job: this import is not stalled.
                record._as_engine().moved_at = fields.Datetime.now()
        return is_culprit

    def _end_lost_to(self, chunk_id, error):
        """Note that what was begun is lost to an exception, if the database allows.

        :return: bool, whether a row may be the reason: it is refused in the end, so the
            queue does not have to count the tries
        """
        # Without a connection, the next job finds the note of what was begun.
        with suppress(psycopg2.Error):
            return self._end_lost(chunk_id, error)
        return False

    def _forget_part(self, chunk_id):
        """Take back the note of a part for which the locks were no longer free."""
        with self._transaction() as record:
            if record._get_chunk(chunk_id).try_lock_for_update():
                record._in_chunk(chunk_id)._forget_attempt()
