from odoo import api, fields, models
from odoo.tools import format_date

from ..client_import import AGAIN


class ClientImport(models.Model):
    """What the user can do next with an import, as a sentence."""

    _inherit = "client.import"  # pylint: disable=consider-merging-classes-inherited

    next_step = fields.Char(
        compute="_compute_next_step", export_string_translation=False
    )

    @api.depends(
        "state",
        "rejected_count",
        "skipped_count",
        "rows_done",
        "problem_ids",
        "task",
        "task_done",
        "cleared_at",
        "background_note",
    )
    @api.depends_context("lang", "tz")
    def _compute_next_step(self):
        for record in self:
            step = record._get_next_step()
            cleared = record.cleared_at and not record.task
            record.next_step = record._get_cleared_step(step) if cleared else step

    def _get_next_step(self):
        """:return: str, what the user can do now, or False"""
        self.ensure_one()
        _ = self.env._
        if self.background_note:
            # Nothing begins or continues: the note says why, and whom to ask.
            return False
        if self.task == "check":
            return _(
                "This file is long, so it is being checked in the "
                "background. You can leave this page. Nothing has been "
                "imported yet."
            )
        if self.task == "undo":
            return _(
                "The import is being undone in the background. You can leave this page."
            )
        if self.state == "undone":
            return self._get_undone_step()
        if self.state in AGAIN and self.can_undo:
            return _(
                "The import was stopped. What it imported before is kept. "
                "Undo it, or import the file again: a check shows what "
                "would change."
            )
        if self.state == "failed":
            step = self.problem_ids[:1].message
            if self.can_map and not self.question_summary:
                step = _(
                    "%s Select below what each column contains, then check again.", step
                )
            return step
        counted = self.rejected_count or self.skipped_count
        return (
            self._get_values_step()
            or (counted and self._get_counted_step())
            or self._get_plain_step()
        )

    def _get_cleared_step(self, step):
        """:param step: str, the usual next step, which may need the file
        :return: str, what is known of an import whose file was deleted"""
        # In other states the next step needs the file, or rows of it.
        is_report = self.state in ("done", "undone", "failed", "cancelled")
        date = format_date(self.env, self.cleared_at)
        if self.cleared_days:
            note = self.env._(
                "The file and its rows were deleted after %(days)s days, on %(date)s. "
                "The figures are kept.",
                days=self.cleared_days,
                date=date,
            )
        else:
            note = self.env._(
                "The file and its rows were deleted on %s. The figures are kept.", date
            )
        return f"{step} {note}" if is_report and step else note

    def _get_counted_step(self):
        """:return: str or None, what to do about rejected or skipped rows"""
        _ = self.env._
        if self.state == "checked" and self.rejected_count:
            return _(
                "Nothing has been imported yet. Rows that would be "
                "rejected: %s. Correct them in the file and upload it "
                "again, or import the other rows.",
                self.rejected_count,
            )
        if self.can_correct and not self.correction_note:
            return _(
                "Rejected rows: %s. Correct them on the Rejected Rows page. Download "
                "them to use a spreadsheet, then import the corrected file here: it "
                "does not need to contain the rows that were already imported.",
                self.rejected_count,
            )
        if self.state == "done_with_problems" and self.rejected_count:
            return _(
                "Rejected rows: %s. Download them, correct them and "
                "import the corrected file here. It does not need to "
                "contain the rows that were already imported.",
                self.rejected_count,
            )
        if self.state == "done":
            return _(
                "All rows of the file have been processed. Skipped, as you chose: %s.",
                self.skipped_count,
            )
        return None

    def _get_plain_step(self):
        """:return: str, what to do next in this state, or False"""
        _ = self.env._
        return {
            "draft": _("Check first to see what would happen, or import right away."),
            "checked": _(
                "Nothing has been imported yet. These figures show what the "
                "import would do."
            ),
            "queued": _(
                "The import will start in the background shortly. You can "
                "leave this page."
            ),
            "running": _(
                "The import is running in the background. You can leave this page."
            ),
            "done": _("All rows of the file have been imported."),
            "done_with_problems": _(
                "All rows of the file have been imported. Read the warnings below."
            ),
            "cancelled": _(
                "The import was stopped. Rows processed: %s. What was "
                "imported so far is kept.",
                self.rows_done,
            ),
        }.get(self.state, False)

    def _get_undone_step(self):
        """:return: str, what the undo did"""
        # Superuser: only numbers, also of clients who are hidden from the user.
        groups = (
            self.env["client.import.change"]
            .sudo()
            ._read_group([("import_id", "=", self.id)], ["outcome"], ["__count"])
        )
        counts = dict(groups)
        names = self.env["client.import.name"]._get_undone_sentence(self)
        sentence = self.env._(
            "The import has been undone. Restored: %(restored)s, deleted: "
            "%(deleted)s, archived: %(archived)s, kept: %(kept)s.",
            **{
                name: counts.get(name, 0)
                for name in ("restored", "deleted", "archived", "kept")
            },
        )
        return f"{sentence} {names}" if names else sentence
