from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    client_auto_reference = fields.Boolean(
        string="Number New Clients",
        help="A client without a reference gets the next number of the sequence.",
    )
    client_auto_status = fields.Boolean(
        string="Prospects Become Clients by Themselves",
        default=True,
        help="A prospect becomes a client when its first customer invoice is posted.",
    )
