from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..importer.clean import text_of
from ..importer.problems import Problem

GROUP = "client_extension.group_client_importer"
CRON = "client_extension.client_import_cron"
LIMIT = "client_extension.import_limit"
#: first key of the advisory locks of imports, so that they meet no others
LOCK = 0x0C11E


class ClientImport(models.Model):
    """Who imports, when, and one at a time."""

    _inherit = "client.import"

    # Actions

    def action_import(self):
        """Import now, or in the background where the file is longer than the limit."""
        for record in self:
            if record.state != "checked":
                record.check()
            if record.state == "checked":
                small = record.row_count <= record._get_limit()
                record.run() if small else record.enqueue()
        return True

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
        self.sudo().state = "cancelled"
        return True

    def _enqueue(self):
        matches = self._get_matches()
        self._reset("queued")
        self.sudo().user_id = self.env.user
        if self._open():
            self._keep_matches(matches)
            self.env.ref(CRON).sudo()._trigger()

    # Cron

    @api.model
    def _cron_import(self):
        """Go on with the imports that run, then with those that wait."""
        waiting = self.sudo().search(
            [("state", "in", ("queued", "running"))], order="state desc, id"
        )
        for record in waiting:
            if not record._run_queued():
                break

    def _run_queued(self):
        """Import in chunks, each committed together with its place in the file.

        A worker that is killed, or whose time is over, loses its chunk at most: the
        next one goes on from the last row that was committed.

        :return: bool, whether there is time for another import
        """
        commit = self.env["ir.cron"]._commit_progress
        record = self.with_user(self.user_id)
        try:
            record._check_importer()
        except AccessError as error:
            record._fail(Problem("apply_access", params={"reason": str(error)}))
            return bool(commit())
        record = record._in_company()
        if not record._try_lock():
            return True
        record.sudo().write(
            {
                "state": "running",
                "started_at": record.started_at or fields.Datetime.now(),
            }
        )
        walk = record._open(record._get_matches())
        if not walk:
            return bool(commit())
        record._recall(walk)
        for rows in record._chunks(walk, record.rows_done):
            if record.state == "cancelled" or not record._try_lock():
                return True
            record._do(walk, rows)
            left = commit(len(rows), remaining=walk.row_count - record.rows_done)
            if not left:
                return False
        record._finish(walk)
        return bool(commit())

    def _recall(self, walk):
        """Tell the ledger what the rows that are done already did."""
        if not self.rows_done:
            return
        refused = set(
            self.sudo().problem_ids.filtered(lambda p: not p.is_warning).mapped("line")
        )
        place = walk.columns.index_of("reference")
        for row in walk.sheet.rows():
            if row.number > self.rows_done:
                break
            reference = text_of(row.cells[place])
            if reference in walk.ledger.repeated and row.line not in refused:
                walk.ledger.lines.setdefault(reference, row.line)

    # Tools

    def _in_company(self):
        """:return: the same import, seeing its own company alone"""
        self.ensure_one()
        companies = self.company_id.ids
        return self.with_context(allowed_company_ids=companies, bin_size=False)

    def _get_limit(self):
        """:return: int, how many rows are imported at once"""
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param(LIMIT, 500))

    def _check_importer(self):
        """Refuse who may not import, or not with these records.

        :raise AccessError: when the user is not in the group or not of the company
        """
        if self.env.su:
            return
        if not self.env.user.has_group(GROUP):
            raise AccessError(
                self.env._("Ask an administrator for the right to import clients.")
            )
        self.check_access("write")

    def _check_state(self, *states):
        """:raise UserError: when one of the imports is in another state"""
        for record in self:
            if record.state not in states:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "The import of %(file)s is in the state “%(state)s”: make a "
                        "new one.",
                        file=record.file_name or "",
                        state=labels[record.state],
                    )
                )

    def _lock(self):
        """Be the only import of the company until the end of the transaction.

        :raise UserError: when another one is under way
        """
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
                    "Another import of clients of %s is under way. Wait until it is "
                    "done and try again.",
                    self.company_id.name,
                )
            )

    def _try_lock(self):
        """Take the locks of the company and, where it makes shared clients, of all.

        :return: bool, whether they were free
        """
        keys = [self.company_id.id] + ([0] if self.is_shared else [])
        for key in keys:
            self.env.cr.execute(
                SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, key)
            )
            if not self.env.cr.fetchone()[0]:
                return False
        return True
