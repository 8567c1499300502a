from odoo import models


class SpreadsheetDashboard(models.Model):
    _inherit = "spreadsheet.dashboard"

    def _dashboard_is_empty(self):
        """Show the sample of a dashboard of ours until there is what it counts.

        Odoo asks whether the models have any records: there are always partners.
        """
        counted = self._get_client_dashboard_data()
        if self.id not in counted:
            return super()._dashboard_is_empty()
        model, domain = counted[self.id]
        return not self.env[model].search_count(domain, limit=1)

    def _get_client_dashboard_data(self):
        """What the dashboards of clients count.

        :return: dict id of a dashboard -> pair of a model and a domain; overridden for
            dashboards of other add-ons
        """
        data = {
            "dashboard_clients": ("res.partner", [("client_status", "!=", False)]),
            "dashboard_turnover": (
                "account.move",
                [
                    ("move_type", "in", ("out_invoice", "out_refund")),
                    ("state", "=", "posted"),
                ],
            ),
        }
        found = {}
        for name, counted in data.items():
            name = f"client_extension_dashboard.{name}"
            if dashboard := self.env.ref(name, raise_if_not_found=False):
                found[dashboard.id] = counted
        return found
