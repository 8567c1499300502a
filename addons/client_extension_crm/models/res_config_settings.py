from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_won_status = fields.Boolean(
        related="company_id.client_won_status", readonly=False
    )
