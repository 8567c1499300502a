from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_auto_status_order = fields.Boolean(
        related="company_id.client_auto_status_order", readonly=False
    )
