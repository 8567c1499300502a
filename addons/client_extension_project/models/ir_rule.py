from odoo import api, models


class IrRule(models.Model):
    """The analysis of timesheets, where they are installed."""

    _inherit = "ir.rule"

    @api.model
    def _get_client_paths(self):
        paths = {"timesheets.analysis.report": ["partner_id"]}
        return {**super()._get_client_paths(), **paths}
