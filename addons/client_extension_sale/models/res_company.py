from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    client_auto_status_order = fields.Boolean(
        string="Confirmed Orders Make Clients",
        default=True,
        help="A prospect becomes a client when its first order is confirmed.",
    )
