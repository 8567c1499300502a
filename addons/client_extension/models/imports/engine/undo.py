"""The undo of an import: its change log is reversed, starting from the end."""

import time

from odoo.exceptions import AccessError

from ....importer.problems import Problem
from ....tools.error_reason import get_reason
from ..client_import_change import CHUNK


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
        while changes := self._get_next_changes():
            self.do(changes)
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
            changes = self._get_next_changes(size)
            if not changes:
                self.finish()
                break
            count = len(changes)
            self.do_attempt(changes)
            left = max(record.task_total - record.task_done, 0)
            if not record._has_time(commit(count, remaining=left)):
                return False
        return record._has_time(commit())

    def do_attempt(self, changes):
        """Undo a chunk that was noted, and decide on the size of the next one.

        :param changes: ``client.import.change`` records, each client only once
        """
        record, started = self.record, time.monotonic()
        if record._is_row_given_up():
            self.keep(changes)
        else:
            with self.env.cr.savepoint():
                self.do(changes)
        record._end_attempt(len(changes), time.monotonic() - started)

    def keep(self, changes):
        """Keep clients whose undo takes longer than the server allows.

        :param changes: ``client.import.change`` records
        """
        # Superuser: users have no write access to the change log.
        changes.sudo().write({"outcome": "kept", "reason_code": "time"})
        self.record._add_counts({"task_done": len(changes)})

    def do(self, changes):
        """Undo one chunk.

        :param changes: ``client.import.change`` records, each client only once
        """
        started = time.monotonic()
        self.env["client.import.undo"]._undo(changes)
        spent = time.monotonic() - started
        counts = {"task_done": len(changes), "task_seconds": spent}
        self.record._add_counts(counts)
        self.env.flush_all()
        self.env.invalidate_all()

    def finish(self):
        """Close an undo that reached the end of the change log: what the import
        created beside clients, and nobody uses, goes last."""
        self.env["client.import.name"]._delete_unused(self.record)
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

    def _get_next_changes(self, size=None):
        return self.env["client.import.change"]._get_next(self.record, size)
