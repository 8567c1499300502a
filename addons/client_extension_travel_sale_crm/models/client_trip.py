from odoo import models


class ClientTrip(models.Model):
    """A quotation of a trip belongs to the opportunity that became the trip."""

    _inherit = "client.trip"

    def _prepare_quotation_context(self):
        context = super()._prepare_quotation_context()
        # Of several nobody knows which one is meant.
        if len(lead := self._get_open_leads()) == 1:
            context["default_opportunity_id"] = lead.id
        return context

    def _get_open_leads(self):
        """:return: ``crm.lead``: the opportunities of this trip that the user sees and
        that are neither won nor lost; overridden to take others"""
        self.ensure_one()
        leads = self.env["crm.lead"]
        if not leads.has_access("read"):
            return leads
        domain = [("client_trip_id", "=", self.id), ("won_status", "=", "pending")]
        return leads.search(domain)
