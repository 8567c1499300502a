from urllib.parse import quote as url_quote

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ...importer.text.fold import fold_header
from .client_import import AGAIN, OPEN, UNDOABLE
from .client_import_preview import OUTCOMES, PREVIEW_DAYS
from .engine.client_import_columns import get_choice


class ClientImport(models.Model):
    """The texts and actions on the screens of an import."""

    _inherit = "client.import"  # pylint: disable=consider-merging-classes-inherited

    columns_html = fields.Html(
        compute="_compute_columns_html",
        sanitize=False,
        export_string_translation=False,
    )
    column_choices = fields.Json(
        compute="_compute_column_choices", export_string_translation=False
    )
    mapping_pending = fields.Boolean(
        compute="_compute_mapping_pending", export_string_translation=False
    )
    can_map = fields.Boolean(
        compute="_compute_can_map", export_string_translation=False
    )
    can_undo = fields.Boolean(compute="_compute_can_undo")
    preview_note = fields.Char(compute="_compute_preview_note")

    @api.depends("columns_summary")
    @api.depends_context("lang")
    def _compute_columns_html(self):
        known = self.env["client.import.columns"]
        columns = {column.key: column for column in known._get_import_columns()}
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

    @api.depends("columns_summary")
    @api.depends_context("lang")
    def _compute_column_choices(self):
        known = self.env["client.import.columns"]
        for record in self:
            record.column_choices = known._get_column_choices(record.columns_summary)

    @api.depends(
        "answers_pending",
        "column_mapping",
        "columns_summary",
        "file_answers",
        "question_summary",
        "state",
    )
    def _compute_mapping_pending(self):
        for record in self:
            chosen = {
                fold_header(text): choice
                for text, choice in (record.column_mapping or {}).items()
            }
            is_pending = record._must_check_answers() or record._is_answer_pending()
            record.mapping_pending = is_pending or any(
                chosen.get(fold_header(target["header"]), choice) != choice
                for target in record.columns_summary or []
                for choice in [get_choice(target)]
            )

    @api.depends("state", "task", "columns_summary", "problem_ids", "cleared_at")
    def _compute_can_map(self):
        for record in self:
            record.can_map = (
                record.state in OPEN
                and not record.cleared_at
                and record.task != "check"
                and bool(record.columns_summary)
                and (record.state != "failed" or record._is_header_correctable())
            )

    @api.depends("state", "task", "journal_cleared", "rows_done")
    def _compute_can_undo(self):
        pending = self.env["client.import.change"]._get_pending_ids(self)
        for record in self:
            record.can_undo = (
                record.state in (*UNDOABLE, *AGAIN)
                and record.task != "undo"
                and record._origin.id in pending
                and not record.journal_cleared
            )

    @api.depends("state", "preview_ids", *OUTCOMES.values())
    @api.depends_context("lang")
    def _compute_preview_note(self):
        groups = self.env["client.import.preview"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "outcome"], ["__count"]
        )
        shown = {(record.id, outcome): count for record, outcome, count in groups}
        for record in self:
            record.preview_note = (
                record.state == "checked"
                and record._get_preview_note(
                    {o: shown.get((record._origin.id, o), 0) for o in OUTCOMES}
                )
            )

    # Actions

    def action_reload(self):
        """Reload the page to show the progress of an import in the background."""
        return True

    def action_download_rejects(self):
        """Download the rejected rows, each with its error."""
        self.ensure_one()
        return self._download("rejects_file", self.rejects_file_name)

    def action_download_file(self):
        """Download the original file of the import."""
        self.ensure_one()
        return self._download("file", self.file_name)

    def action_open_previews(self):
        """Open the checked rows as a list to filter and search."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.client_import_preview_action"
        )
        return {**action, "domain": [("import_id", "=", self.id)]}

    def action_save_mapping(self):
        """Ask for the name under which to save these columns and answers."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.client_import_mapping_keep_action"
        )
        return {**action, "context": {"default_import_id": self.id}}

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

    def _get_preview_note(self, shown):
        """:return: str, which rows are not among those shown, or False"""
        _ = self.env._
        if self.row_count and not any(shown.values()):
            return _(
                "Checked rows are kept for %s days. Check the file again to see them.",
                PREVIEW_DAYS,
            )
        parts = [
            _(
                "%(outcome)s: first %(shown)s of %(all)s",
                outcome=self._fields[OUTCOMES[outcome]]._description_string(self.env),
                shown=formatLang(self.env, count, digits=0),
                all=formatLang(self.env, self[OUTCOMES[outcome]], digits=0),
            )
            for outcome, count in shown.items()
            if count < self[OUTCOMES[outcome]]
        ]
        return bool(parts) and _("Not all rows are listed. %s.", "; ".join(parts))

    @api.model
    def _describe_target(self, target, columns, labels):
        """:return: markup that says what one column of the file stands for"""
        if target["role"] == "standard":
            column = columns.get(target["key"])
            name = self._get_column_name(column, labels)
            return Markup("<span>%s</span>") % name
        if target["role"] != "additional":
            return Markup('<span class="text-muted">%s</span>') % self.env._("Ignored")
        badge = Markup('<span class="badge text-bg-info">%s</span>') % self.env._(
            "Additional data"
        )
        if target.get("double"):
            return badge + Markup(' <span class="text-warning">%s</span>') % self.env._(
                "Same meaning as “%s”, which is imported instead", target["double"]
            )
        if not target["suggestion"]:
            return badge
        return badge + Markup(' <span class="text-warning">%s</span>') % self.env._(
            "Did you mean “%s”?", target["suggestion"]
        )

    @api.model
    def _get_column_name(self, column, labels):
        """:return: str, the name of the field of a standard column"""
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
    """Sort key: columns that may surprise the user first, then in file order."""
    if target["suggestion"] or target.get("double"):
        return 0
    return 2 if target["role"] == "standard" else 1
