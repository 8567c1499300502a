from odoo import api, models

from odoo.addons.client_extension.tools.client_figure import (
    ClientFigure,
    ClientSection,
    ClientSheetList,
    ClientTimelineSource,
)

SALESPEOPLE = "sales_team.group_sale_salesman"


class ResPartner(models.Model):
    """Quotations and orders on the overview and the timeline of a client."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_client_sections(self):
        return [
            *super()._get_client_sections(),
            ClientSection(
                key="sale",
                label=self.env._("Orders"),
                icon="fa-usd",
                sequence=30,
                model="sale.order",
                new="action_client_new_quotation",
                groups=SALESPEOPLE,
            ),
        ]

    @api.model
    def _get_client_figures(self):
        declared = {
            "section": "sale",
            "model": "sale.order",
            "measure": "amount_total:sum_currency",
            "unit": "money",
            "groups": SALESPEOPLE,
        }
        # As Odoo's own button counts them: other apps leave some orders out.
        counted = list(self._get_sale_order_domain_count())
        counted += self._get_client_company_domain()
        orders = [*counted, ("state", "=", "sale")]
        return [
            *super()._get_client_figures(),
            ClientFigure(
                key="quotations",
                label=self.env._("Quotations"),
                domain=[*counted, ("state", "in", ("draft", "sent"))],
                action="sale.action_quotations",
                **declared,
            ),
            ClientFigure(
                key="orders",
                label=self.env._("Orders"),
                domain=orders,
                action="sale.action_orders",
                **declared,
            ),
            ClientFigure(
                key="closed",
                label=self.env._("Closed Orders"),
                domain=[*orders, ("invoice_status", "in", ("invoiced", "upselling"))],
                action="sale.action_orders",
                **declared,
            ),
            ClientFigure(
                key="to_invoice",
                label=self.env._("Orders to Invoice"),
                domain=[*orders, ("invoice_status", "=", "to invoice")],
                tone="warning",
                action="sale.action_orders",
                **declared,
            ),
        ]

    @api.model
    def _get_client_sheet_lists(self):
        return [
            *super()._get_client_sheet_lists(),
            ClientSheetList(
                ("sale", "quotations"),
                ("name", "date_order", "validity_date", "amount_total"),
            ),
            ClientSheetList(
                ("sale", "orders"),
                ("name", "date_order", "invoice_status", "amount_total"),
                domain=(("invoice_status", "not in", ("invoiced", "upselling")),),
            ),
        ]

    @api.model
    def _get_client_timeline_sources(self):
        return [
            *super()._get_client_timeline_sources(),
            ClientTimelineSource(
                key="order",
                label=self.env._("Quotations and Orders"),
                icon="fa-usd",
                model="sale.order",
                date_field="date_order",
                domain=list(self._get_sale_order_domain_count()),
                title_field="name",
                state_field="state",
                amount_field="amount_total",
                groups=SALESPEOPLE,
            ),
        ]

    @api.model
    def _get_client_became_note(self, document):
        if document._name != "sale.order":
            return super()._get_client_became_note(document)
        return self.env._("Became a client with order %s.", document.display_name)

    def action_client_new_quotation(self):
        """Write a quotation for this client, see :meth:`_get_client_new_action`."""
        return self._get_client_new_action(
            "sale.order", self.env._("New Quotation"), {"default_partner_id": self.id}
        )
