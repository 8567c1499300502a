from odoo import api, models

from odoo.addons.client_extension.tools.client_figure import (
    ClientFigure,
    ClientSection,
    ClientSheetList,
    ClientTimelineSource,
)

SALESPEOPLE = "sales_team.group_sale_salesman"


class ResPartner(models.Model):
    """Opportunities on the page of a client."""

    _inherit = "res.partner"

    @api.model
    def _get_client_sections(self):
        return [
            *super()._get_client_sections(),
            ClientSection(
                key="crm",
                label=self.env._("Opportunities"),
                icon="fa-star-o",
                sequence=20,
                model="crm.lead",
                new="action_client_new_opportunity",
                groups=SALESPEOPLE,
            ),
        ]

    @api.model
    def _get_client_figures(self):
        opportunities = [
            ("type", "=", "opportunity"),
            *("|", ("company_id", "=", False)),
            *self._get_client_company_domain(),
        ]
        declared = {
            "section": "crm",
            "model": "crm.lead",
            "measure": "expected_revenue:sum_currency",
            "unit": "money",
            "action": "client_extension_crm.client_opportunity_action",
            "groups": SALESPEOPLE,
        }
        context = {"default_type": "opportunity"}
        return [
            *super()._get_client_figures(),
            ClientFigure(
                key="open",
                label=self.env._("Open"),
                domain=[*opportunities, ("won_status", "=", "pending")],
                context=context,
                **declared,
            ),
            ClientFigure(
                key="won",
                label=self.env._("Won"),
                domain=[*opportunities, ("won_status", "=", "won")],
                tone="success",
                context=context,
                **declared,
            ),
            ClientFigure(
                key="lost",
                label=self.env._("Lost"),
                domain=[*opportunities, ("won_status", "=", "lost")],
                # Lost opportunities are archived.
                context={**context, "active_test": False},
                **declared,
            ),
        ]

    @api.model
    def _get_client_sheet_lists(self):
        return [
            *super()._get_client_sheet_lists(),
            ClientSheetList(
                ("crm", "open"),
                ("name", "stage_id", "expected_revenue", "date_deadline"),
            ),
        ]

    @api.model
    def _get_client_timeline_sources(self):
        return [
            *super()._get_client_timeline_sources(),
            ClientTimelineSource(
                key="opportunity",
                label=self.env._("Opportunities"),
                icon="fa-star-o",
                model="crm.lead",
                date_field="create_date",
                domain=[
                    ("type", "=", "opportunity"),
                    ("active", "in", [True, False]),
                ],
                state_field="won_status",
                amount_field="expected_revenue",
                groups=SALESPEOPLE,
            ),
        ]

    def action_client_new_opportunity(self):
        """Start an opportunity with this client.

        :return: dict, a window action
        :raise AccessError: when the user is no user of the Clients app, or may not
            read the client or create opportunities
        """
        return self._get_client_new_action(
            "crm.lead",
            self.env._("New Opportunity"),
            {"default_type": "opportunity", "default_partner_id": self.id},
        )

    @api.model
    def _get_client_became_note(self, document):
        if document._name != "crm.lead":
            return super()._get_client_became_note(document)
        return self.env._(
            "Became a client with the won opportunity “%s”.", document.display_name
        )
