from datetime import timedelta

from babel.dates import format_timedelta

from odoo import api, fields, models
from odoo.tools import babel_locale_parse
from odoo.tools.misc import formatLang, get_lang

from ...clients.ir_websocket import BUS_CHANNEL

#: type of the notification sent to pages
NOTICE = "client_extension.import_moved"


class ClientImport(models.Model):
    """Notifies pages of the progress of an import, and computes its speed."""

    _inherit = "client.import"  # pylint: disable=consider-merging-classes-inherited

    progress = fields.Float(compute="_compute_progress", help="In percent.")
    rows_per_second = fields.Float(compute="_compute_progress")
    seconds_left = fields.Integer(compute="_compute_progress")
    time_left = fields.Char(compute="_compute_progress_note")
    progress_note = fields.Char(compute="_compute_progress_note")
    duration = fields.Char(
        compute="_compute_duration",
        help="Time spent processing the rows, without waiting time.",
    )

    @api.depends(
        "task",
        "task_done",
        "task_total",
        "task_seconds",
        "rows_done",
        "row_count",
        "seconds",
    )
    def _compute_progress(self):
        for record in self:
            done, total = record._get_progress()
            speed = record._get_speed()
            record.progress = min(100.0 * done / total, 100.0) if total else 0.0
            record.rows_per_second = round(speed, 1 if speed < 10 else 0)
            left = (total - done) / speed if speed else 0
            record.seconds_left = left if record.task else 0

    @api.depends("progress")
    @api.depends_context("lang")
    def _compute_progress_note(self):
        for record in self:
            left = record.seconds_left
            record.time_left = bool(left) and record._spell_seconds(left)
            record.progress_note = record._get_progress_note()

    @api.depends("seconds")
    @api.depends_context("lang")
    def _compute_duration(self):
        for record in self:
            seconds = record.seconds
            record.duration = bool(seconds) and record._spell_seconds(seconds)

    # Progress

    def _get_progress(self):
        """:return: pair (number done, total number) of the current task, or of the file
        if there is none"""
        if self.task:
            return self.task_done, self.task_total
        return self.rows_done, self.row_count

    def _get_speed(self):
        """:return: float, number of rows, or clients of an undo, done per second"""
        done, _total = self._get_progress()
        seconds = self.task_seconds if self.task else self.seconds
        return done / seconds if seconds else 0.0

    def _get_progress_note(self):
        """:return: str, progress in the background, or False when there is no task"""
        done, total = self._get_progress()
        if not (self.task and total):
            return False
        parts = [
            self._get_done_note(
                formatLang(self.env, done, digits=0),
                formatLang(self.env, total, digits=0),
            )
        ]
        if speed := self.rows_per_second:
            number = formatLang(self.env, speed, digits=1 if speed < 10 else 0)
            parts.append(self.env._("%s per second", number))
        if self.time_left:
            parts.append(self.env._("about %s left", self.time_left))
        return ", ".join(parts)

    def _get_done_note(self, done, total):
        """:return: str that says how much of the total is done"""
        if self.task == "undo":
            return self.env._("Clients: %(done)s of %(total)s", done=done, total=total)
        return self.env._("Rows: %(done)s of %(total)s", done=done, total=total)

    def _spell_seconds(self, seconds):
        """:return: str, a duration in its largest unit, in the language of the user"""
        locale = babel_locale_parse(get_lang(self.env).code)
        whole = timedelta(seconds=max(round(seconds), 1))
        return format_timedelta(whole, threshold=1.5, locale=locale)

    # Notices

    def _announce(self):
        """Notify the pages once the progress is committed, once per commit."""
        precommit = self.env.cr.precommit
        if NOTICE not in precommit.data:
            precommit.data[NOTICE] = set()
            imports = self.env["client.import"]
            precommit.add(lambda: imports.browse(precommit.data.pop(NOTICE))._notify())
        precommit.data[NOTICE].update(self.ids)

    def _notify(self):
        """Send only the ids of these imports, to the users who can see them."""
        heard = {}
        # Superuser: only to find the recipients, who read with their own rights.
        for record in self.sudo().exists():
            users = record.user_id | record.actor_id
            for listener in (*users.partner_id, record.company_id):
                heard.setdefault((listener, BUS_CHANNEL), []).append(record.id)
        for channel, ids in heard.items():
            self.env["bus.bus"]._sendone(channel, NOTICE, {"ids": sorted(ids)})
