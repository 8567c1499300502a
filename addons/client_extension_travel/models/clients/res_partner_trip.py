from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

TRAVEL_USERS = "client_extension_travel.group_travel_user"
#: shorter texts are found in too many plates
MIN_PLATE = 3


class ResPartner(models.Model):
    """Trips begun from the client, and the client found by what it brings."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_trip_ids = fields.One2many(
        "client.trip", "client_id", string="Trips and Stays", groups=TRAVEL_USERS
    )
    client_vehicle_ids = fields.One2many(
        "client.vehicle", "client_id", string="Vehicles", groups=TRAVEL_USERS
    )
    client_animal_ids = fields.One2many(
        "client.animal", "client_id", string="Animals", groups=TRAVEL_USERS
    )

    # Search

    @api.model
    def _get_client_search_domain(self, text):
        domain = super()._get_client_search_domain(text)
        if not self.env["client.vehicle"].has_access("read"):
            return domain
        return domain | Domain("id", "in", self._get_client_travel_ids(text))

    @api.model
    def _get_client_travel_ids(self, text):
        """The clients that are found by what belongs to their stays.

        :param str text: what the user typed
        :return: list of ids of the clients with such a plate, with an animal of that
            name, or who are or will be on such a place; overridden to find more
        """
        vehicles, trips = self.env["client.vehicle"], self.env["client.trip"]
        plates = vehicles._get_plate_domain(text) if len(text) >= MIN_PLATE else None
        today = fields.Date.context_today(self)
        placed = Domain("place_id.name", "=ilike", text) & Domain(
            "state", "!=", "cancelled"
        )
        return [
            *(self._get_few(vehicles, "client_id", plates) if plates else ()),
            *self._get_few(
                self.env["client.animal"], "client_id", Domain("name", "ilike", text)
            ),
            *self._get_few(trips, "client_id", placed & Domain("date_to", ">=", today)),
        ]

    # Actions

    def action_client_new_trip(self):
        """Prepare a trip of this client, see :meth:`_get_client_new_action`."""
        kind = self._get_client_trip_kind(is_stay=False)
        return self._get_client_new_action(
            "client.trip",
            self.env._("New Trip"),
            {"default_client_id": self.id, "default_kind_id": kind.id},
        )

    def action_client_new_stay(self):
        """Prepare a stay of this client, confirmed: the desk makes it for somebody who
        comes. See :meth:`_get_client_new_action`."""
        kind = self._get_client_trip_kind(is_stay=True)
        return self._get_client_new_action(
            "client.trip",
            self.env._("New Stay"),
            {
                "default_client_id": self.id,
                "default_kind_id": kind.id,
                "default_state": "confirmed",
                "default_date_from": fields.Date.context_today(self),
            },
        )

    def action_client_same_trip(self):
        """Prepare a trip like the last one of this client, see
        :meth:`_get_client_new_action`."""
        self.ensure_one()
        last = self.env["client.trip"].search(
            [("client_id", "=", self.id), ("state", "!=", "cancelled")],
            order="date_from DESC NULLS LAST, id DESC",
            limit=1,
        )
        if not last:
            raise UserError(
                self.env._("%s has no trip or stay yet.", self.display_name)
            )
        values = last._prepare_again()
        if last.is_stay:
            values["state"] = "confirmed"
            values["date_from"] = fields.Date.context_today(self)
        return self._get_client_new_action(
            "client.trip",
            self.env._("Same as Last Time"),
            {f"default_{name}": value for name, value in values.items()},
        )

    def action_client_traveller(self):
        """Open what the user is allowed to know of the identity of this person.

        :return: dict of a window action
        :raise AccessError: unless the user has the right
        """
        return self.env["client.traveller"]._get_action_of(self)

    @api.model
    def _get_client_trip_kind(self, is_stay):
        """:return: ``client.trip.kind``: the first kind of stay, or of trip
        :raise UserError: when there is none"""
        kind = self.env["client.trip.kind"].search([("is_stay", "=", is_stay)], limit=1)
        if not kind:
            raise UserError(
                self.env._(
                    "There is no such kind of trip. Add one under Configuration."
                )
            )
        return kind

    # Sales for a trip

    def _get_client_sold_trip(self):
        """:return: ``client.trip``: the one for which this client is sold something or
        invoiced, which the user reads; empty when it is for none"""
        trips = self.env["client.trip"]
        if trip_id := self.env.context.get("default_client_trip_id"):
            return trips.search([("id", "=", trip_id), ("client_id", "=", self.id)])
        return trips

    def _get_client_draft_domain(self):
        domain = super()._get_client_draft_domain()
        trip = self._get_client_sold_trip()
        return domain & Domain("client_trip_id", "=", trip.id) if trip else domain

    def _prepare_client_invoice(self, **values):
        if trip := self._get_client_sold_trip():
            note = Command.create(trip._prepare_invoice_note_line())
            lines = [note, *values.get("invoice_line_ids", [])]
            values |= {"client_trip_id": trip.id, "invoice_line_ids": lines}
        return super()._prepare_client_invoice(**values)
