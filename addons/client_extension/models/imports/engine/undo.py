"""The undo of an import: its change log is reversed, starting from the end."""

import time

from odoo.exceptions import AccessError

from ....importer.problems import Problem
from ....tools.error_reason import get_reason
from ..client_import_change import CHUNK

#: what an import created beside clients
NAMES = "client.import.name"


class Undo:
    """Undoes what an import did, and has the record store the progress.

    ``client.import.undo`` decides what to do with each client and stores it, so that
    an undo that is stopped continues where it was.
    """

    #: value of the field ``task`` while this task is in progress
    task = "undo"

    def __init__(self, record):
        """:param record: ``client.import``, limited to its own company, with the user
        who undoes as its user"""
        self.record = record

    @property
    def env(self):
        """The environment of the record."""
        return self.record.env

    def start(self):
        """Undo a short import now, and a longer one in the background.

        :raise UserError: when there is no record of what the import changed
        """
        record = self.record
        record._check_change_log()
        total = self.env["client.import.change"]._count_pending(record)
        record._begin_task(self.task, total)
        if total > record._get_limit():
            record._trigger_cron()
            return
        record._lock()
        while part := self._get_next():
            self.do(part)
        self.finish()

    def resume(self):
        """Undo in chunks, each committed together with its verdicts.

        :return: bool, whether there is time for another undo
        """
        record, commit = self.record, self.env["ir.cron"]._commit_progress
        record._check_importer()
        while record.task == self.task:
            size = min(record._get_chunk_size(), CHUNK)
            if not record._begin_attempt(size):
                break
            if not record._try_lock():
                record._forget_attempt()
                record._wait_for_lock()
                return True
            part = self._get_next(size)
            if not part:
                self.finish()
                break
            self.do_attempt(part)
            left = max(record.task_total - record.task_done, 0)
            if not record._has_time(commit(len(part), remaining=left)):
                return False
        return record._has_time(commit())

    def do_attempt(self, part):
        """Undo a part that was noted, and decide on the size of the next one.

        :param part: what :meth:`_get_next` returned
        """
        record, started = self.record, time.monotonic()
        if record._is_row_given_up():
            part._keep_slow()
            self.count(part, 0)
        else:
            with self.env.cr.savepoint():
                self.do(part)
        record._end_attempt(len(part), time.monotonic() - started)

    def do(self, part):
        """Undo one part.

        :param part: what :meth:`_get_next` returned
        """
        started = time.monotonic()
        if part._name == NAMES:
            part._delete_unused()
        else:
            self.env["client.import.undo"]._undo(part)
        self.count(part, time.monotonic() - started)
        self.env.flush_all()
        self.env.invalidate_all()

    def count(self, part, seconds):
        """Have the record count the clients of a part that is done.

        :param part: what :meth:`_get_next` returned
        :param seconds: float, time it took
        """
        done = 0 if part._name == NAMES else len(part)
        self.record._add_counts({"task_done": done, "task_seconds": seconds})

    def finish(self):
        """Close an undo that reached the end of the change log."""
        self.record._end_task(state="undone")

    def abort(self, error):
        """Give up an undo that can never finish; the user can ask for it again.

        :param error: the exception that says why
        """
        self.record._end_task()
        code = "apply_access" if isinstance(error, AccessError) else "apply_failed"
        params = {"reason": get_reason(self.env, error)}
        self.record._create_problems([Problem(code, params=params)])

    def abandon(self):
        """Give up an undo that no user is left to continue."""
        self.record._end_task()

    def _get_next(self, size=None):
        """What is undone next: what the import created beside clients, and nobody uses,
        goes last.

        :param size: int, number of records at most; None for as many as possible
        :return: ``client.import.change`` records, each client only once, or
            ``client.import.name`` records; empty when nothing is left
        """
        changes = self.env["client.import.change"]._get_next(self.record, size)
        return changes or self.env[NAMES]._get_next(self.record, size)
