from odoo import api, fields, models


class ClientImportProblem(models.Model):
    """One thing that an import refused, or took with a warning."""

    _name = "client.import.problem"
    _description = "Import Problem"
    _order = "line, id"
    _rec_name = "message"

    import_id = fields.Many2one(
        "client.import",
        string="Client Import",
        required=True,
        index=True,
        ondelete="cascade",
    )
    line = fields.Integer(
        help="The line number shown by a text editor, or the row number in a "
        "spreadsheet; 0 for problems with the whole file."
    )
    column = fields.Char(help="The header of the column with the problem.")
    value = fields.Char()
    code = fields.Char(required=True, export_string_translation=False)
    layer = fields.Selection(
        [
            ("file", "File"),
            ("header", "Header"),
            ("row", "Row"),
            ("cell", "Cell"),
            ("match", "Reference"),
            ("apply", "Odoo"),
        ],
        string="Type",
    )
    params = fields.Json(export_string_translation=False)
    is_warning = fields.Boolean(
        string="Warning", help="The row was imported without this cell."
    )
    message = fields.Char(compute="_compute_message")

    # read for some lines at a time
    _import_line_idx = models.Index("(import_id, line)")

    @api.depends("code", "params", "line", "column", "value")
    @api.depends_context("lang")
    def _compute_message(self):
        sentences = self.env["client.import.messages"]._get_messages(
            [(problem.code, problem._get_message_params()) for problem in self]
        )
        for problem, sentence in zip(self, sentences, strict=True):
            problem.message = sentence

    def _get_message_params(self):
        """:return: dict, what the sentence of this problem may need"""
        self.ensure_one()
        return {
            "line": self.line or "",
            "column": self.column or "",
            "value": self.value or "",
            **(self.params or {}),
        }
