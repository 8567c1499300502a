from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    client_won_status = fields.Boolean(
        string="Won Opportunities Convert Prospects",
        default=True,
        help="A prospect becomes a client when one of its opportunities is won.",
    )
