from odoo import api, fields, models
from odoo.fields import Domain


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    client_is_open = fields.Boolean(
        string="Title Shown to Me",
        store=False,
        search="_search_client_is_open",
        export_string_translation=False,
    )

    @api.model
    def _search_client_is_open(self, operator, value):
        """The meetings that Odoo counts for the current user: without those that are
        private to others, of which nobody else may learn whom they are with."""
        # A field, because a figure's condition travels to the browser and back.
        if operator != "in":
            return NotImplemented
        return Domain(self._get_default_privacy_domain())
