import time
import zipfile
from array import array
from contextlib import suppress
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...importer.problems import Problem
from ...importer.rows.report import Report, report

CRON = "client_extension.client_import_check_cron"
#: bytes of text that are read, and rows checked, while the user waits: a few seconds
LONG = 5_000_000
#: seconds between two commits of a check: each keeps all that was matched so far
PACE = 3.0


class ClientImport(models.Model):
    """A file that is too long to be read while its user waits."""

    _inherit = "client.import"

    is_checking = fields.Boolean(string="Being Checked", readonly=True)

    @api.depends("is_checking")
    def _compute_progress(self):
        return super()._compute_progress()

    # Actions

    def action_check(self):
        """Say what the import would do: at once, for a long file in the background."""
        self._check_importer()
        self._check_state("draft", "checked", "failed", "cancelled")
        for record in self:
            record = record._in_company()
            if record._is_long():
                record._check_later()
            else:
                record.check()
        return True

    def cancel(self):
        """Stop an import that waits or runs, or the check of its file."""
        checking = self.filtered("is_checking")
        checking._check_importer()
        for record in checking:
            record._in_company()._stop_checking()
        rest = self - checking
        return super(ClientImport, rest).cancel() if rest else True

    def _check_later(self):
        self._reset("draft")
        self._books().write({"is_checking": True, "actor_id": self.env.uid})
        # Superuser: only to wake the cron, which acts as the user.
        self.env.ref(CRON).sudo()._trigger()

    def _stop_checking(self):
        self._books().write({"is_checking": False, "actor_id": False})
        self._reset("draft")

    # Cron

    @api.model
    def _cron_check(self):
        """Go on with the files that are being checked."""
        # Superuser finds them all; each goes on as the user who asked.
        waiting = self.sudo().search([("is_checking", "=", True)], order="id")
        self._go_on(
            waiting,
            lambda record: record._check_queued(),
            lambda record, error: record._give_up(error),
            CRON,
        )

    def _check_queued(self):
        """Check in pieces, each committed with what it found.

        :return: bool, whether there is time for another check
        """
        commit = self.env["ir.cron"]._commit_progress
        try:
            self._check_importer()
        except AccessError as error:
            self._fail(Problem("apply_access", params={"reason": str(error)}))
            return self._has_time(commit())
        if not (walk := self._open()):
            return self._has_time(commit())
        matches = self._resume_check(walk)
        commit(remaining=walk.row_count - self.rows_done)
        found, count, since = Report(), 0, time.monotonic()
        for rows in self._chunks(walk, self.rows_done):
            outcomes = self._plan(walk, rows, matches)
            found, count = found + report(outcomes), count + len(rows)
            self._keep_preview(walk, outcomes)
            self.env.flush_all()
            self.env.invalidate_all()
            now = time.monotonic()
            if now - since < PACE:
                continue
            # The books are written right before they are committed: who wants to
            # stop the check finds them free.
            self._keep(found, count, now - since)
            self._keep_matches(matches)
            left = commit(count, remaining=walk.row_count - self.rows_done)
            found, count, since = Report(), 0, now
            # what somebody else has written is seen in the new transaction alone
            self.env.invalidate_all()
            if not self.is_checking:
                return True
            if not self._has_time(left):
                return False
        self._keep(found, count, time.monotonic() - since)
        self._keep_matches(matches)
        self._books().write(
            {"state": "checked", "is_checking": False, "actor_id": False}
        )
        return self._has_time(commit())

    def _resume_check(self, walk):
        """Tell the walk what the rows that are checked already would have done.

        :return: ``array`` of the matches of these rows
        """
        matches = self._get_matches()
        shown = self.env["client.import.preview"]._read_group(
            [("import_id", "=", self.id)], ["outcome"], ["__count"]
        )
        walk.shown.update(dict(shown))
        done = self.rows_done

        def again():
            for row in walk.sheet.rows():
                if row.number > done:
                    break
                if walk.reference_of(row) in walk.ledger.repeated:
                    yield row

        # in chunks as ever: there may be as many such rows as the file has
        for rows in self._chunks(replace(walk, sheet=replace(walk.sheet, rows=again))):
            self._plan(walk, rows, array("i"))
            self.env.invalidate_all()
        return matches

    # Tools

    def _is_long(self):
        """:return: bool, whether the file is read in the background alone"""
        return is_long(self._get_opener("file"))

    def _fail(self, problem):
        if self.is_checking:
            self._books().write({"is_checking": False, "actor_id": False})
        return super()._fail(problem)

    def _check_state(self, *states):
        if any(record.is_checking for record in self):
            raise UserError(
                self.env._("This file is being checked. Wait a moment and try again.")
            )
        return super()._check_state(*states)

    def _is_moving(self):
        return self.is_checking or super()._is_moving()

    def _get_next_step(self):
        if self.is_checking:
            return self.env._(
                "This file is long, so it is being checked in the "
                "background. You can leave this page. Nothing has been "
                "imported yet."
            )
        return super()._get_next_step()


def is_long(source):
    """Whether to read a file takes longer than a user likes to wait.

    :param source: what ``importer.files.decode.opener`` returned
    :return: bool; what is packed in a workbook counts as unpacked
    """
    with source() as stream:
        size = stream.seek(0, 2)
        if size <= LONG and zipfile.is_zipfile(stream):
            with suppress(zipfile.BadZipFile), zipfile.ZipFile(stream) as package:
                size = sum(part.file_size for part in package.infolist())
    return size > LONG
