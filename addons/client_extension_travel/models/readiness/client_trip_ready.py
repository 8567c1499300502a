from odoo import api, fields, models
from odoo.fields import Domain

TRAVEL_USERS = "client_extension_travel.group_travel_user"
#: what decides what is missing, beside the identity of the persons: that has no path
#: from here, and is read again in each request
DEPENDS = (
    "state",
    "date_to",
    "checked_out",
    "is_stay",
    "place_id",
    "kind_id.need_birth_date",
    "kind_id.need_nationality",
    "kind_id.need_paper",
    "kind_id.need_room",
    "kind_id.paper_months",
    "participant_ids.contact_id",
    "participant_ids.state",
    "participant_ids.room_id",
    "participant_ids.date_to",
)


class ClientTrip(models.Model):
    """Whether a trip is ready to leave, on its form and in lists."""

    _inherit = "client.trip"  # pylint: disable=consider-merging-classes-inherited

    missing_count = fields.Integer(
        string="Missing",
        compute="_compute_missing",
        groups=TRAVEL_USERS,
        help="What is missing before the trip leaves.",
    )
    missing_asked = fields.Boolean(
        compute="_compute_missing",
        groups=TRAVEL_USERS,
        export_string_translation=False,
    )
    missing_notice = fields.Char(compute="_compute_missing", groups=TRAVEL_USERS)
    missing_table = fields.Html(
        compute="_compute_missing_table", groups=TRAVEL_USERS, sanitize=False
    )
    is_ready = fields.Boolean(
        string="Ready",
        compute="_compute_is_ready",
        search="_search_is_ready",
        groups=TRAVEL_USERS,
        help="Nothing is missing before the trip leaves, and nothing is to pay.",
    )

    @api.depends(*DEPENDS)
    @api.depends_context("uid", "lang", "tz")
    def _compute_missing(self):
        found = self._get_missing_by_trip()
        for trip in self:
            missing = found.get(trip, [])
            trip.missing_count = len(missing)
            trip.missing_asked = any(one["asked"] for one in missing)
            trip.missing_notice = trip._get_missing_notice(missing)

    # Apart: lists read the numbers, and draw no table.
    @api.depends(*DEPENDS)
    @api.depends_context("uid", "lang", "tz")
    def _compute_missing_table(self):
        found = self._get_missing_by_trip()
        for trip in self:
            missing = found.get(trip)
            trip.missing_table = missing and trip._render_missing(missing)

    @api.depends("missing_count", "amount_open")
    @api.depends_context("uid")
    def _compute_is_ready(self):
        for trip in self:
            trip.is_ready = not trip.missing_count and trip.amount_open <= 0

    def _search_is_ready(self, operator, value):
        if operator != "in":
            return NotImplemented
        unready = self._get_unready_ids()
        domain = Domain.FALSE
        if True in value:
            domain |= Domain("id", "not in", unready)
        if False in value:
            domain |= Domain("id", "in", unready)
        return domain

    @api.model
    def _get_unready_ids(self):
        """:return: list of the ids of the trips with something missing or to pay, among
        those that the user may read; in as many queries for one as for all"""
        today = fields.Date.context_today(self)
        ahead = self.search(
            Domain("state", "!=", "cancelled")
            & Domain("checked_out", "=", False)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
        )
        unpaid = self.search([("amount_open", ">", 0)])
        return [*{trip.id for trip in ahead._get_missing_by_trip()}, *unpaid.ids]

    def _get_missing_by_trip(self):
        """:return: dict ``{trip: list of what is missing before it leaves}``"""
        found = {}
        for missing in self._get_missing("leave"):
            found.setdefault(missing["trip"], []).append(missing)
        return found

    # The form

    def _get_missing_notice(self, missing):
        """:param list missing: as that of :meth:`_get_missing`
        :return: str, a sentence for the strip of the form, or False"""
        if not missing:
            return False
        first = [one for one in missing if one["moment"] == "confirm"]
        if first and self.state != "confirmed":
            return self.env._("Missing before this trip is confirmed: %s", len(first))
        return self.env._("Missing before this trip leaves: %s", len(missing))

    def _render_missing(self, missing):
        """:param list missing: as that of :meth:`_get_missing`
        :return: Markup, a table of it by person"""
        people = {}
        for one in missing:
            people.setdefault(one["participant"], []).append(one)
        return self.env["ir.qweb"]._render(
            "client_extension_travel.client_trip_missing_table", {"people": people}
        )

    @api.onchange("state")
    def _onchange_state_missing(self):
        """Warn of what is missing when the trip is confirmed; it never is refused.

        :return: dict with a warning, or None
        """
        if self.state != "confirmed" or self._origin.state == "confirmed":
            return None
        missing = self._get_missing("confirm")
        if not missing:
            return None
        return {
            "warning": {
                "type": "notification",
                "title": self.env._("Confirmed with Missing Data"),
                "message": self.env._(
                    "Needed to confirm, and still missing: %s", len(missing)
                ),
            }
        }
