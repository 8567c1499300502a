from odoo import api, models

from odoo.addons.client_extension.tools.client_figure import (
    ClientFigure,
    ClientSection,
    ClientSheetList,
    ClientTimelineSource,
)

EVENT_USERS = "event.group_event_registration_desk"
TAKES_PLACE = [("kanban_state", "!=", "cancel")]
BOOKED = [("state", "!=", "cancel")]


class ResPartner(models.Model):
    """Events for a client and bookings of its people, on the overview and the
    timeline."""

    _inherit = "res.partner"

    @api.model
    def _get_client_sections(self):
        return [
            *super()._get_client_sections(),
            ClientSection(
                key="event",
                label=self.env._("Events"),
                icon="fa-ticket",
                sequence=60,
                model="event.event",
                new="action_client_new_event",
                groups=EVENT_USERS,
            ),
        ]

    @api.model
    def _get_client_figures(self):
        mine = ["|", ("company_id", "=", False), *self._get_client_company_domain()]
        declared = {
            "section": "event",
            "model": "event.event",
            "partner_field": "client_id",
            "action": "event.action_event_view",
            "groups": EVENT_USERS,
        }
        return [
            *super()._get_client_figures(),
            ClientFigure(
                key="upcoming",
                label=self.env._("Upcoming"),
                domain=[*mine, *TAKES_PLACE, ("date_end", ">=", "now")],
                oldest="date_begin",
                **declared,
            ),
            ClientFigure(
                key="past",
                label=self.env._("Past"),
                domain=[*mine, *TAKES_PLACE, ("date_end", "<", "now")],
                **declared,
            ),
            ClientFigure(
                section="event",
                key="registrations",
                label=self.env._("Registrations"),
                model="event.registration",
                domain=[*mine, *BOOKED],
                action="event.event_registration_action_tree",
                groups=EVENT_USERS,
            ),
        ]

    @api.model
    def _get_client_sheet_lists(self):
        return [
            *super()._get_client_sheet_lists(),
            ClientSheetList(
                ("event", "upcoming"),
                ("name", "date_begin", "stage_id"),
                order="date_begin, id",
            ),
            ClientSheetList(
                ("event", "registrations"),
                ("event_id", "name", "event_begin_date", "state"),
                domain=(("event_id.date_end", ">=", "now"),),
            ),
        ]

    @api.model
    def _get_client_timeline_sources(self):
        return [
            *super()._get_client_timeline_sources(),
            ClientTimelineSource(
                key="event",
                label=self.env._("Events"),
                icon="fa-calendar-o",
                model="event.event",
                date_field="date_begin",
                domain=TAKES_PLACE,
                partner_field="client_id",
                title_field="name",
                state_field="stage_id",
                groups=EVENT_USERS,
            ),
            ClientTimelineSource(
                key="registration",
                label=self.env._("Registrations"),
                icon="fa-ticket",
                model="event.registration",
                date_field="create_date",
                domain=BOOKED,
                title_field="event_id",
                state_field="state",
                groups=EVENT_USERS,
            ),
        ]

    def action_client_new_event(self):
        """Prepare an event for this client, see :meth:`_get_client_new_action`."""
        return self._get_client_new_action(
            "event.event", self.env._("New Event"), {"default_client_id": self.id}
        )
