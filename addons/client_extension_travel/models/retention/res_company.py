from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    client_identity_days = fields.Integer(
        string="Keep Identity Data (Days)",
        default=1095,
        help="How long birth dates, identity papers and the other identity data of a "
        "traveler are kept after the last trip. At 0, they are never deleted.",
    )

    _client_identity_days_positive = models.Constraint(
        "CHECK(client_identity_days >= 0)",
        "The days for which identity data is kept cannot be negative.",
    )
