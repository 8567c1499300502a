from datetime import timedelta

from odoo import fields, models

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
        record = self._as_engine()
        record.attempt = {**(record.attempt or {}), "size": size}

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
        record = self._as_engine()
        attempt = record.attempt or {}
        size = self._get_next_size(rows, seconds)
        record.attempt = {"next": size, "until": attempt.get("until", 0)}

    def _forget_attempt(self):
        """Note that nothing is begun; the caller commits it."""
        record, attempt = self._as_engine(), dict(self.attempt or {})
        attempt.pop("size", None)
        record.attempt = attempt

    # Size

    def _get_chunk_size(self):
        """:return: int, number of rows of the next chunk"""
        most = context.CHUNK
        return min((self.attempt or {}).get("next") or FIRST, most)

    def _get_next_size(self, rows, seconds):
        """:return: int, number of rows of the chunk after one of that many rows"""
        target = self._get_chunk_seconds()
        size = get_next_size(rows, seconds, target, context.CHUNK)
        if self._is_careful():
            return min(size, self._get_chunk_size())
        return size

    def _get_chunk_seconds(self):
        """:return: float, time that a chunk should take: what is left must be enough
        to end the one that began last"""
        return self._get_stint() / 3

    def _is_careful(self):
        """:return: bool, whether the next rows were lost before"""
        attempt = self.attempt or {}
        return self.task_done < attempt.get("until", 0)

    # Lost

    def _take_up(self):
        """Note that the last attempt was lost, when it was begun and not finished."""
        if (self.attempt or {}).get("size"):
            user = self.actor_id or self.user_id
            self.with_context(lang=user.lang)._note_lost(
                user.with_context(lang=user.lang).env._(
                    "The server stopped the job before it was finished: it took too "
                    "long, or the server was restarted."
                )
            )
            self._commit_attempt(1)

    def _note_lost(self, reason, is_culprit=True):
        """Note that an attempt was lost, and halve the next one.

        :param reason: str, for the user
        :param is_culprit: bool, whether a row may be the reason; not when another
            user was faster
        """
        record, attempt = self._as_engine(), dict(self.attempt or {})
        size = attempt.pop("size", 0)
        if size == READING:
            attempt["reading"] = attempt.get("reading", 0) + is_culprit
        elif size:
            attempt["next"] = max(size // 2, 1)
            until = max(attempt.get("until", 0), record.task_done + size)
            attempt["until"] = until
            if size == 1 and is_culprit:
                attempt["single"] = attempt.get("single", 0) + 1
        record.write(
            {
                "attempt": attempt,
                "attempt_count": record.attempt_count + 1,
                "last_error": reason,
                "retry_at": fields.Datetime.now() + LOST_DELAY,
            }
        )

    def _is_row_given_up(self):
        """:return: bool, whether the next row, alone, was lost too often"""
        return (self.attempt or {}).get("single", 0) >= LOST_ROW

    def _is_reading_given_up(self):
        """:return: bool, whether reading the file was lost too often"""
        return (self.attempt or {}).get("reading", 0) >= LOST_READING

    def _is_deferred(self):
        """:return: bool, whether the other imports go first"""
        return bool(self.retry_at) and self.retry_at > fields.Datetime.now()
