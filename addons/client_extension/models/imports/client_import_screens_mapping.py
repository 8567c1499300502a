from odoo import api, fields, models

from ...importer.text.fold import fold_header
from .engine.client_import_columns_choices import get_choice

#: states in which the user may still say what the columns are
OPEN = ("draft", "checked", "failed", "cancelled")
#: what is wrong with a header that another mapping puts right
MENDABLE = ("header_no_reference", "header_duplicate", "header_target")


class ClientImport(models.Model):
    """What the screens of an import say of its columns."""

    _inherit = "client.import"

    column_choices = fields.Json(
        compute="_compute_column_choices", export_string_translation=False
    )
    mapping_pending = fields.Boolean(
        compute="_compute_mapping_pending", export_string_translation=False
    )
    can_map = fields.Boolean(
        compute="_compute_can_map", export_string_translation=False
    )

    @api.depends("columns_summary")
    @api.depends_context("lang")
    def _compute_column_choices(self):
        room = self.env["client.import.columns"]
        for record in self:
            record.column_choices = room._get_column_choices(record.columns_summary)

    @api.depends("column_mapping", "columns_summary")
    def _compute_mapping_pending(self):
        for record in self:
            chosen = {
                fold_header(text): choice
                for text, choice in (record.column_mapping or {}).items()
            }
            record.mapping_pending = any(
                chosen.get(fold_header(target["header"]), choice) != choice
                for target in record.columns_summary or []
                for choice in [get_choice(target)]
            )

    @api.depends("state", "is_checking", "columns_summary", "problem_ids")
    def _compute_can_map(self):
        for record in self:
            record.can_map = (
                record.state in OPEN
                and not record.is_checking
                and bool(record.columns_summary)
                and (record.state != "failed" or record._is_header_mendable())
            )

    # Actions

    def action_keep_mapping(self):
        """Ask under which name these columns and answers are kept."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.client_import_mapping_keep_action"
        )
        return {**action, "context": {"default_import_id": self.id}}

    # Tools

    def _is_header_mendable(self):
        """:return: bool, whether the file is refused for its header alone"""
        problem = self.problem_ids[:1]
        if problem.code not in MENDABLE:
            return False
        # A mapping goes by the header: it cannot tell two equal ones apart.
        other = fold_header((problem.params or {}).get("other") or "")
        return other != fold_header(problem.column or "") or not other

    def _get_next_step(self):
        step = super()._get_next_step()
        if self.state == "failed" and self.can_map:
            step = self.env._(
                "%s Select below what each column contains, then check again.", step
            )
        return step
