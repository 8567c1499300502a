from odoo import api, fields, models
from odoo.exceptions import UserError


class ClientImportMappingSave(models.TransientModel):
    """The name under which the columns of a file are saved."""

    _name = "client.import.mapping.save"
    _inherit = "client.import.input.mixin"
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
            # Stored fields are computed as superuser, but the import may be one that
            # the user must not know of.
            if not wizard.import_id.sudo(False).has_access("read"):
                # Not False: the access is refused, not the missing name.
                wizard.name = ""
                continue
            file_name = wizard.import_id.file_name or ""
            stem = file_name.rpartition(".")[0] or file_name
            wizard.name = wizard.import_id.mapping_id.name or stem

    def action_save(self):
        """Save the mapping and go back to the import."""
        self.ensure_one()
        name = self.name.strip()
        if not name:
            raise UserError(self.env._("Enter a name for the mapping."))
        self.env["client.import.mapping"]._save(self.import_id, name)
        return {"type": "ir.actions.act_window_close"}
