from odoo import api, fields, models

#: how long the rows of a check are kept
PREVIEW_DAYS = 7


class ClientImportPreview(models.Model):
    """What a check says of one row; it goes when the file is imported."""

    _name = "client.import.preview"
    _description = "Checked Row"
    _order = "rank, line, id"
    _rec_name = "reference"

    import_id = fields.Many2one(
        "client.import",
        string="Client Import",
        required=True,
        index=True,
        ondelete="cascade",
    )
    rank = fields.Integer(export_string_translation=False)
    line = fields.Integer(
        help="The line number shown by a text editor, or the row number in a "
        "spreadsheet."
    )
    reference = fields.Char()
    name = fields.Char()
    partner_id = fields.Many2one(
        "res.partner", string="Client", index="btree_not_null", ondelete="set null"
    )
    outcome = fields.Selection(
        [
            ("update", "Updated"),
            ("create", "Created"),
            ("reject", "Rejected"),
            ("skip", "Skipped"),
            ("unchanged", "Unchanged"),
        ],
        required=True,
    )
    changes = fields.Json(export_string_translation=False)
    summary = fields.Text(string="Planned Changes")
    note = fields.Char(string="Problem")

    # Actions

    def action_open_client(self):
        """Open the client that the row speaks of."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.res_partner_action"
        )
        return {**action, "res_id": self.partner_id.id, "views": [(False, "form")]}

    # Tools

    @api.autovacuum
    def _gc_previews(self):
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=PREVIEW_DAYS)
        # Superuser: previews of all users grow old.
        self.sudo().search([("create_date", "<", limit)]).unlink()
