from odoo import api, fields, models
from odoo.exceptions import UserError


class ClientImportMappingKeep(models.TransientModel):
    """The name under which the columns of a file are kept."""

    _name = "client.import.mapping.keep"
    _inherit = "client.import.asked"
    _description = "Save an Import Mapping"

    import_id = fields.Many2one(
        "client.import", string="Client Import", required=True, ondelete="cascade"
    )
    name = fields.Char(
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("import_id")
    def _compute_name(self):
        for wizard in self:
            file_name = wizard.import_id.file_name or ""
            stem = file_name.rpartition(".")[0] or file_name
            wizard.name = wizard.import_id.mapping_id.name or stem

    def action_keep(self):
        """Keep the mapping and go back to the import."""
        self.ensure_one()
        name = self.name.strip()
        if not name:
            raise UserError(self.env._("Enter a name for the mapping."))
        self.import_id._keep_mapping(name)
        return {"type": "ir.actions.act_window_close"}
