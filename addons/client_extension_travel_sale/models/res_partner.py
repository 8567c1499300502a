from odoo import api, models
from odoo.fields import Domain

from odoo.addons.client_extension.tools.client_figure import ClientFigure

SALESPEOPLE = "sales_team.group_sale_salesman"
QUOTED = [("state", "in", ("draft", "sent"))]
ORDERED = [("state", "=", "sale")]


class ResPartner(models.Model):
    """What is ordered for trips, on the overview of a client; orders of a trip as
    documents that a sale goes to."""

    _inherit = "res.partner"

    @api.model
    def _get_client_figures(self):
        mine = self._get_client_company_domain()
        declared = {
            "section": "travel",
            "model": "sale.order",
            "measure": "amount_total:sum_currency",
            "unit": "money",
            "action": "sale.action_orders",
            "groups": SALESPEOPLE,
        }
        return [
            *super()._get_client_figures(),
            ClientFigure(
                key="quoted",
                label=self.env._("Quoted"),
                domain=[*mine, ("client_trip_id", "!=", False), *QUOTED],
                **declared,
            ),
            ClientFigure(
                key="ordered",
                label=self.env._("Ordered"),
                domain=[*mine, ("client_trip_id", "!=", False), *ORDERED],
                **declared,
            ),
        ]

    def _get_client_order_domain(self):
        domain = super()._get_client_order_domain()
        trip = self._get_client_sold_trip()
        return domain & Domain("client_trip_id", "=", trip.id) if trip else domain

    def _prepare_client_order(self, **values):
        if trip := self._get_client_sold_trip():
            values["client_trip_id"] = trip.id
        return super()._prepare_client_order(**values)
