import logging

from odoo import api, fields, models

from ...tools.error_reason import without_details
from ...tools.scheduled_action import find_cron
from ...tools.transient_error import is_end_of_time, is_transient
from .client_duplicate_search import CHUNK, CRON

_logger = logging.getLogger(__name__)

#: attempts at a step that may be lost before it is left out
LOST_STEP = 3


class ClientDuplicateSearch(models.Model):
    """How a cron continues searches, and what it has begun, to know what was lost."""

    _inherit = "client.duplicate.search"  # pylint: disable=consider-merging-classes-inherited

    # Half of what was begun, until it is finished: a worker that is killed cannot note
    # anything any more.
    chunk_size = fields.Integer(
        default=CHUNK, readonly=True, export_string_translation=False
    )
    attempts = fields.Integer(
        readonly=True,
        export_string_translation=False,
        help="How often the next step was begun and not finished.",
    )
    last_error = fields.Char(string="Last Interruption", readonly=True)

    # Cron

    @api.model
    def _cron_search(self):
        """Continue the running searches, each as its user."""
        # Superuser: to find the searches of all users.
        searches = self.sudo().search([("state", "=", "running")], order="date")
        # One whose last step was lost lets the others go first.
        for search in searches.sorted("attempts"):
            companies = search.company_ids & search.user_id.company_ids
            companies = companies or search.user_id.company_id
            search = search.with_user(search.user_id)
            search = search.with_context(allowed_company_ids=companies.ids)
            if not search._search_queued():
                break

    def _search_queued(self):
        """Search in steps, each committed with the position to continue from.

        :return: bool, whether there is time for another search
        """
        commit = self.env["ir.cron"]._commit_progress
        # Superuser: the user may have lost the right to search in the meantime.
        books = self.sudo()
        while books.state == "running":
            before = books.name_count
            try:
                self._begin_step()
                with self.env.cr.savepoint():
                    self._check_finder()
                    self._search_next()
            except Exception as error:
                if is_transient(error):
                    return self._note_lost(error)
                # A search that can never finish would block all others.
                _logger.exception("The search %d is given up", self.id)
                books.state = "failed"
            left = 0
            if books.state == "running":
                left = max(books.partner_count - books.name_count, 1)
            if not commit(max(books.name_count - before, 1), remaining=left):
                return False
        return True

    # Attempts

    def _begin_step(self):
        """Note that a step is begun, and commit the note before it begins."""
        # Superuser: users cannot write how their search is carried out.
        books = self.sudo()
        if books.attempts and not books.last_error:
            books.last_error = self.env._(
                "The server stopped the job before it was finished: it took too "
                "long, or the server was restarted."
            )
        size = books.chunk_size // 2 if books.chunk_size else -1
        books.write({"attempts": books.attempts + 1, "chunk_size": size})
        self._commit_step()

    def _commit_step(self):
        """Commit the note of a step.

        :return: nothing; replaced by tests, whose transaction is never committed
        """
        # Counted as progress: Odoo lets a cron rest for its interval that was stopped
        # three times without any.
        self.env["ir.cron"]._commit_progress(1, remaining=1)

    def _note_lost(self, error):
        """Note why a step was lost, so that the other searches continue.

        :param error: an exception that may not occur again
        :return: bool, True: there is time for another search
        :raise Exception: the same, when the server stops this worker, or when the
            connection is lost
        """
        if is_end_of_time(error) or self.env.cr._cnx.closed:
            raise error
        self.env.cr.rollback()
        _logger.warning("A step of the search %d is lost: %s", self.id, error)
        # Superuser: users cannot write how their search is carried out.
        self.sudo().exists().last_error = without_details(str(error))
        find_cron(self.env, CRON)._trigger()
        self.env["ir.cron"]._commit_progress(remaining=1)
        return True

    def _is_step_given_up(self):
        """:return: bool, whether the step that is begun was lost too often; names are
        compared city by city before one is given up"""
        if self.step in self._get_duplicate_keys():
            return self.attempts > LOST_STEP
        return self.chunk_size < 0

    def _leave_out(self, name):
        """Note that something was not compared, because it takes too long."""
        # Superuser: users cannot write how their search is carried out.
        self.sudo().last_error = self.env._(
            "Not compared, because it takes longer than the server allows for a "
            "background job: %s.",
            name,
        )
