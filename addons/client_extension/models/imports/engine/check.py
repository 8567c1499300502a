"""The check of a file: what an import of it would do, and nothing done."""

import time
from array import array
from dataclasses import replace

from odoo.exceptions import AccessError

from ....importer.rows.report import Report, report
from ..client_import_preview import PROTECTED
from .context import MATCH_ANY
from .run import Run

#: seconds between two commits of a check: each saves all matches found so far
PACE = 3.0
#: rows that are checked while the user waits, and how many of them take as long as one
#: that has the reference of an earlier row: each of these is planned by itself
LONG_ROWS = 50_000
REPEATED_COST = 50


class Check(Run):
    """Plans the rows of a file and keeps the plan for the user to review."""

    task = "check"

    def start_or_enqueue(self):
        """Check the file now, or in the background if that takes long."""
        if self.record._is_long():
            self.enqueue()
        else:
            self.start(most=LONG_ROWS)

    def start(self, most=None):
        """Check the file now, in this transaction.

        :param most: int, number of rows above which it is left to the background; rows
            that repeat a reference count more
        """
        record, matches = self.record, array("i")
        record._reset("draft")
        record._begin_task(self.task)
        if context := self.open():
            again = context.ledger.repeated.count
            if most and context.row_count + REPEATED_COST * again > most:
                self.enqueue()
                return
            self.warn(context)
            for rows in context.chunks():
                outcomes = self._look(context, rows, matches)
                record._record_result(report(outcomes), len(rows), 0)
                self.env.flush_all()
                self.env.invalidate_all()
            self._close(matches)

    def enqueue(self):
        """Queue for the background a file that takes longer than a user waits."""
        record = self.record
        record._reset("draft")
        record._begin_task(self.task)
        record._trigger_cron()

    def resume(self):
        """Check in batches, each committed with what it found.

        :return: bool, whether there is time for another check
        """
        record, commit = self.record, self.env["ir.cron"]._commit_progress
        if not (context := self.begin()):
            return record._has_time(commit())
        matches = self._resume_matches(context)
        context.size = record._get_chunk_size()
        record._note_attempt(context.size)
        commit(remaining=context.row_count - record.task_done)
        found, count, since = Report(), 0, time.monotonic()
        for rows in context.chunks(record.task_done):
            started = time.monotonic()
            found += self._look_attempt(context, rows, matches)
            count += len(rows)
            self.env.flush_all()
            self.env.invalidate_all()
            now = time.monotonic()
            context.size = record._get_next_size(len(rows), now - started)
            if now - since < self._get_pace() and not record._is_careful():
                continue
            # The record is written just before the commit, so that a user who
            # wants to stop the check does not find it locked.
            record._record_result(found, count, now - since)
            record._keep_matches(matches)
            record._end_attempt(len(rows), now - started)
            record._note_attempt(context.size)
            left = commit(count, remaining=context.row_count - record.task_done)
            found, count, since = Report(), 0, now
            # Only the new transaction sees what others have written.
            self.env.invalidate_all()
            if record.task != self.task:
                return True
            if not record._has_time(left):
                record._forget_attempt()
                return False
        record._record_result(found, count, time.monotonic() - since)
        record._keep_matches(matches)
        # No row is to blame when the end of the check takes too long.
        if record._begin_attempt():
            self._close(matches)
        return record._has_time(commit())

    def stop(self):
        """Stop the check and forget what it found."""
        self.record._end_task()
        self.record._reset("draft")

    def abandon(self):
        """Refuse a file whose user no longer exists."""
        self.abort(AccessError(self.record._get_no_right()))

    def reopen(self):
        """:return: ``ImportContext`` of a check that starts or resumes in the
        background, None when it is refused"""
        if not (self.check_rights() and self.check_reading()):
            return None
        record = self.record
        context = self.open(noted=record.task_done and record.columns_summary)
        if context:
            self.warn(context)
        return context

    def check_new_labels(self, sheet, columns):
        """Note a file that adds many labels: the user decides after the check."""
        if self.record.add_labels or not (problem := self._get_label_problem(columns)):
            return
        # A check that resumes may have noted it already.
        if not self.record._has_problem(problem.code):
            self.record._create_problems([replace(problem, warning=True)])

    def check_answers(self, sheet, columns, questions):
        """Do nothing: the user answers after the check, whose warnings ask."""

    def _get_pace(self):
        return min(PACE, self.record._get_chunk_seconds())

    def _look_attempt(self, context, rows, matches):
        """:return: ``Report`` of the rows of a chunk that was noted"""
        if not self.record._is_row_given_up():
            return report(self._look(context, rows, matches))
        refusals = [self.get_refusal(keyed_row) for keyed_row in rows]
        # The import looks at these rows for itself.
        matches.extend([MATCH_ANY] * len(rows))
        return sum(refusals, Report())

    def _look(self, context, rows, matches):
        """Plan some rows and keep the first ones of each outcome for display.
        :return: list of ``importer.types.Outcome``"""
        outcomes = self.plan(context, rows, matches)
        previews = self.env["client.import.preview"]
        previews._keep_outcomes(self.record, context, outcomes)
        return outcomes

    def _close(self, matches):
        self.record._keep_matches(matches)
        self.record._end_task(
            state="checked", unknown_values=self.record._find_unknown_values()
        )

    def _resume_matches(self, context):
        """Tell the context what the rows that are already checked would have done.

        :return: ``array`` of the matches of these rows
        """
        matches = self.record._get_matches()
        shown = self.env["client.import.preview"]._read_group(
            [("import_id", "=", self.record.id)], ["outcome"], ["__count"]
        )
        context.shown.update(dict(shown))
        context.shown[PROTECTED] = self.record.preview_ids.search_count(
            [("import_id", "=", self.record.id), ("is_protected", "=", True)]
        )
        done = self.record.task_done

        def again():
            for row in context.sheet.rows():
                if row.number > done:
                    break
                if context.reference_of(row) in context.ledger.repeated:
                    yield row

        # In chunks, as usual: every row of the file may be one of these.
        for rows in replace(context, sheet=replace(context.sheet, rows=again)).chunks():
            self.plan(context, rows, array("i"))
            self.env.invalidate_all()
        return matches
