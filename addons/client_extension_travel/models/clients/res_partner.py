from odoo import api, models

from odoo.addons.client_extension.tools.client_figure import (
    ClientFigure,
    ClientSection,
    ClientSheetList,
    ClientTimelineSource,
)

TRAVEL_USERS = "client_extension_travel.group_travel_user"
TAKES_PLACE = [("state", "!=", "cancelled")]
CONFIRMED = [("state", "=", "confirmed")]
ACCOUNTANTS = "account.group_account_invoice,account.group_account_readonly"
SALES = ("out_invoice", "out_refund", "out_receipt")


class ResPartner(models.Model):
    """Trips and stays on the overview and the timeline of a client."""

    _inherit = "res.partner"

    @api.model
    def _get_client_sections(self):
        return [
            *super()._get_client_sections(),
            ClientSection(
                key="travel",
                label=self.env._("Trips and Stays"),
                icon="fa-suitcase",
                sequence=35,
                model="client.trip",
                new="action_client_new_trip",
                groups=TRAVEL_USERS,
            ),
        ]

    @api.model
    def _get_client_figures(self):
        mine = self._get_client_company_domain()
        declared = {
            "section": "travel",
            "model": "client.trip",
            "partner_field": "client_id",
            "action": "client_extension_travel.client_trip_action",
            "groups": TRAVEL_USERS,
        }
        return [
            *super()._get_client_figures(),
            ClientFigure(
                key="upcoming",
                label=self.env._("Upcoming"),
                domain=[*mine, *TAKES_PLACE, ("date_from", ">=", "today")],
                oldest="date_from",
                **declared,
            ),
            ClientFigure(
                key="open",
                label=self.env._("Not Confirmed"),
                domain=[*mine, ("state", "in", ("enquiry", "quoted", "option"))],
                tone="warning",
                **declared,
            ),
            ClientFigure(
                key="confirmed",
                label=self.env._("Confirmed"),
                domain=[*mine, *CONFIRMED],
                oldest="date_from",
                **declared,
            ),
            ClientFigure(
                key="nights",
                label=self.env._("Nights"),
                domain=[*mine, *CONFIRMED],
                measure="nights:sum",
                **declared,
            ),
            ClientFigure(
                section="travel",
                key="turnover",
                label=self.env._("Invoiced for Trips"),
                model="account.move",
                # Whoever is invoiced: the trips of this client.
                partner_field="client_trip_id.client_id",
                domain=[*mine, ("move_type", "in", SALES), ("state", "=", "posted")],
                measure="amount_total_signed:sum_currency",
                unit="money",
                action="client_extension.client_invoice_action",
                context={"default_move_type": "out_invoice"},
                groups=ACCOUNTANTS,
            ),
        ]

    @api.model
    def _get_client_sheet_lists(self):
        return [
            *super()._get_client_sheet_lists(),
            ClientSheetList(
                ("travel", "upcoming"),
                ("name", "title", "date_from", "date_to", "state"),
                order="date_from, id",
            ),
        ]

    @api.model
    def _get_client_timeline_sources(self):
        return [
            *super()._get_client_timeline_sources(),
            ClientTimelineSource(
                key="trip",
                label=self.env._("Trips and Stays"),
                icon="fa-suitcase",
                model="client.trip",
                date_field="date_from",
                domain=[*TAKES_PLACE, ("date_from", "!=", False)],
                partner_field="client_id",
                state_field="state",
                groups=TRAVEL_USERS,
            ),
        ]
