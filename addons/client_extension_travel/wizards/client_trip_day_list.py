from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date

#: list -> phases of the stays on it
PHASES = {
    "arrivals": ["arriving"],
    "here": ["here"],
    "leaving": ["leaving"],
    "left": ["done"],
    "emergency": ["here", "leaving"],
}


class ClientTripDayList(models.TransientModel):
    """The dialog of the lists of the day: who arrives, is here, leaves and has left,
    and the emergency list of who is on the ground."""

    _name = "client.trip.day.list"
    _description = "List of the Day"

    kind = fields.Selection(
        [
            ("arrivals", "Arrivals"),
            ("here", "Here"),
            ("leaving", "Departures"),
            ("left", "Checked Out Today"),
            ("emergency", "Emergency: everyone on the ground"),
        ],
        string="List",
        required=True,
        default="arrivals",
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env.user.lang,
    )
    language_count = fields.Integer(
        compute="_compute_language_count", export_string_translation=False
    )

    def _compute_language_count(self):
        self.language_count = len(self.env["res.lang"].get_installed())

    def action_print(self):
        """Print the list.

        :return: dict of the action of a PDF
        """
        self._get_trips()._check_list_access(self._get_kind())
        return self.env.ref(
            "client_extension_travel.client_trip_report_day_list"
        ).report_action(self)

    def _get_kind(self):
        """:return: str: the kind of list of ``client.trip``"""
        return "emergency" if self.kind == "emergency" else "arrivals"

    def _get_sheet(self):
        """:return: :class:`..models.lists.trip_list.ListSheet` of this list"""
        self.ensure_one()
        today = fields.Date.context_today(self)
        titles = {
            "arrivals": self.with_context(lang=self.lang).env._("Arrivals"),
            "here": self.with_context(lang=self.lang).env._("Here"),
            "leaving": self.with_context(lang=self.lang).env._("Departures"),
            "left": self.with_context(lang=self.lang).env._("Checked Out Today"),
        }
        return self._get_trips()._get_list(
            self._get_kind(),
            lang=self.lang,
            title=titles.get(self.kind),
            about=format_date(self.env, today, lang_code=self.lang),
        )

    def _get_trips(self):
        """:return: ``client.trip``: the stays on this list, of the user's companies"""
        return self.env["client.trip"].search(self._get_domain())

    def _get_domain(self):
        """:return: ``Domain`` of the stays on this list; overridden to list others"""
        domain = (
            Domain("is_stay", "=", True)
            & Domain("state", "=", "confirmed")
            & Domain("phase", "in", PHASES[self.kind])
        )
        if self.kind == "left":
            # Those who never came are over too, but did not leave.
            domain &= Domain("checked_out", ">=", "today")
        if self.kind == "emergency":
            # Who should have left without being checked in never came.
            domain &= Domain("checked_in", "!=", False)
        return domain
