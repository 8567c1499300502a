from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...importer.problems import Problem

GROUP = "client_extension.group_client_importer"
CRON = "client_extension.client_import_cron"
LIMIT = "client_extension.import_limit"
#: first key of the advisory locks of imports, so that they meet no others
LOCK = 0x0C11E
#: when to look again at an import whose company was busy
LOCK_DELAY = timedelta(minutes=1)


class ClientImport(models.Model):
    """Who imports, when, and one at a time."""

    _inherit = "client.import"

    # Actions

    def action_import(self):
        """Import now, or in the background where the file is longer than the limit."""
        self._check_importer()
        self._check_state("draft", "checked", "failed", "cancelled")
        for record in self:
            record._in_company()._import()
        return True

    def _import(self):
        if self.state != "checked" and not self._is_long():
            self._reset("draft")
            if not self._open():
                return
        if self.row_count > self._get_limit() or self._is_long():
            self.enqueue()
        else:
            self.run()

    def enqueue(self):
        """Import the file in the background, as the user who asks for it now."""
        self._check_importer()
        self._check_state("draft", "checked", "failed", "cancelled")
        for record in self:
            record._in_company()._enqueue()
        return True

    def cancel(self):
        """Stop an import that waits or runs; what it did so far stays."""
        self._check_importer()
        self._check_state("queued", "running")
        self._books().state = "cancelled"
        for record in self:
            record._in_company()._close_stopped()
        return True

    def _enqueue(self):
        matches = self._get_matches()
        self._reset("queued")
        self._books().user_id = self.env.user
        # A long file is read in the background alone, and refused there.
        if self._is_long() or self._open():
            self._keep_matches(matches)
            self._hand_over()

    def _hand_over(self):
        """Leave an import that waits to the background.

        :return: nothing; overridden by bridges that have others than the cron to do it
        """
        self._wake()

    # Cron

    @api.model
    def _cron_import(self):
        """Go on with the imports that run, then with those that wait."""
        # Superuser finds them all; each goes on in the name of its user.
        waiting = self.sudo().search(
            [("state", "in", ("queued", "running"))], order="state desc, id"
        )
        # Nobody is left in whose name they could go on.
        orphans = waiting.filtered(lambda r: not (r.actor_id or r.user_id))
        orphans.cancel()
        self._go_on(
            waiting - orphans,
            lambda record: record._run_queued(),
            lambda record, error: record._give_up(error),
            CRON,
        )

    def _run_queued(self):
        """Import in chunks, each committed together with its place in the file.

        A worker that is killed, or whose time is over, loses its chunk at most: the
        next one goes on from the last row that was committed.

        :return: bool, whether there is time for another import; overridden by bridges
            that keep the cron away from what others do
        """
        commit = self.env["ir.cron"]._commit_progress
        if not self._try_lock():
            self._wake(delay=LOCK_DELAY)
            return True
        walk = self._open_queued()
        if not walk:
            return self._has_time(commit())
        for rows in self._chunks(walk, self._get_skip()):
            if self.state != "running":
                return True
            if not self._try_lock():
                self._wake(delay=LOCK_DELAY)
                return True
            with self.env.cr.savepoint():
                self._do(walk, rows)
            left = commit(len(rows), remaining=walk.row_count - self._get_skip())
            if not self._has_time(left):
                return False
        # Mended rows that were stopped after their last chunk are closed already.
        if self.state in ("running", "cancelled"):
            self._finish(walk)
        return self._has_time(commit())

    def _open_queued(self):
        """:return: ``Walk`` of an import that begins or goes on, None when refused"""
        try:
            self._check_importer()
        except AccessError as error:
            self._fail(Problem("apply_access", params={"reason": str(error)}))
            return None
        started = self.started_at or fields.Datetime.now()
        self._books().write({"state": "running", "started_at": started})
        if walk := self._open(self._get_matches()):
            self._recall(walk)
        return walk

    def _wake(self, delay=None):
        """Let the cron look at what waits.

        :param delay: ``timedelta`` from now, or None for at once
        """
        at = delay and fields.Datetime.now() + delay
        # Superuser: only to wake the cron, which acts as the user.
        self.env.ref(CRON).sudo()._trigger(at)

    def _recall(self, walk):
        """Tell the ledger what the rows that are done already did."""
        skip = self._get_skip()
        if not skip:
            return
        refused = self._get_refused_lines()
        for row in walk.sheet.rows():
            if row.number > skip:
                break
            reference = walk.reference_of(row)
            if reference in walk.ledger.repeated and row.line not in refused:
                walk.ledger.lines.setdefault(reference, row.line)

    # Tools

    def _get_skip(self):
        """:return: int, how many rows of the file that is walked are done"""
        return self.rows_done

    def _in_company(self):
        """:return: the same import, seeing its own company alone"""
        self.ensure_one()
        return self.with_context(
            allowed_company_ids=self.company_id.ids,
            bin_size=False,
            lang=self.env.context.get("lang") or self.env.user.lang,
        )

    def _get_limit(self):
        """:return: int, how many rows are imported at once"""
        # Superuser: the limit is no secret.
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param(LIMIT, 500))

    def _check_importer(self):
        """Refuse who may not import, or not with these records.

        :raise AccessError: when the user is not in the group or not of the company
        """
        if self.env.su:
            return
        if not self.env.user.has_group(GROUP):
            raise AccessError(self._get_no_right())
        self.check_access("write")

    @api.model
    def _get_no_right(self):
        """:return: str, what is said to who may not import"""
        return self.env._(
            "You are not allowed to import clients. Ask an administrator for access."
        )

    def _check_state(self, *states):
        """:raise UserError: when one of the imports is in another state"""
        for record in self:
            if record.state not in states:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "This is not possible because the import of "
                        "%(file)s has the status “%(state)s”. Start a new "
                        "import.",
                        file=record.file_name or "",
                        state=labels[record.state],
                    )
                )

    def _lock(self):
        """Be the only import of the company until the end of the transaction.

        :raise UserError: when another one is under way
        """
        # Superuser: imports of others count, and nothing of them is told.
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
        """Take the locks of the company and, where it makes shared clients, of all.

        :return: bool, whether they were free; overridden by bridges that know of an
            import that goes on without a lock
        """
        for key in self._get_lock_keys():
            self.env.cr.execute(
                SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, key)
            )
            if not self.env.cr.fetchone()[0]:
                return False
        return True

    def _get_lock_keys(self):
        """:return: list of int, one for each room of references that it writes to"""
        return [self.company_id.id] + ([0] if self.is_shared else [])
