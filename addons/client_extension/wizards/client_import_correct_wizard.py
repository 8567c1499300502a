from odoo import fields, models
from odoo.exceptions import UserError


class ClientImportCorrectWizard(models.TransientModel):
    """Asks for the file that corrects the rejected rows of an import."""

    _name = "client.import.correct.wizard"
    _inherit = "client.import.input.mixin"
    _description = "Import Corrected File"

    import_id = fields.Many2one(
        "client.import", string="Client Import", required=True, ondelete="cascade"
    )
    file = fields.Binary(attachment=False)
    file_name = fields.Char()

    def action_correct(self):
        """Import the rows again; the form behind the dialog then shows the result."""
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Select the file to import first."))
        self.import_id.correct(self.file)
        return {"type": "ir.actions.act_window_close"}
