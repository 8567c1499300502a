from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_identity_days = fields.Integer(
        related="company_id.client_identity_days", readonly=False
    )
