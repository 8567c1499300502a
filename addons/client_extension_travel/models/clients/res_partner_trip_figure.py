from dataclasses import dataclass, field

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.client_extension.models.overview.figure_reader import ClientScope
from odoo.addons.client_extension.models.overview.lists.res_partner_figure_list import (
    COMPARE,
)

TRAVEL_USERS = "client_extension_travel.group_travel_user"


@dataclass
class TripTotals:
    """The trips of a client and of those below it."""

    first: object = None
    last: object = None
    #: ``{id of a country: pair (number of trips, last day)}``
    countries: dict = field(default_factory=dict)

    def add(self, country, count, first, last):
        """Add the trips to a destination."""
        self.first = min(filter(None, (self.first, first)), default=None)
        self.last = max(filter(None, (self.last, last)), default=None)
        if country:
            known, latest = self.countries.get(country.id, (0, last))
            self.countries[country.id] = (known + count, max(latest, last))

    @property
    def favorite(self):
        """Id of the country of most trips, of several the latest one, or False."""
        return max(self.countries, key=lambda id_: self.countries[id_], default=False)


class ResPartner(models.Model):
    """First and last trip and favorite destination of clients, for lists and filters.

    A figure counts or adds up, and links to the list behind it: a latest date and a
    most frequent value are no such numbers, so they are fields. They take one query
    for a page of clients, and one to search.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_first_trip = fields.Date(
        string="First Trip",
        compute="_compute_client_trip_totals",
        search="_search_client_first_trip",
        groups=TRAVEL_USERS,
        help="First day of the first confirmed trip or stay that has begun.",
    )
    client_last_trip = fields.Date(
        string="Last Trip",
        compute="_compute_client_trip_totals",
        search="_search_client_last_trip",
        groups=TRAVEL_USERS,
        help="Last day of the last confirmed trip or stay that has begun.",
    )
    client_trip_country_id = fields.Many2one(
        "res.country",
        string="Favorite Destination",
        compute="_compute_client_trip_totals",
        search="_search_client_trip_country_id",
        groups=TRAVEL_USERS,
        help="The destination of most trips.",
    )

    @api.depends(
        "client_trip_ids.state",
        "client_trip_ids.date_from",
        "client_trip_ids.date_to",
        "client_trip_ids.country_id",
    )
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_client_trip_totals(self):
        scope = ClientScope(self)
        totals = {client.id: TripTotals() for client in self}
        rows = self._read_client_trips(Domain("client_id", "in", scope.ids))
        for client, *row in rows:
            for above in scope.clients_above.get(client.id, ()):
                totals[above].add(*row)
        for client in self:
            known = totals[client.id]
            client.client_first_trip = known.first
            client.client_last_trip = known.last
            client.client_trip_country_id = known.favorite

    @api.model
    def _read_client_trips(self, domain):
        """:param domain: which trips, beside that they are confirmed and have begun
        :return: list of tuples: client, country, count, first and last day"""
        taken = Domain(self._get_client_company_domain()) & Domain(
            [
                ("state", "=", "confirmed"),
                ("date_from", "<=", fields.Date.context_today(self)),
            ]
        )
        return self.env["client.trip"]._read_group(
            taken & domain,
            ["client_id", "country_id"],
            ["__count", "date_from:min", "date_to:max"],
        )

    @api.model
    def _total_client_trips(self):
        """:return: dict ``{partner id: TripTotals}`` of all who have such trips, and of
        those above them"""
        rows = self._read_client_trips(Domain("client_id", "!=", False))
        parents = self._get_client_parents({client.id for client, *_row in rows})
        totals = {}
        for client, *row in rows:
            above, seen = client.id, set()
            while above and above not in seen:
                seen.add(above)
                totals.setdefault(above, TripTotals()).add(*row)
                above = parents.get(above)
        return totals

    # Searching

    def _search_client_first_trip(self, operator, value):
        return self._search_client_trips("first", operator, value)

    def _search_client_last_trip(self, operator, value):
        return self._search_client_trips("last", operator, value)

    def _search_client_trip_country_id(self, operator, value):
        if operator == "any" and isinstance(value, Domain):
            # What a text in the search box becomes: as many countries as match it.
            operator, value = "in", self.env["res.country"].search(value).ids
        if operator != "in":
            return NotImplemented
        return self._search_client_trips("favorite", operator, value)

    @api.model
    def _search_client_trips(self, name, operator, value):
        """Clients by a property of their trips.

        :param str name: of a property of :class:`TripTotals`
        :param str operator: as a ``search`` method gets it
        :param value: what to compare with, or several
        :return: ``Domain`` or NotImplemented
        """
        compare = COMPARE.get(operator)
        if compare is None or operator == "not in":
            return NotImplemented
        known = {id_: getattr(t, name) for id_, t in self._total_client_trips().items()}
        known = {id_: one for id_, one in known.items() if one}
        found = Domain(
            "id", "in", [i for i, one in known.items() if compare(one, value)]
        )
        if operator == "in" and False in value:
            found |= Domain("id", "not in", list(known))
        return found
