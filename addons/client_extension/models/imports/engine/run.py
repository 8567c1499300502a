"""The course of an import: its file is read, and its rows are planned and written."""

import base64
import logging
import time
from itertools import islice

from odoo import fields
from odoo.exceptions import AccessError

from ....importer.problems import Problem
from ....importer.rows.match import match
from ....importer.rows.plan import plan
from ....importer.rows.report import Report, report
from ....importer.text.fold import fold_header
from ....importer.writers.write_csv import write_rejects
from ....tools.error_reason import get_reason
from ....tools.transient_error import is_transient
from .file_task import Reading

_logger = logging.getLogger(__name__)

#: headers that a file of rejected rows adds to those of the original file
LINE_ERROR = {"line", "error"}


class Run(Reading):
    """Imports the rows of a file, and has the record store the result.

    The record, a ``client.import``, has the fields, the rights and the hooks. Its
    ``_get_task_class`` method says which class processes the rows.
    """

    #: value of the field ``task`` while this task is in progress
    task = "run"

    # Begin

    def start(self):
        """Import the file now, in this transaction."""
        record = self.record
        record._lock()
        expected, noted = record._get_matches(), self._get_checked_columns()
        record._reset("running")
        record._begin_task(self.task, user_id=self.env.uid)
        if context := self.open(expected, noted):
            self.warn(context)
            for rows in context.chunks():
                self.do(context, rows)
            self.finish(context.sheet, context.columns)

    def enqueue(self):
        """Queue the file for the background, once it is known to be readable."""
        record = self.record
        matches, noted = record._get_matches(), self._get_checked_columns()
        record._reset("queued")
        record._begin_task(self.task, user_id=self.env.uid, columns_summary=noted)
        # A long file is read, and if need be refused, only in the background.
        if record._is_long() or self.open(noted=noted):
            record._keep_matches(matches)
            record._dispatch()

    def resume(self):
        """Import in chunks, each committed together with its place in the file.

        A worker that is killed or runs out of time loses at most one chunk: the next
        one continues after the last row that was committed.

        :return: bool, whether there is time for another import
        """
        record, commit = self.record, self.env["ir.cron"]._commit_progress
        if not record._try_lock():
            record._wait_for_lock()
            return True
        context = self.begin()
        if not context:
            return record._has_time(commit())
        context.size = record._get_chunk_size()
        for rows in context.chunks(record.task_done):
            if record.task != self.task:
                return True
            if not record._begin_attempt(len(rows)):
                return True
            if not record._try_lock():
                record._forget_attempt()
                record._wait_for_lock()
                return True
            self.do_attempt(context, rows)
            left = commit(len(rows), remaining=context.row_count - record.task_done)
            if not record._has_time(left):
                return False
        # Corrected rows that were stopped after their last chunk are already closed.
        if record.state in ("running", "cancelled"):
            # The file is read again for its rejected rows.
            record._begin_attempt()
            self.finish(context.sheet, context.columns)
        return record._has_time(commit())

    def reopen(self):
        """:return: ``ImportContext`` of an import that starts or resumes in the
        background, None when it is refused"""
        record = self.record
        if not (self.check_rights() and self.check_reading()):
            return None
        started = record.started_at or fields.Datetime.now()
        record._as_engine().write({"state": "running", "started_at": started})
        if context := self.open(self.get_matches(), record.columns_summary):
            self.warn(context)
            self.replay(context, record.task_done)
        return context

    def get_matches(self):
        """:return: ``array`` of the partners that a check found for these rows"""
        return self.record._get_matches()

    def check_rights(self):
        """:return: bool, whether the user is still allowed to import; if not, the
        file is refused"""
        try:
            self.record._check_importer()
        except AccessError as error:
            self.refuse(Problem("apply_access", params={"reason": str(error)}))
            return False
        return True

    def replay(self, context, skip):
        """Tell the ledger what the rows did that are already done.

        :param skip: int, number of the last of them"""
        if not skip:
            return
        refused = self.env["client.import.problem"]._get_refused_lines(self.record)
        for row in context.sheet.rows():
            if row.number > skip:
                break
            reference = context.reference_of(row)
            if reference in context.ledger.repeated and row.line not in refused:
                context.ledger.lines.setdefault(reference, row.line)

    # One chunk

    def do(self, context, rows):
        """Plan the rows of one chunk, write them and have the result recorded.

        :param context: ``ImportContext``
        :param rows: list of ``importer.types.KeyedRow``, each reference only once
        """
        started, record = time.monotonic(), self.record
        unchanged, rest = self._skip_unchanged(context, rows)
        outcomes = self.plan(context, rest)
        apply = self.env["client.import.apply"]
        outcomes = apply._apply(record, outcomes, context.columns)
        for outcome in outcomes:
            context.ledger.remember(outcome)
        context.reload_lookups(record, outcomes)
        result = unchanged + report(outcomes)
        record._record_result(result, len(rows), time.monotonic() - started)
        self._free_cache(context, result)

    def _skip_unchanged(self, context, rows):
        """Set aside the rows that change nothing, where a quick look can tell.

        :return: pair (``Report`` of these rows, list of the others)
        """
        found = self.env["client.import.unchanged"]._get_unchanged(
            self.record, context, rows
        )
        unchanged = {
            number
            for number, partner_id in found.items()
            if not context.expected or context.is_expected(number, partner_id)
        }
        if not unchanged:
            return Report(), rows
        rest = [named for named in rows if named.row.number not in unchanged]
        blank = sum(row.blank_before for row, _ref in rows if row.number in unchanged)
        return Report(unchanged=len(unchanged), blank=blank), rest

    def plan(self, context, rows, matches=None):
        """Clean and match rows, and decide what to do with each.

        :param context: ``ImportContext``
        :param rows: list of ``importer.types.KeyedRow``, each reference only once
        :param matches: ``array`` that a check fills; if given, nothing is written
        :return: list of ``importer.types.Outcome``
        """
        cleaned = [context.clean(row) for row, _reference in rows]
        references = sorted({row.reference for row in cleaned if not row.is_unusable})
        index = self._get_index(context, references) if references else {}
        cleaned = self.env["client.import.resolve"]._resolve(context, cleaned, index)
        return [self._plan_row(context, row, index, matches) for row in cleaned]

    def _get_index(self, context, references):
        index = self.env["client.import.index"]
        return index._get_index(
            self.record, references, context.columns, context.labels
        )

    def _plan_row(self, context, row, index, matches):
        found = match(row, index)
        if matches is None:
            found = context.compare(found)
        else:
            matches.append(context.get_match(found))
        outcome = plan(found, context.plan_options, context.ledger)
        if matches is not None:
            context.ledger.remember(outcome, virtual=True)
        return context.with_headers(outcome) if outcome.problems else outcome

    def _free_cache(self, context, result):
        """Empty the cache after a chunk, so that memory does not grow with the file.

        :param context: ``ImportContext``
        :param result: ``importer.rows.report.Report`` of the chunk
        """
        wrote = result.created or result.updated or result.problems
        if wrote or context.columns.labels:
            self.env.flush_all()
            self.env.invalidate_all()
        else:
            # Only clients were read: keep what the next chunk needs again.
            self.env["res.partner"].invalidate_model()

    # End

    def finish(self, sheet, columns):
        """Close a run that reached the end of its file.

        :param sheet: ``importer.files.read.Sheet`` of the file
        :param columns: ``importer.types.ColumnMap`` of the file
        """
        record = self.record._as_engine()
        record._end_task(
            state=record._get_end_state(),
            finished_at=fields.Datetime.now(),
            unknown_values=record._find_unknown_values(),
        )
        if record.rejected_count:
            record.rejects_file = base64.b64encode(get_rejects(record, sheet, columns))

    def stop(self):
        """Stop a run that is waiting or in progress; what it did so far is kept."""
        self.record._end_task(state="cancelled")
        self.close_early()

    def refuse(self, problem):
        """Refuse the whole file, with a single problem.

        :param problem: ``importer.problems.Problem``
        """
        self.record._end_task(state="failed")
        self.record._create_problems([problem])
        self.close_early()

    def abort(self, error):
        """Close a run that can never finish, so that it does not block the others.

        :param error: the exception that says why
        """
        reason = get_reason(self.env, error)
        self.refuse(Problem("apply_failed", params={"reason": reason}))

    def abandon(self):
        """Close a run that no user is left to continue."""
        self.record._stop_task()

    def close_early(self):
        """Close a run that ends before its file does.

        The file of rejected rows covers the rows that were processed.
        """
        record = self.record._as_engine()
        record.finished_at = fields.Datetime.now()
        # A worker that is processing rows waits for this, then sees that it is over.
        record.flush_recordset()
        if not (record.started_at and record.rejected_count):
            return
        try:
            rejects = get_rejects(record, *self.read_file(), most=record.rejected_count)
        except Exception as error:
            if is_transient(error):
                raise
            # The file itself may be why it stopped: close the run anyway.
            _logger.warning(
                "The rejected rows of %d are not kept: %s", record.id, error
            )
        else:
            record.rejects_file = base64.b64encode(rejects)


def get_rejects(client_import, sheet, columns, most=None):
    """The rejected rows as they were in the file, each with its error.

    :param client_import: the ``client.import``
    :param sheet: ``importer.files.read.Sheet`` of the file
    :param columns: ``importer.types.ColumnMap`` of the file
    :param most: number of rejected rows, after which the file is not read further
    :return: bytes of a CSV file
    """
    problems = client_import.env["client.import.problem"]
    refused = problems._get_refused_lines(client_import)
    rows = ((row.cells, row.line) for row in sheet.rows() if row.line in refused)
    gone = [
        target.index
        for target in columns.targets
        if target.role == "ignored" and fold_header(target.header) in LINE_ERROR
    ]
    rows = problems._with_errors(client_import, islice(rows, most))
    return b"".join(
        write_rejects(sheet.header, rows, gone, sheet.delimiter, sheet.encoding)
    )
