import logging
import time

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError
from odoo.fields import Command
from odoo.tools import is_html_empty

from odoo.addons.client_extension.tools.error_reason import get_reason
from odoo.addons.client_extension.tools.halves import in_halves
from odoo.addons.client_extension.tools.pace import get_next_size
from odoo.addons.client_extension.tools.scheduled_action import find_cron
from odoo.addons.client_extension.tools.transient_error import (
    is_end_of_time,
    is_transient,
)

from ..letter_layout.address import problems
from .client_letter_run import CRON, WAITING

_logger = logging.getLogger(__name__)

#: letters that are written while the user waits
AT_ONCE = 200
#: letters of one transaction
BATCH = 100
#: statements of the first transaction: each email makes a PDF, which takes a second
FIRST_STATEMENTS = 10
#: seconds that a transaction should take at most
BATCH_SECONDS = 3


class ClientLetterRun(models.Model):
    """How the letters of a run are written, at once or in the background.

    A worker that is killed tells nobody. So the number of letters that the background
    begins is noted in ``attempt``, and committed, before it begins; a note that is
    still there means that they were lost. They are tried again in halves, down to a
    single client, who is then left out by name.
    """

    _inherit = "client.letter.run"  # pylint: disable=consider-merging-classes-inherited

    attempt = fields.Integer(
        readonly=True,
        export_string_translation=False,
        help="Number of letters that were begun in the background and not finished.",
    )
    batch_size = fields.Integer(
        default=BATCH, readonly=True, export_string_translation=False
    )

    # Start

    def _start(self):
        """Write few letters at once, and leave many to the background.

        :return: dict, the action that shows the run
        """
        self.ensure_one()
        if self.kind != "letter" or len(self.pending_ids) > AT_ONCE:
            self._queue()
        else:
            self.write({"state": "running", "error": False})
            worker = self._as_worker()
            while worker._write_next(BATCH):
                continue
            self.state = "done"
        return self._open()

    def _queue(self):
        size = self._get_first_size()
        self.write(
            {"state": "queued", "error": False, "attempt": 0, "batch_size": size}
        )
        if cron := find_cron(self.env, CRON):
            cron._trigger()

    def _get_first_size(self):
        """:return: int, letters of the first transaction; overridden for slower ones"""
        if self.kind != "letter":
            return FIRST_STATEMENTS
        return BATCH

    def _as_worker(self):
        """:return: this run, in the name and in the company of who asked for it"""
        return self.with_user(self.user_id).with_company(self.company_id)

    # Background

    @api.model
    def _cron_write(self):
        """Continue with the runs that wait, one by one, while there is time."""
        # Superuser finds them all; each continues as the user who asked for it.
        for run in self.sudo().search([("state", "in", WAITING)], order="id"):
            lang = run.user_id.lang
            if not run.with_context(lang=lang)._resume_safely():
                if cron := find_cron(self.env, CRON):
                    cron._trigger()
                return

    def _resume_safely(self):
        """Continue with one run, whose errors do not stop the others.

        :return: bool, whether there is time for another one
        :raise Exception: when the server stops this worker, or the connection is lost
        """
        try:
            return self._resume()
        except Exception as error:
            if is_end_of_time(error) or self.env.cr._cnx.closed:
                raise
            self._rollback()
            if is_transient(error) or isinstance(error, LockError):
                _logger.warning("Run %d of letters is tried again: %s", self.id, error)
                size = max(self.batch_size // 2, 1)
                self.write({"attempt": 0, "batch_size": size})
                self._commit()
                return False
            _logger.exception("Run %d of letters is given up", self.id)
            self._fail(get_reason(self.env, error))
            return True

    def _resume(self):
        """:return: bool, whether there is time for another run"""
        self._take_up()
        if reason := self._get_refusal():
            self._fail(reason)
            return True
        while self._begin():
            start = time.monotonic()
            left = self._as_worker()._write_next(self.batch_size)
            if left is None:
                return True
            self._end(time.monotonic() - start)
            if not left:
                self.state = "done"
            if not self._commit(1):
                return not left
        return True

    def _get_refusal(self):
        """:return: str, why these letters cannot be written any more, or None"""
        if not self.template_id:
            return self.env._("The template was deleted.")
        return self._get_user_refusal()

    def _get_user_refusal(self):
        """:return: str, why its user may not write these letters any more, or None"""
        user = self.user_id
        try:
            allowed = user.active
            self._as_worker()._check_may_write()
        except AccessError:
            allowed = False
        if not allowed:
            return self.env._("The user is no longer allowed to write letters.")
        if self.company_id not in user.company_ids:
            return self.env._("The user is no longer allowed to use this company.")
        return None

    def _take_up(self):
        """Halve what was begun and not finished, and leave out who was alone."""
        if not self.attempt:
            return
        size = self.attempt
        self.write({"attempt": 0, "batch_size": max(size // 2, 1)})
        if size == 1:
            [client] = self._get_next_clients(1) or [self.env["res.partner"]]
            self._store(self._prepare_skipped({client: "failed"}), client)
        self._commit(1)

    def _begin(self):
        """Note what begins, and commit the note.

        :return: bool, whether it can begin; not when nothing is left, or when a user
            has just stopped the run
        """
        size = min(len(self.pending_ids), self.batch_size)
        self.write({"state": "running" if size else "done", "attempt": size})
        self._commit()
        self.invalidate_recordset()
        return size > 0

    def _end(self, seconds):
        size = get_next_size(self.attempt, seconds, BATCH_SECONDS, BATCH)
        # What was lost before comes in small numbers, twice as many each time.
        self.write({"attempt": 0, "batch_size": min(size, 2 * self.attempt)})

    def _fail(self, reason):
        self.write({"state": "failed", "attempt": 0, "error": reason})
        self._commit()

    def _commit(self, processed=0):
        """:return: float, seconds that are left; replaced by tests, whose transaction
        is never committed
        """
        return self.env["ir.cron"]._commit_progress(processed)

    def _rollback(self):
        """Forget what was not committed; replaced by tests, as ``_commit``."""
        self.env.cr.rollback()

    # Writing

    def _write_next(self, size):
        """Write to the next clients.

        :param int size: to how many
        :return: int, how many are left; None when a user stopped the run
        :raise LockError: when another process works on this run
        """
        # Superuser: users change a run by its buttons alone; the letters are made of
        # what its user may read.
        run = self.sudo()
        try:
            run.lock_for_update()
        except LockError as error:
            text = self.env._("The letters are still being written.")
            raise LockError(text) from error
        run.invalidate_recordset()
        if run.state != "running":
            return None
        clients = self.env["res.partner"].browse(run._get_next_clients(size).ids)
        readable = clients.exists()._filtered_access("read")
        for part, values, error in in_halves(
            self.env.cr, readable, self._prepare_letters
        ):
            if error:
                _logger.warning("Run %d, client %d: %s", self.id, part.id, error)
                values = self._prepare_skipped({part: "failed"})
            run._store(values, part)
        if gone := clients - readable:
            run._store([], gone)
            run.inaccessible_count += len(gone)
        return len(run.pending_ids)

    def _get_next_clients(self, size):
        """:return: ``res.partner``, the clients who come next, as superuser"""
        if self.kind != "letter":
            return self._get_next_statements(size)
        # Superuser: those who became hidden are counted and left out.
        return self.sudo().pending_ids.sorted("id")[:size]

    def _store(self, vals_list, clients):
        """Store letters, and take their clients off the list, in one transaction."""
        self.env["client.letter"].create(vals_list)
        self.pending_ids = [Command.unlink(client.id) for client in clients]

    def _prepare_letters(self, clients):
        """The letters to some clients, each in its language.

        :param clients: ``res.partner``, which the user may read
        :return: list of dicts, values of ``client.letter``: a letter, or the reason why
            there is none; overridden to write more
        """
        if self.kind != "letter":
            return self._make_statements(clients)
        contacts = {
            client: client._get_client_letter_contact(self.role_id)
            for client in clients
            if self.role_id
        }
        skipped, by_lang = {}, {}
        for client in clients:
            contact = contacts.get(client) or client.browse()
            if problem := self._get_problem(client, contact or client):
                skipped[client] = problem
            else:
                lang = client._get_client_letter_lang(contact)
                by_lang.setdefault(lang, {})[client] = contact
        vals_list = []
        for lang, some in by_lang.items():
            written, empty = self._prepare_written(lang, some)
            vals_list += written
            skipped |= dict.fromkeys(empty, "no_text")
        return vals_list + self._prepare_skipped(skipped)

    def _prepare_written(self, lang, contacts):
        """:return: pair: list of values of letters in one language, and the clients
        whose text is empty
        """
        ids = [client.id for client in contacts]
        # Superuser reads templates of every company; the user chose this one when he
        # could read it.
        template = self.template_id.with_env(self.env)
        subjects, bodies = (
            template._render_field(field, ids, set_lang=lang)
            for field in ("subject", "body_html")
        )
        empty = [client for client in contacts if is_html_empty(bodies[client.id])]
        vals_list = [
            {
                **self._prepare_letter(client, contact),
                "lang": lang,
                "name": subjects[client.id] or self.name,
                "body": bodies[client.id],
                "has_long_address": self._has_long_address(client, contact or client),
            }
            for client, contact in contacts.items()
            if client not in empty
        ]
        return vals_list, empty

    def _prepare_letter(self, client, contact):
        """:return: dict, what a letter and a missing one have in common"""
        return {
            "run_id": self.id,
            "client_id": client.id,
            "contact_id": contact.id,
            "template_id": self.template_id.id,
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "date": self.date,
            "sort_key": self._get_sort_key(client, contact or client),
        }

    def _prepare_skipped(self, problems):
        """:param problems: dict ``res.partner`` -> value of ``client.letter.problem``

        :return: list of dicts, values of ``client.letter``
        """
        none = self.env["res.partner"]
        return [
            {
                **self._prepare_letter(client, none),
                "name": self.name,
                "body": False,
                "salutation": False,
                "state": "skipped",
                "problem": problem,
            }
            for client, problem in problems.items()
            if client
        ]

    def _get_problem(self, client, recipient):
        """Why a client gets no letter.

        :param client: ``res.partner``
        :param recipient: ``res.partner``, the client itself or one of its contacts
        :return: str, a value of ``client.letter.problem``, or None; overridden to leave
            out more, with values added to that field
        """
        if self.kind != "letter":
            return self._get_statement_problem(client)
        if not client.client_status or not client.active:
            return "no_client"
        if client.client_no_mailing or recipient.client_no_mailing:
            return "no_mailing"
        address = client._get_client_letter_address(recipient)
        street = address.street or address.street2
        if not street and not address.city:
            return "no_address"
        if not street:
            return "no_street"
        return None if address.city else "no_city"

    def _has_long_address(self, client, recipient):
        """:return: bool, whether the address does not fit the window"""
        client = client.with_company(self.company_id)
        lines = client._get_client_letter_lines(recipient.with_env(client.env))
        return bool(problems(lines, True, True))

    def _get_sort_key(self, client, recipient):
        """:return: str, letters are printed in the order of these texts; overridden for
        an order of your own
        """
        parts = [client.name]
        if self.print_order == "zip":
            address = client._get_client_letter_address(recipient)
            country = address.country_id or client.country_id
            abroad = country and country != self.company_id.country_id
            parts = [country.name if abroad else "", address.zip, *parts]
        return "\t".join((part or "").casefold() for part in parts)
