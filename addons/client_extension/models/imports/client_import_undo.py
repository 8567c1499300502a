import time

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .client_import_queue import LOCK_DELAY

CRON = "client_extension.client_import_undo_cron"
CHUNK = 500
#: states of an import that did something
UNDOABLE = ("done", "done_with_problems", "cancelled", "failed")
#: states of one that was stopped, and is looked at before it begins again
AGAIN = ("draft", "checked")


class ClientImport(models.Model):
    """How an import is taken back."""

    _inherit = "client.import"

    actor_id = fields.Many2one(
        "res.users",
        readonly=True,
        export_string_translation=False,
        help="The user on whose behalf the background job runs, if not the importer.",
    )
    change_ids = fields.One2many("client.import.change", "import_id", readonly=True)
    kept_ids = fields.One2many(
        "client.import.change",
        "import_id",
        string="Kept by the Undo",
        domain=[("outcome", "in", ("kept", "archived"))],
        readonly=True,
    )
    journal_cleared = fields.Boolean(string="Change Log Deleted", readonly=True)
    is_undoing = fields.Boolean(string="Being Undone", readonly=True)
    undo_total = fields.Integer(readonly=True, export_string_translation=False)
    undo_done = fields.Integer(readonly=True, export_string_translation=False)
    undo_seconds = fields.Float(readonly=True, export_string_translation=False)
    undo_progress = fields.Float(compute="_compute_undo_progress", help="In percent.")
    can_undo = fields.Boolean(compute="_compute_can_undo")

    @api.depends("undo_total", "undo_done")
    def _compute_undo_progress(self):
        for record in self:
            total = record.undo_total
            record.undo_progress = 100.0 * record.undo_done / total if total else 0.0

    @api.depends("is_undoing", "undo_total", "undo_done", "undo_seconds")
    def _compute_progress(self):
        return super()._compute_progress()

    @api.depends("state", "is_undoing", "journal_cleared", "rows_done")
    def _compute_can_undo(self):
        pending = self._get_pending_ids()
        for record in self:
            record.can_undo = (
                record.state in (*UNDOABLE, *AGAIN)
                and not record.is_undoing
                and record._origin.id in pending
                and not record.journal_cleared
            )

    # Actions

    def undo(self):
        """Take back what the import did, as far as nobody built on it since.

        Up to the limit in the settings at once, above it in the background. An import
        that is undone, or being undone, stays as it is.
        """
        self._check_importer()
        todo = self.filtered(lambda r: r.state != "undone" and not r.is_undoing)
        pending = todo._get_pending_ids()
        for record in todo:
            record._check_state(*UNDOABLE, *(AGAIN if record.id in pending else ()))
        for record in todo:
            record._in_company()._undo()
        return True

    def action_open_created(self):
        """Show the clients that the import created."""
        return self._open_clients("created", self.env._("Created Clients"))

    def action_open_updated(self):
        """Show the clients that the import changed."""
        return self._open_clients("updated", self.env._("Updated Clients"))

    def _open_clients(self, kind, name):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.res_partner_action"
        )
        changes = [("import_id", "=", self.id), ("kind", "=", kind)]
        return {
            **action,
            "id": False,
            "name": name,
            "display_name": name,
            "path": False,
            "domain": [("client_import_change_ids", "any", changes)],
            "context": {"active_test": False},
        }

    def _undo(self):
        self._check_journal()
        # Superuser: the journal is not for users to write.
        changes = self.env["client.import.change"].sudo()
        total = changes.search_count(self._get_pending_domain())
        self._books().write(
            {
                "is_undoing": True,
                "undo_total": total,
                "undo_done": 0,
                "undo_seconds": 0.0,
                "actor_id": self.env.uid,
            }
        )
        if total > self._get_limit():
            # Superuser: only to wake the cron, which acts as the user.
            self.env.ref(CRON).sudo()._trigger()
            return
        self._lock()
        while changes := self._get_next_changes():
            self._undo_chunk(changes)
        self._finish_undo()

    # Cron

    @api.model
    def _cron_undo(self):
        """Go on with the imports that are being undone."""
        # Superuser finds them all; each goes on as the user who asked.
        waiting = self.sudo().search([("is_undoing", "=", True)], order="id")
        self._go_on(
            waiting,
            lambda record: record._undo_queued(),
            # Whoever asked for it can ask again.
            lambda record, error: record._books().write(
                {"is_undoing": False, "actor_id": False}
            ),
            CRON,
        )

    def _undo_queued(self):
        """Undo in chunks, each committed together with its verdicts.

        :return: bool, whether there is time for another undo
        """
        commit = self.env["ir.cron"]._commit_progress
        self._check_importer()
        while self.is_undoing:
            if not self._try_lock():
                at = fields.Datetime.now() + LOCK_DELAY
                # Superuser: only to wake the cron, which acts as the user.
                self.env.ref(CRON).sudo()._trigger(at)
                return True
            changes = self._get_next_changes()
            if not changes:
                self._finish_undo()
                break
            count = len(changes)
            with self.env.cr.savepoint():
                self._undo_chunk(changes)
            left = commit(count, remaining=max(self.undo_total - self.undo_done, 0))
            if not self._has_time(left):
                return False
        return self._has_time(commit())

    # Tools

    def _get_progress(self):
        if not self.is_undoing:
            return super()._get_progress()
        return self.undo_done, self.undo_total

    def _get_speed(self):
        if not self.is_undoing:
            return super()._get_speed()
        return self.undo_done / self.undo_seconds if self.undo_seconds else 0.0

    def _is_moving(self):
        return self.is_undoing or super()._is_moving()

    def _get_done_note(self, done, total):
        if not self.is_undoing:
            return super()._get_done_note(done, total)
        return self.env._("Clients: %(done)s of %(total)s", done=done, total=total)

    def _undo_chunk(self, changes):
        started = time.monotonic()
        self.env["client.import.undo"]._undo(changes)
        books = self._books()
        books.write(
            {
                "undo_done": books.undo_done + len(changes),
                "undo_seconds": books.undo_seconds + time.monotonic() - started,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def _finish_undo(self):
        self._books().write({"is_undoing": False, "state": "undone", "actor_id": False})

    def _get_pending_domain(self):
        """:return: domain of the lines of the journal without a verdict"""
        return [("import_id", "=", self.id), ("outcome", "=", False)]

    def _get_next_changes(self):
        """The next lines to undo: the last ones first, no client twice.

        :return: ``client.import.change`` recordset
        """
        # Superuser: the import was checked, and its journal goes with it.
        changes = self.env["client.import.change"].sudo()
        domain = self._get_pending_domain()
        found = changes.search(domain, order="id desc", limit=CHUNK)
        seen, ids = set(), []
        for change in found:
            if change.partner_key in seen:
                break
            seen.add(change.partner_key)
            ids.append(change.id)
        return changes.browse(ids).sudo(False)

    def _get_pending_ids(self):
        """:return: set of the ids of imports that changed what no undo looked at yet"""
        # Superuser: the imports were read, and the journal goes with them.
        changes = self.env["client.import.change"].sudo()
        changes.flush_model(["import_id", "outcome"])
        # One look at the index for each: what there is more of does not matter.
        self.env.cr.execute(
            SQL(
                """
                SELECT i.id
                  FROM unnest(%s::int[]) AS i(id)
                 WHERE EXISTS (SELECT 1
                                 FROM client_import_change AS c
                                WHERE c.import_id = i.id AND c.outcome IS NULL)
                """,
                self._origin.ids,
            )
        )
        return {import_id for (import_id,) in self.env.cr.fetchall()}

    def _check_journal(self):
        """:raise UserError: when nobody knows any more what the import changed"""
        # Superuser: whether there is one, and no more.
        changes = self.env["client.import.change"].sudo()
        known = changes.search_count([("import_id", "=", self.id)], limit=1)
        is_changed = self.created_count or self.updated_count
        if self.journal_cleared or (is_changed and not known):
            raise UserError(
                self.env._(
                    "The import of %s can no longer be undone because its "
                    "change log has been deleted.",
                    self.file_name or "",
                )
            )

    def _check_state(self, *states):
        if any(record.is_undoing for record in self):
            raise UserError(
                self.env._("This import is being undone. Wait a moment and try again.")
            )
        return super()._check_state(*states)

    def _get_next_step(self):
        if self.is_undoing:
            return self.env._(
                "The import is being undone in the background. You can leave this page."
            )
        if self.state == "undone":
            return self._get_undone_step()
        if self.state in AGAIN and self.can_undo:
            return self.env._(
                "The import was stopped. What it imported before is kept. "
                "Undo it, or import the file again: a check shows what "
                "would change."
            )
        return super()._get_next_step()

    def _get_undone_step(self):
        """:return: str, what the undo did"""
        groups = self.env["client.import.change"]._read_group(
            [("import_id", "=", self.id)], ["outcome"], ["__count"]
        )
        counts = dict(groups)
        return self.env._(
            "The import has been undone. Restored: %(restored)s, deleted: "
            "%(deleted)s, archived: %(archived)s, kept: %(kept)s.",
            **{
                name: counts.get(name, 0)
                for name in ("restored", "deleted", "archived", "kept")
            },
        )
