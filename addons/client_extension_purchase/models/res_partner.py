from odoo import api, models

from odoo.addons.client_extension.tools.client_figure import (
    ClientFigure,
    ClientSection,
    ClientTimelineSource,
)

BUYERS = "purchase.group_purchase_user"


class ResPartner(models.Model):
    """Purchases on the page of a client who is a vendor too."""

    _inherit = "res.partner"

    @api.model
    def _get_client_sections(self):
        return [
            *super()._get_client_sections(),
            ClientSection(
                key="purchase",
                label=self.env._("Purchases"),
                icon="fa-credit-card",
                sequence=60,
                model="purchase.order",
                new="action_client_new_purchase",
                groups=BUYERS,
            ),
        ]

    @api.model
    def _get_client_figures(self):
        mine = self._get_client_company_domain()
        confirmed = [*mine, ("state", "=", "purchase")]
        declared = {
            "section": "purchase",
            "model": "purchase.order",
            "measure": "amount_total_cc:sum_currency",
            "unit": "money",
            "action": "client_extension_purchase.client_purchase_action",
            "groups": BUYERS,
        }
        return [
            *super()._get_client_figures(),
            ClientFigure(
                key="requests",
                label=self.env._("Requests for Quotation"),
                domain=[*mine, ("state", "in", ["draft", "sent", "to approve"])],
                # Odoo's list shows the deadline by this instead of the confirmation.
                context={"quotation_only": True},
                **declared,
            ),
            ClientFigure(
                key="orders",
                label=self.env._("Orders"),
                domain=confirmed,
                **declared,
            ),
            ClientFigure(
                key="to_bill",
                label=self.env._("Waiting Bills"),
                domain=[*confirmed, ("invoice_status", "=", "to invoice")],
                tone="warning",
                **declared,
            ),
            ClientFigure(
                key="closed",
                label=self.env._("Fully Billed"),
                domain=[*confirmed, ("invoice_status", "=", "invoiced")],
                **declared,
            ),
        ]

    @api.model
    def _get_client_timeline_sources(self):
        return [
            *super()._get_client_timeline_sources(),
            ClientTimelineSource(
                key="purchase",
                label=self.env._("Purchases"),
                icon="fa-credit-card",
                model="purchase.order",
                # the confirmation of an order, the deadline of a request
                date_field="date_calendar_start",
                domain=[("state", "!=", "cancel")],
                state_field="state",
                amount_field="amount_total",
                groups=BUYERS,
            ),
        ]

    def action_client_new_purchase(self):
        """Start a request for quotation to this client.

        :return: dict, a window action
        :raise AccessError: when the user is no user of the Clients app, or may not
            read the client or create purchase orders
        """
        return self._get_client_new_action(
            "purchase.order",
            self.env._("New Request for Quotation"),
            {"default_partner_id": self.id, "quotation_only": True},
        )
