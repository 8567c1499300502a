import logging
import time
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, config

from odoo.addons.base.models.ir_cron import MIN_TIME_PER_JOB

from ....importer.problems import FileProblem
from ....tools.long_file import is_long
from ....tools.scheduled_action import find_cron, get_idle_reason
from ....tools.setting_number import get_number
from ....tools.transient_error import is_end_of_time, is_transient

_logger = logging.getLogger(__name__)

#: task -> cron that continues it
CRONS = {
    "check": "client_extension.client_import_check_cron",
    "run": "client_extension.client_import_cron",
    "correct": "client_extension.client_import_cron",
    "undo": "client_extension.client_import_undo_cron",
}
LIMIT = "client_extension.import_limit"
#: first key of the advisory locks of imports, to avoid clashes with other locks
LOCK = 0x0C11E
#: delay before retrying an import whose company was busy
LOCK_DELAY = timedelta(minutes=1)
#: seconds for which one cron runs; Odoo's ten would be spent opening large files
STINT = 60


class ClientImport(models.Model):
    """How crons process what was left to the background, one import at a time."""

    _inherit = "client.import"

    background_note = fields.Char(
        compute="_compute_background_note",
        help="Why nothing happens in the background.",
    )

    @api.depends("task")
    def _compute_background_note(self):
        for record in self:
            record.background_note = record.task and record._get_background_note()

    def _get_background_note(self):
        """Why a task that waits will not be continued.

        :return: str, a sentence, or False; overridden by bridges that process imports
            without the cron
        """
        return get_idle_reason(self.env, CRONS[self.task])

    # Crons

    @api.model
    def _cron_check(self):
        """Continue with the files that are being checked."""
        self._process_queue("check")

    @api.model
    def _cron_import(self):
        """Continue with the imports that run, then with those that wait."""
        self._process_queue("run", "correct")

    @api.model
    def _cron_undo(self):
        """Continue with the imports that are being undone."""
        self._process_queue("undo")

    @api.model
    def _process_queue(self, *tasks):
        """Work on each import as its user, while there is time.

        :param tasks: values of the field ``task``, all of one cron
        """
        cron = CRONS[tasks[0]]
        if self._is_time_over():
            self._reschedule(cron)
            return
        # Superuser finds them all; each continues as the user who asked for it.
        waiting = self.sudo().search([("task", "in", tasks)], order="id")
        for record in waiting:
            record._take_up()
        lost = set()
        for record in waiting._get_in_turn():
            keys = record._get_turn_keys()
            if not lost.isdisjoint(keys):
                continue
            actor = record.actor_id or record.user_id
            if not actor:
                # Without a user it would continue as superuser.
                record._make_task().abandon()
                continue
            record = record.with_user(actor)._in_company()
            has_time, is_lost = self._resume_safely(record)
            if is_lost:
                lost.update(keys)
            if not has_time:
                self._reschedule(cron)
                return
        if lost:
            self._reschedule(cron)

    @api.model
    def _resume_safely(self, record):
        """Continue with one import, whose errors do not stop the others.

        :param record: ``client.import``, as its user
        :return: pair of bool: whether there is time for another import, whether the
            attempt was lost
        """
        try:
            return record._resume_task(), False
        except Exception as error:
            if is_transient(error):
                return True, self._note_transient(record, error)
            # An import that can never finish would block all others.
            _logger.exception("The import %d is given up", record.id)
            self._give_up(record, error)
            return True, False

    def _get_in_turn(self):
        """The imports in the order in which a cron continues them.

        One whose last attempt was lost lets the others go first, but not those that
        have to wait for it: the next file of a company may build on the one before.
        """
        late = {
            key
            for record in self
            if record._is_deferred()
            for key in record._get_turn_keys()
        }
        return self.sorted(
            lambda record: (
                not late.isdisjoint(record._get_turn_keys()),
                record.state != "running",
            )
        )

    def _get_turn_keys(self):
        """:return: list; imports that share one of them keep their order"""
        # Nothing builds on a check.
        return [f"check {self.id}"] if self.task == "check" else self._get_lock_keys()

    @api.model
    def _note_transient(self, record, error):
        """Note that an attempt was lost, so that the others of this cron continue.

        :param record: ``client.import``
        :param error: an exception that may not occur again
        :return: bool, whether the import is still to be continued
        :raise Exception: the same, when the server stops this worker, or when the
            connection is lost: the next run finds the note of what was begun
        """
        if is_end_of_time(error) or self.env.cr._cnx.closed:
            raise error
        # Someone stopped it, or wrote one of its clients: the chunk is lost, and the
        # next run sees what they wrote.
        self.env.cr.rollback()
        # Superuser: the user may have lost the rights on it.
        if not record.sudo().exists().task:
            return False
        _logger.warning("An attempt of the import %d is lost: %s", record.id, error)
        record._note_lost_to(error)
        self.env["ir.cron"]._commit_progress()
        return True

    @api.model
    def _give_up(self, record, error):
        """Close an import that can never finish."""
        if isinstance(error, psycopg2.Error):
            self.env.cr.rollback()
        record._abort(error)
        self.env["ir.cron"]._commit_progress()

    def _resume_task(self):
        """Continue with what was left to the background.

        :return: bool, whether there is time for another import; overridden by bridges
            that keep the cron away from imports processed by other workers
        """
        return self._make_task().resume()

    def _abort(self, error):
        """Close a task that can never finish.

        :param error: the exception that says why
        """
        self._make_task().abort(error)

    def _dispatch(self):
        """Leave a waiting import to the background.

        :return: nothing; overridden by bridges that process it without the cron
        """
        self._trigger_cron()

    def _trigger_cron(self, delay=None):
        """Have the cron of the task process what is waiting.

        :param delay: ``timedelta`` from now, or None for at once
        """
        at = delay and fields.Datetime.now() + delay
        if cron := find_cron(self.env, CRONS[self.task]):
            cron._trigger(at)

    # Time

    @api.model
    def _reschedule(self, cron):
        """Have the cron run again at once, not at its next regular time.

        :param cron: XML id
        """
        find_cron(self.env, cron)._trigger()
        # Without this, no remaining count would make the cron consider itself done.
        self.env["ir.cron"]._commit_progress(remaining=1)

    @api.model
    def _has_time(self, left):
        """:param left: what ``_commit_progress`` returned
        :return: bool, whether the cron can continue"""
        # Odoo lets a cron run for ten seconds, even if it stops it earlier.
        if "cron_end_time" in self.env.context:
            return not self._is_time_over()
        return bool(left)

    @api.model
    def _is_time_over(self):
        """:return: bool, whether this cron has used up its time (False without one)"""
        end = self.env.context.get("cron_end_time", float("inf"))
        return time.monotonic() >= end - MIN_TIME_PER_JOB + self._get_stint()

    @api.model
    def _get_stint(self):
        """:return: seconds for which one cron can run, well before it is killed"""
        limit = self._get_time_limit()
        return min(STINT, limit / 2) if limit else STINT

    @api.model
    def _get_time_limit(self):
        """:return: seconds after which the server kills this worker, or 0; overridden
        by bridges whose workers are not those of crons"""
        limit = config["limit_time_real_cron"]
        return config["limit_time_real"] if limit < 0 else limit

    def _get_limit(self):
        """:return: int, maximum number of rows imported while the user waits"""
        # Superuser: the limit is not confidential.
        return get_number(self.env, LIMIT, 500)

    def _is_long(self):
        """:return: bool, whether the file is read only in the background"""
        try:
            return is_long(self._get_opener("file"))
        except FileProblem:
            # The file is missing: the task that reads it says so.
            return False

    # Locks

    def _lock(self):
        """Make this the only import of the company until the end of the transaction.

        :raise UserError: when another one is running
        """
        # Superuser: imports of other users count, but nothing about them is shown.
        running = self.sudo().search_count(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "running"),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if running or not self._try_lock():
            raise UserError(
                self.env._(
                    "Another import of clients is running for %s. Wait "
                    "until it has finished, then try again.",
                    self.company_id.name,
                )
            )

    def _try_lock(self):
        """Take the lock of the company and, if clients are shared, the common one.

        :return: bool, whether they were free; overridden by bridges where an import
            can run without a lock
        """
        for key in self._get_lock_keys():
            self.env.cr.execute(
                SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, key)
            )
            if not self.env.cr.fetchone()[0]:
                return False
        return True

    def _get_lock_keys(self):
        """:return: list of int: id of the company, and 0 if clients are shared"""
        return [self.company_id.id] + ([0] if self.is_shared else [])

    def _wait_for_lock(self):
        """Try again later, when the import that has the lock may have finished."""
        self._trigger_cron(delay=LOCK_DELAY)
