import logging
import time

import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import config

from odoo.addons.base.models.ir_cron import MIN_TIME_PER_JOB

from ...importer.problems import Problem
from ...tools.passing_error import is_passing

_logger = logging.getLogger(__name__)

#: seconds for which one cron goes on; Odoo's ten would go by opening large files
STINT = 60


class ClientImport(models.Model):
    """How the crons work off what was left to the background."""

    _inherit = "client.import"

    @api.model
    def _go_on(self, waiting, step, give_up, cron):
        """Work on each import in the name of whom it is for, while there is time.

        :param waiting: ``client.import`` records as superuser, in their order
        :param step: method that takes one of them and says whether there is time for
            another
        :param give_up: method that takes one that can never end, and the error
        :param cron: XML id of the cron that does this
        """
        if self._is_time_over():
            self._come_back(cron)
            return
        for record in waiting:
            actor = record.actor_id or record.user_id
            if not actor:
                # It would go on as superuser.
                give_up(record, AccessError(self._get_no_right()))
                continue
            record = record.with_user(actor)._in_company()
            try:
                has_time = step(record)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Somebody stopped it, or wrote one of its clients: the chunk is lost,
                # and the next round sees what they wrote.
                self.env.cr.rollback()
                has_time = False
            except Exception as error:
                if is_passing(error):
                    raise
                # What can never end would keep all others waiting.
                _logger.exception("The import %d is given up", record.id)
                if isinstance(error, psycopg2.Error):
                    self.env.cr.rollback()
                give_up(record, error)
                self.env["ir.cron"]._commit_progress()
                has_time = True
            if not has_time:
                self._come_back(cron)
                return

    def _give_up(self, error):
        """Close an import that can never end.

        :param error: the exception that says why
        """
        reason = f"{type(error).__name__}: {error}"
        self._fail(Problem("apply_failed", params={"reason": reason}))

    @api.model
    def _come_back(self, cron):
        """Have the cron called again at once, not at its next regular time."""
        # Superuser: only to wake the cron, which acts as the user.
        self.env.ref(cron).sudo()._trigger()
        # Nothing left to count is not nothing left to do: without this the cron would
        # think itself done.
        self.env["ir.cron"]._commit_progress(remaining=1)

    @api.model
    def _has_time(self, left):
        """Whether the cron may go on.

        :param left: what ``_commit_progress`` returned
        """
        return bool(left) or (
            "cron_end_time" in self.env.context and not self._is_time_over()
        )

    @api.model
    def _is_time_over(self):
        """:return: bool, whether this cron has had its share; never outside of one"""
        end = self.env.context.get("cron_end_time", float("inf"))
        return time.monotonic() >= end - MIN_TIME_PER_JOB + self._get_stint()

    @api.model
    def _get_stint(self):
        """:return: seconds for which one cron may go on, well before it is killed"""
        limit = config["limit_time_real_cron"]
        limit = config["limit_time_real"] if limit < 0 else limit
        return min(STINT, limit / 2) if limit else STINT
