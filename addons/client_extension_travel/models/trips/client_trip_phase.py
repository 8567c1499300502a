from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

PHASES = [
    ("upcoming", "Upcoming"),
    ("arriving", "Arriving"),
    ("here", "Here"),
    ("leaving", "Leaving"),
    ("done", "Over"),
]


class ClientTrip(models.Model):
    """Where a trip is in time: from its dates, so that no cron has to move it."""

    _inherit = "client.trip"  # pylint: disable=consider-merging-classes-inherited

    phase = fields.Selection(
        PHASES,
        compute="_compute_phase",
        search="_search_phase",
        group_expand="_group_expand_phase",
        help="From the dates, and from the check-in and check-out of stays. Cancelled "
        "trips and those without dates have none.",
    )

    @api.depends(
        "state", "date_from", "date_to", "is_stay", "checked_in", "checked_out"
    )
    @api.depends_context("tz")
    def _compute_phase(self):
        today = fields.Date.context_today(self)
        for trip in self:
            trip.phase = trip._get_phase(today)

    def _get_phase(self, today):
        """The phase on a day, the same as that of :meth:`_field_to_sql`.

        A stay waits for its guests until they are checked in, and for their departure
        until they are checked out; a trip follows its dates.

        :param date today: in the time zone of the user
        :return: str, a key of :data:`PHASES`, or False
        """
        self.ensure_one()
        first, last = self.date_from, self.date_to
        if self.state == "cancelled" or not first or not last:
            return False
        if self.checked_out or (last < today and not self.checked_in):
            return "done"
        if not self.checked_in and first > today:
            return "upcoming"
        if not self.checked_in and (first == today or (self.is_stay and last > today)):
            return "arriving"
        return "leaving" if last <= today else "here"

    @api.model
    def _group_expand_phase(self, phases, domain):
        """Show empty phases too, except that of trips to come."""
        return [
            key for key, _name in PHASES if key != "upcoming" or "upcoming" in phases
        ]

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "phase":
            return super()._field_to_sql(alias, field_expr, query)
        return SQL(
            """CASE
            WHEN %(state)s = 'cancelled' OR %(first)s IS NULL OR %(last)s IS NULL
            THEN NULL
            WHEN %(out)s IS NOT NULL OR (%(last)s < %(today)s AND %(in)s IS NULL)
            THEN 'done'
            WHEN %(in)s IS NULL AND %(first)s > %(today)s THEN 'upcoming'
            WHEN %(in)s IS NULL
                 AND (%(first)s = %(today)s OR (%(stay)s AND %(last)s > %(today)s))
            THEN 'arriving'
            WHEN %(last)s <= %(today)s THEN 'leaving'
            ELSE 'here' END""",
            **{
                key: self._field_to_sql(alias, name, query)
                for key, name in (
                    ("state", "state"),
                    ("first", "date_from"),
                    ("last", "date_to"),
                    ("in", "checked_in"),
                    ("out", "checked_out"),
                    ("stay", "is_stay"),
                )
            },
            today=fields.Date.context_today(self),
        )

    @api.model
    def _search_phase(self, operator, value):
        if operator != "in":
            return NotImplemented
        wanted = list(value)

        def to_sql(model, alias, query):
            phase = model._field_to_sql(alias, "phase", query)
            known = SQL("%s = ANY(%s)", phase, [one for one in wanted if one])
            without = SQL("%s IS NULL", phase)
            return SQL("(%s OR %s)", known, without) if False in wanted else known

        return Domain.custom(to_sql=to_sql, predicate=lambda trip: trip.phase in wanted)
