from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models

from odoo.addons.client_extension.tools.client_figure import (
    ClientFigure,
    ClientSection,
    ClientSheetList,
    ClientTimelineSource,
)


class ResPartner(models.Model):
    """Meetings on the page of a client."""

    _inherit = "res.partner"

    @api.model
    def _get_client_sections(self):
        return [
            *super()._get_client_sections(),
            ClientSection(
                key="calendar",
                label=self.env._("Meetings"),
                icon="fa-calendar",
                sequence=80,
                model="calendar.event",
                new="action_client_new_meeting",
            ),
        ]

    @api.model
    def _get_client_figures(self):
        now = fields.Datetime.now()
        a_year_ago = now - relativedelta(years=1)
        # Odoo leaves private meetings of others out of counts, but not out of lists.
        shown = [("client_is_open", "=", True)]
        declared = {
            "section": "calendar",
            "model": "calendar.event",
            "partner_field": "partner_ids",
            "action": "client_extension_calendar.client_meeting_action",
        }
        return [
            *super()._get_client_figures(),
            ClientFigure(
                key="ahead",
                label=self.env._("Upcoming"),
                domain=[*shown, ("start", ">=", now)],
                oldest="start",
                **declared,
            ),
            ClientFigure(
                key="past",
                label=self.env._("Last 12 Months"),
                domain=[*shown, ("start", "<", now), ("start", ">=", a_year_ago)],
                **declared,
            ),
        ]

    @api.model
    def _get_client_sheet_lists(self):
        return [
            *super()._get_client_sheet_lists(),
            ClientSheetList(
                ("calendar", "ahead"), ("name", "start", "location"), order="start, id"
            ),
        ]

    @api.model
    def _get_client_timeline_sources(self):
        return [
            *super()._get_client_timeline_sources(),
            ClientTimelineSource(
                key="meeting",
                label=self.env._("Meetings"),
                icon="fa-calendar",
                model="calendar.event",
                date_field="start",
                # What happened: a meeting every week would push it off the page.
                domain=[
                    ("start", "<=", fields.Datetime.now()),
                    "|",
                    ("client_is_open", "=", True),
                    ("partner_ids", "in", self.env.user.partner_id.ids),
                ],
                partner_field="partner_ids",
            ),
        ]

    def action_client_new_meeting(self):
        """Plan a meeting of the current user with this client.

        :return: dict, a window action
        :raise AccessError: when the user is no user of the Clients app, or may not
            read the client
        """
        attendees = self | self.env.user.partner_id
        return self._get_client_new_action(
            "calendar.event",
            self.env._("New Meeting"),
            {"default_partner_ids": [Command.set(attendees.ids)]},
        )
