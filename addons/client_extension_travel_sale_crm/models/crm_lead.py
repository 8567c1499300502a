from odoo import models


class CrmLead(models.Model):
    """A quotation of an opportunity is for the trip that it became."""

    _inherit = "crm.lead"

    def _prepare_opportunity_quotation_context(self):
        context = super()._prepare_opportunity_quotation_context()
        # A trip that the user may not see would refuse the quotation.
        if trip := self.client_trip_id._filtered_access("read"):
            context["default_client_trip_id"] = trip.id
        return context
