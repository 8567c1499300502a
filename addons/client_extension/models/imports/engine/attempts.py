"""What the background adds to a task: attempts that are noted, and given up."""

import time

from odoo import fields

from ....importer.problems import Problem
from ....importer.rows.report import Report


class Attempts:
    """Notes each chunk before it begins, and refuses what is always lost.

    The record keeps the notes, see ``client.import._begin_attempt``.
    """

    # The file

    def begin(self):
        """Note that the file is about to be read, and read it.

        :return: the same as :meth:`reopen`
        """
        return self.reopen() if self.record._begin_attempt() else None

    def check_reading(self):
        """:return: bool, whether the file can be read in the time that the server
        allows; if not, it is refused"""
        if not self.record._is_reading_given_up():
            return True
        self.record._create_problems([Problem("file_time")])
        # Nothing more is read: this would be stopped as well.
        self.end_unread()
        return False

    def end_unread(self):
        """Close the task without reading the file again."""
        self.record._end_task(state="failed", finished_at=fields.Datetime.now())

    # One chunk

    def do_attempt(self, context, rows):
        """Process a chunk that was noted, and decide on the size of the next one.

        :param context: ``ImportContext``
        :param rows: list of ``importer.types.KeyedRow``
        """
        record, started = self.record, time.monotonic()
        if record._is_row_given_up():
            self.refuse_row(context, rows[0])
        else:
            with self.env.cr.savepoint():
                self.do(context, rows)
        record._end_attempt(len(rows), time.monotonic() - started)
        context.size = record._get_chunk_size()

    def refuse_row(self, context, keyed_row):
        """Refuse a row that takes longer than the server allows.

        :param context: ``ImportContext``
        :param keyed_row: ``importer.types.KeyedRow``
        """
        self.record._record_result(self.get_refusal(keyed_row), 1, 0)
        self._free_cache(context, Report(rejected=1))

    def get_refusal(self, keyed_row):
        """:return: ``Report`` of a row that takes longer than the server allows"""
        row, reference = keyed_row
        problem = Problem("apply_time", row.line, "", reference)
        return Report(rejected=1, blank=row.blank_before, problems=(problem,))
