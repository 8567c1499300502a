from odoo import api, models


class IrRule(models.Model):
    """The sales of events, where they are installed."""

    _inherit = "ir.rule"

    @api.model
    def _get_client_paths(self):
        paths = {
            "event.sale.report": [
                "sale_order_partner_id",
                "event_registration_id.partner_id",
                "event_id.client_id",
            ]
        }
        return {**super()._get_client_paths(), **paths}
