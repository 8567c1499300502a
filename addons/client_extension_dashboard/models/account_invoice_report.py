from odoo import api, fields, models
from odoo.tools import SQL


class AccountInvoiceReport(models.Model):
    """Turnover by what the client is: charts group by columns of the statistics."""

    _inherit = "account.invoice.report"

    client_type_id = fields.Many2one("client.type", readonly=True)
    client_business_unit_id = fields.Many2one("client.business.unit", readonly=True)
    client_user_id = fields.Many2one(
        "res.users", string="Client Manager", readonly=True
    )

    _depends = {
        "res.partner": ["client_type_id", "client_business_unit_id", "user_id"],
    }

    @api.model
    def _select(self):
        return SQL(
            "%s, %s",
            super()._select(),
            SQL(
                """
                commercial_partner.client_type_id,
                commercial_partner.client_business_unit_id,
                commercial_partner.user_id AS client_user_id
                """
            ),
        )
