"""The undo of an import: its change log is read from the end, and taken back."""

import time


class Undo:
    """Takes back what an import did, and has the record store how far it is.

    What becomes of each client is decided by ``client.import.undo``, and stored with
    it: an undo that is stopped goes on where it was.
    """

    #: value of the field ``task`` while this goes on
    task = "undo"

    def __init__(self, record):
        """:param record: ``client.import``, which sees its own company alone, in the
        name of the user who undoes"""
        self.record = record

    @property
    def env(self):
        """The environment of the record."""
        return self.record.env

    def start(self):
        """Undo now what is short, and leave the rest to the background.

        :raise UserError: when nobody knows any more what the import changed
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
            if not record._try_lock():
                record._wait_for_lock()
                return True
            changes = self._get_next_changes()
            if not changes:
                self.finish()
                break
            count = len(changes)
            with self.env.cr.savepoint():
                self.do(changes)
            left = max(record.task_total - record.task_done, 0)
            if not record._has_time(commit(count, remaining=left)):
                return False
        return record._has_time(commit())

    def do(self, changes):
        """Undo one chunk.

        :param changes: ``client.import.change`` records, each client once
        """
        started = time.monotonic()
        self.env["client.import.undo"]._undo(changes)
        spent = time.monotonic() - started
        counts = {"task_done": len(changes), "task_seconds": spent}
        self.record._add_counts(counts)
        self.env.flush_all()
        self.env.invalidate_all()

    def finish(self):
        """Close an undo that came to the end of the change log."""
        self.record._end_task(state="undone")

    def abort(self, error):
        """Leave what can never end: who asked for it can ask again.

        :param error: the exception that says why, which is in the server log
        """
        self.record._end_task()

    def abandon(self):
        """Leave what nobody is left to go on with."""
        self.record._end_task()

    def _get_next_changes(self):
        return self.env["client.import.change"]._get_next(self.record)
