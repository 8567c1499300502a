from odoo import api, fields, models

SALESPEOPLE = "sales_team.group_sale_salesman"


class ClientTrip(models.Model):
    """The opportunities that a trip was."""

    _inherit = "client.trip"

    client_lead_ids = fields.One2many(
        "crm.lead",
        "client_trip_id",
        string="Opportunities",
        groups=SALESPEOPLE,
        # Lost ones are archived.
        context={"active_test": False},
    )
    client_lead_count = fields.Integer(
        compute="_compute_client_lead_count", groups=SALESPEOPLE
    )

    @api.depends("client_lead_ids")
    @api.depends_context("uid")
    def _compute_client_lead_count(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        rows = leads._read_group(
            [("client_trip_id", "in", self.ids)], ["client_trip_id"], ["__count"]
        )
        counts = {trip.id: count for trip, count in rows}
        for trip in self:
            trip.client_lead_count = counts.get(trip._origin.id, 0)

    def action_view_leads(self):
        """Open the opportunities of this trip.

        :return: dict, a window action
        """
        return self._get_documents_action(
            "client_extension_crm.client_opportunity_action",
            self.env._("Opportunities: %s", self.display_name),
            # Lost ones are archived.
            {"active_test": False},
        )
