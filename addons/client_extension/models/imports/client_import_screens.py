from urllib.parse import quote as url_quote

from markupsafe import Markup

from odoo import api, fields, models


class ClientImport(models.Model):
    """What the screens of an import say and offer."""

    _inherit = "client.import"

    next_step = fields.Char(
        compute="_compute_next_step", export_string_translation=False
    )
    columns_html = fields.Html(
        compute="_compute_columns_html",
        sanitize=False,
        export_string_translation=False,
    )

    @api.depends(
        "state",
        "rejected_count",
        "skipped_count",
        "rows_done",
        "problem_ids",
        "is_undoing",
        "undo_done",
    )
    @api.depends_context("lang")
    def _compute_next_step(self):
        for record in self:
            record.next_step = record._get_next_step()

    @api.depends("columns_summary")
    @api.depends_context("lang")
    def _compute_columns_html(self):
        rooms = self.env["client.import.columns"]
        columns = {column.key: column for column in rooms._get_import_columns()}
        labels = self.env["res.partner"].fields_get(attributes=["string"])
        for record in self:
            rows = Markup().join(
                Markup("<tr><td>%s</td><td>%s</td></tr>")
                % (target["header"], self._describe_target(target, columns, labels))
                for target in sorted(record.columns_summary or [], key=_by_surprise)
            )
            head = Markup("<tr><th>%s</th><th>%s</th></tr>") % (
                self.env._("Column in the file"),
                self.env._("Imported as"),
            )
            record.columns_html = rows and (
                Markup('<table class="table table-sm mb-0"><thead>%s</thead>%s</table>')
                % (head, Markup("<tbody>%s</tbody>") % rows)
            )

    # Actions

    def action_reload(self):
        """Show how far an import in the background is."""
        return True

    def action_download_rejects(self):
        """Download the rejected rows, each with its error."""
        self.ensure_one()
        return self._download("rejects_file", self.rejects_file_name)

    def action_download_file(self):
        """Download the file with which the import began, as it came."""
        self.ensure_one()
        return self._download("file", self.file_name)

    # Tools

    def _download(self, field_name, file_name):
        """:return: action that downloads one of the files of the import"""
        name = url_quote(file_name or "clients.csv")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/{field_name}"
            f"?download=true&filename={name}",
            "target": "self",
        }

    def _get_next_step(self):
        """:return: str, what the user may do now, or False"""
        self.ensure_one()
        if self.state == "failed":
            return self.problem_ids[:1].message
        counted = self.rejected_count or self.skipped_count
        return (counted and self._get_counted_step()) or self._get_plain_step()

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
                "All rows of the file have been imported, but some cells were ignored."
            ),
            "cancelled": _(
                "The import was stopped. Rows processed: %s. What was "
                "imported so far is kept.",
                self.rows_done,
            ),
        }.get(self.state, False)

    @api.model
    def _describe_target(self, target, columns, labels):
        """:return: markup that says what one column of the file became"""
        if target["role"] == "standard":
            return Markup("<span>%s</span>") % self._get_column_name(
                columns.get(target["key"]), labels
            )
        if target["role"] != "additional":
            return Markup('<span class="text-muted">%s</span>') % self.env._("Ignored")
        badge = Markup('<span class="badge text-bg-info">%s</span>') % self.env._(
            "Additional data"
        )
        if not target["suggestion"]:
            return badge
        return badge + Markup(' <span class="text-warning">%s</span>') % self.env._(
            "Did you mean “%s”?", target["suggestion"]
        )

    @api.model
    def _get_column_name(self, column, labels):
        """:return: str, what the field of a standard column is called"""
        if column is None:
            return self.env._("Unknown")
        if column.kind == "type":
            return self.env._("Individual or company")
        own = {
            "reference": self.env._("Client Reference"),
            "category": self.env._("Categories"),
            "manager": self.env._("Client Manager"),
        }
        label = labels.get(column.field, {}).get("string")
        return own.get(column.key) or label or column.key


def _by_surprise(target):
    """What may not be what the user expects comes first, else the file's order."""
    if target["suggestion"]:
        return 0
    return 2 if target["role"] == "standard" else 1
