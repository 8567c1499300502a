from datetime import timedelta

from odoo import fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ....tools.error_reason import without_details
from ....tools.pace import get_next_size
from ..engine import context

#: rows of the first chunk, when nobody knows yet how long a row takes
FIRST = 100
#: size of an attempt that reads the file, or builds the one of rejected rows
READING = -1
#: attempts that may be lost: of a single row, of reading the file
LOST_ROW, LOST_READING = 2, 3
#: time for which an import lets the others go first after a lost attempt
LOST_DELAY = timedelta(minutes=1)


class ClientImport(models.Model):
    """What a background job has begun, so that the next one knows what was lost.

    A worker that is killed tells nobody. So each chunk is noted, and the note
    committed, before it begins; a note that is still there is a lost chunk. It is
    tried again in halves, down to one row, which is then refused by name.
    """

    _inherit = "client.import"  # pylint: disable=consider-merging-classes-inherited

    attempt = fields.Json(
        readonly=True,
        export_string_translation=False,
        help="size: number of rows that were begun and not finished, -1 for reading "
        "the file; next: of the next chunk; until: row until which chunks do not grow; "
        "single and reading: number of attempts lost at this row, at the file.",
    )
    attempt_count = fields.Integer(
        string="Interruptions",
        readonly=True,
        help="How often the background job was interrupted and tried again.",
    )
    last_error = fields.Char(string="Last Interruption", readonly=True)
    retry_at = fields.Datetime(
        readonly=True,
        export_string_translation=False,
        help="Until then, the other imports go first.",
    )

    # Note

    def _get_attempt(self):
        """:return: dict, the note of what was begun; overridden by bridges whose
        workers process several parts of a file at a time"""
        return dict(self._as_engine().attempt or {})

    def _set_attempt(self, attempt):
        """Store the note of what was begun.

        :param attempt: dict, see :meth:`_get_attempt`
        :return: nothing; overridden together with it
        """
        self._as_engine().attempt = attempt

    def _get_attempt_done(self):
        """:return: int, number of rows before those that the note is about; overridden
        together with :meth:`_get_attempt`"""
        return self._as_engine().task_done

    def _begin_attempt(self, size=READING):
        """Note what begins, and commit the note. This releases the locks.

        :param size: int, number of rows, or ``READING``
        :return: bool, whether it can begin; not when a user has just stopped the task
        """
        record, task = self._as_engine(), self.task
        self._note_attempt(size)
        self._commit_attempt()
        # Read as superuser: this user may have lost the rights, which is said later.
        record.invalidate_recordset(["task", "state"])
        record.fetch(["task", "state"])
        return record.task == task

    def _note_attempt(self, size):
        """Note what begins; the caller commits it."""
        self._set_attempt({**self._get_attempt(), "size": size})

    def _commit_attempt(self, processed=0):
        """Commit the note of an attempt.

        :param processed: int, 1 when a loss was noted: Odoo lets a cron rest for its
            interval that was stopped three times without any progress
        :return: nothing; replaced by tests, whose transaction is never committed
        """
        self.env["ir.cron"]._commit_progress(processed)

    def _end_attempt(self, rows, seconds):
        """Note that what was begun is finished; the caller commits it.

        :param rows: int, number of rows that were done
        :param seconds: float, time they took
        """
        until = self._get_attempt().get("until", 0)
        size = self._get_next_size(rows, seconds)
        self._set_attempt({"next": size, "until": until})

    def _forget_attempt(self):
        """Note that nothing is begun; the caller commits it."""
        attempt = self._get_attempt()
        attempt.pop("size", None)
        self._set_attempt(attempt)

    # Size

    def _get_chunk_size(self):
        """:return: int, number of rows of the next chunk"""
        return min(self._get_attempt().get("next") or FIRST, self._get_chunk_limit())

    def _get_chunk_limit(self):
        """:return: int, number of rows that a chunk has at most; overridden by bridges
        that split a file into larger ones"""
        return context.CHUNK

    def _get_next_size(self, rows, seconds):
        """:return: int, number of rows of the chunk after one of that many rows"""
        target = self._get_chunk_seconds()
        size = get_next_size(rows, seconds, target, self._get_chunk_limit())
        if self._is_careful():
            return min(size, self._get_chunk_size())
        return size

    def _get_chunk_seconds(self):
        """:return: float, time that a chunk should take: what is left must be enough
        to end the one that began last"""
        return self._get_stint() / 3

    def _is_careful(self):
        """:return: bool, whether the next rows were lost before"""
        return self._get_attempt_done() < self._get_attempt().get("until", 0)

    # Lost

    def _take_up(self):
        """Note that the last attempt was lost, when it was begun and not finished."""
        if self._get_attempt().get("size"):
            self._note_stopped()
            self._commit_attempt(1)

    def _note_stopped(self):
        """Note that a server stopped an attempt; the caller commits it."""
        user = self.actor_id or self.user_id
        self.with_context(lang=user.lang)._note_lost(
            user.with_context(lang=user.lang).env._(
                "The server stopped the job before it was finished: it took too "
                "long, or the server was restarted."
            )
        )

    def _note_lost_to(self, error):
        """Note that an attempt was lost to an exception; the caller commits it.

        :param error: the exception
        :return: bool, whether a row may be the reason
        """
        others = (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, MemoryError)
        is_culprit = not isinstance(error, others)
        self._note_lost(without_details(str(error)), is_culprit)
        return is_culprit

    def _note_lost(self, reason, is_culprit=True):
        """Note that an attempt was lost, and halve the next one.

        :param reason: str, for the user
        :param is_culprit: bool, whether a row may be the reason; not when another
            user was faster
        """
        record, attempt = self._as_engine(), self._get_attempt()
        size = attempt.pop("size", 0)
        if size == READING:
            attempt["reading"] = attempt.get("reading", 0) + is_culprit
        elif size:
            attempt["next"] = max(size // 2, 1)
            until = max(attempt.get("until", 0), self._get_attempt_done() + size)
            attempt["until"] = until
            if size == 1 and is_culprit:
                attempt["single"] = attempt.get("single", 0) + 1
        self._set_attempt(attempt)
        record.write(
            {
                "attempt_count": record.attempt_count + 1,
                "last_error": reason,
                "retry_at": fields.Datetime.now() + LOST_DELAY,
            }
        )

    def _is_row_given_up(self):
        """:return: bool, whether the next row, alone, was lost too often"""
        return self._get_attempt().get("single", 0) >= LOST_ROW

    def _is_reading_given_up(self):
        """:return: bool, whether reading the file was lost too often"""
        return self._get_attempt().get("reading", 0) >= LOST_READING

    def _is_deferred(self):
        """:return: bool, whether the other imports go first"""
        return bool(self.retry_at) and self.retry_at > fields.Datetime.now()
