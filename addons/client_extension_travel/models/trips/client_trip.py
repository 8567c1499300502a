from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

STATES = [
    ("enquiry", "Enquiry"),
    ("quoted", "Quoted"),
    ("option", "Option"),
    ("confirmed", "Confirmed"),
    ("cancelled", "Cancelled"),
]
#: from each state, those that a trip can be moved to
MOVES = {
    "enquiry": {"quoted", "option", "confirmed", "cancelled"},
    "quoted": {"enquiry", "option", "confirmed", "cancelled"},
    "option": {"quoted", "confirmed", "cancelled"},
    "confirmed": {"option", "cancelled"},
    "cancelled": {"enquiry"},
}


class ClientTrip(models.Model):
    """A trip or stay: a client bears and pays for it, people take part in it."""

    _name = "client.trip"
    _description = "Trip"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from DESC, id DESC"
    _rec_names_search = ["name", "title", "client_id.complete_name"]
    _check_company_auto = True

    # Identity
    name = fields.Char(
        string="Reference", readonly=True, copy=False, index="trigram", default="/"
    )
    title = fields.Char(index="trigram")
    kind_id = fields.Many2one(
        "client.trip.kind",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._get_default_kind(),
    )
    is_stay = fields.Boolean(related="kind_id.is_stay", store=True, string="Is a Stay")
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        default="enquiry",
        index=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    # Client
    client_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
        domain="[('client_status', '!=', False)]",
    )
    business_unit_id = fields.Many2one(
        "client.business.unit",
        compute="_compute_from_client",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        compute="_compute_from_client",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        tracking=True,
        domain="[('share', '=', False)]",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    # Destination and dates
    country_id = fields.Many2one("res.country", string="Destination", index=True)
    date_from = fields.Date(string="From", tracking=True, copy=False, index=True)
    date_to = fields.Date(string="To", tracking=True, copy=False, index=True)
    nights = fields.Integer(compute="_compute_nights", store=True)
    option_until = fields.Date(
        copy=False, help="Until this day, the option is kept for the client."
    )
    checked_in = fields.Datetime(readonly=True, copy=False)
    checked_out = fields.Datetime(readonly=True, copy=False)
    # People and what they bring
    participant_ids = fields.One2many(
        "client.trip.participant", "trip_id", string="Participants"
    )
    room_ids = fields.One2many("client.trip.room", "trip_id", string="Rooms")
    vehicle_ids = fields.Many2many(
        "client.vehicle",
        string="Vehicles",
        domain="[('client_id', '=', client_id)]",
    )
    animal_ids = fields.Many2many(
        "client.animal",
        string="Animals",
        domain="[('client_id', '=', client_id)]",
    )
    adults = fields.Integer(
        compute="_compute_people", store=True, readonly=False, copy=False
    )
    children = fields.Integer(
        compute="_compute_people",
        store=True,
        readonly=False,
        copy=False,
        help="Children and infants.",
    )
    note = fields.Html()

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)",
        "A trip cannot end before it begins.",
    )

    @api.model
    def _get_default_kind(self):
        """:return: ``client.trip.kind``: the first one; overridden to choose another"""
        return self.env["client.trip.kind"].search([], limit=1)

    @api.depends("name", "title", "client_id")
    def _compute_display_name(self):
        for trip in self:
            about = trip.title or trip._get_client_name()
            known = trip.name if trip.name != "/" else self.env._("New")
            trip.display_name = f"{known} {about}" if about else known

    def _get_client_name(self):
        """:return: str or False: who bears this trip"""
        client = self.client_id._origin
        if client != self._origin.client_id:
            # A form tries what it is given.
            client = client._filtered_access("read")
        # Superuser: only the name, which Odoo shows to every user who can read the
        # trip, though the client has moved to another company since.
        return client.sudo().name

    @api.depends("client_id")
    def _compute_from_client(self):
        # With the rights of the user: a form that only tries a hidden client must not
        # tell its unit and manager.
        for trip in self:
            # Superuser: the unit may be one that the user does not see.
            client = trip.client_id._origin._filtered_access("read").sudo()
            unit = client.client_business_unit_id
            fits = not unit.company_id or unit.company_id == trip.company_id
            trip.business_unit_id = fits and unit
            trip.user_id = client.user_id or trip.user_id or self.env.user

    @api.depends("date_from", "date_to")
    def _compute_nights(self):
        for trip in self:
            known = trip.date_from and trip.date_to
            trip.nights = max((trip.date_to - trip.date_from).days, 0) if known else 0

    @api.depends("participant_ids.state", "participant_ids.age_group")
    def _compute_people(self):
        for trip in self:
            adults, children = trip.adults, trip.children
            if trip.participant_ids:
                listed = trip.participant_ids._get_listed()
                adults = len(listed.filtered(lambda one: one.age_group == "adult"))
                children = len(listed) - adults
            # What was typed is kept where nobody is named.
            trip.adults, trip.children = adults, children

    @api.constrains("state", "option_until", "date_from", "date_to")
    def _check_state_has_dates(self):
        for trip in self:
            if trip.state == "option" and not trip.option_until:
                raise ValidationError(
                    self.env._(
                        "%s: enter until when the option is kept.", trip.display_name
                    )
                )
            if trip.state == "confirmed" and not (trip.date_from and trip.date_to):
                raise ValidationError(
                    self.env._(
                        "%s: enter the dates before you confirm it.", trip.display_name
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        trips = super().create(vals_list)
        for trip in trips:
            # Superuser: users of trips do not manage sequences.
            sequences = self.env["ir.sequence"].sudo().with_company(trip.company_id)
            number = sequences.next_by_code("client.trip") or ""
            trip.name = f"{trip.kind_id.prefix or ''}{number}" or "/"
        return trips

    def write(self, vals):
        if "state" in vals:
            self._check_move(vals["state"])
        result = super().write(vals)
        if vals.keys() & {"client_id", "company_id"}:
            # Users cannot link records that they are not allowed to see.
            self.check_access("write")
        return result

    def _check_move(self, state):
        """Refuse a state that does not follow the present one.

        :param str state: a key of :data:`MOVES`
        :raise UserError: names the trip, its state and the one asked for
        """
        names = dict(self._fields["state"]._description_selection(self.env))
        for trip in self:
            if trip.state != state and state not in MOVES.get(trip.state, ()):
                raise UserError(
                    self.env._(
                        "%(trip)s cannot be moved from “%(old)s” to “%(new)s”.",
                        trip=trip.display_name,
                        old=names.get(trip.state),
                        new=names.get(state, state),
                    )
                )

    def _move_if_possible(self, state, about):
        """Move this trip because of another document, which is never held back: a trip
        that cannot be moved stays as it is, and its log says why.

        :param str state: a key of :data:`MOVES`
        :param str about: a sentence about that document
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self.state = state
        except UserError as error:
            self._message_log(
                body=self.env._(
                    "%(about)s The trip keeps its status. %(reason)s",
                    about=about,
                    reason=error.args[0],
                )
            )

    # Actions

    def action_check_in(self):
        """Note that the people of these stays have arrived, today at the latest."""
        for trip in self:
            if trip.state != "confirmed" or trip.checked_in:
                raise UserError(
                    self.env._(
                        "%s cannot be checked in: it is not confirmed, or already "
                        "checked in.",
                        trip.display_name,
                    )
                )
            trip.write(trip._prepare_check_in())
        return True

    def action_check_out(self):
        """Note that the people of these stays have left; the last day follows when they
        leave early."""
        for trip in self:
            if not trip.checked_in or trip.checked_out:
                raise UserError(
                    self.env._(
                        "%s cannot be checked out: it is not checked in, or already "
                        "checked out.",
                        trip.display_name,
                    )
                )
            trip.write(trip._prepare_check_out())
            late = trip.participant_ids.filtered(
                lambda one, last=trip.date_to: one.date_to and one.date_to > last
            )
            late.date_to = False
        return True

    def _prepare_check_in(self):
        """:return: dict for ``write``; overridden to note more on arrival"""
        today = fields.Date.context_today(self)
        first = min(self.date_from, today)
        return {"checked_in": fields.Datetime.now(), "date_from": first}

    def _prepare_check_out(self):
        """:return: dict for ``write``; overridden to note more on departure"""
        today = fields.Date.context_today(self)
        last = max(min(self.date_to, today), self.date_from)
        return {"checked_out": fields.Datetime.now(), "date_to": last}

    def action_view_rooms(self):
        """Open the participants of this trip by room, to assign them.

        :return: dict, a window action
        """
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension_travel.client_trip_participant_action_rooms"
        )
        return {
            **action,
            "display_name": self.env._("Rooms: %s", self.display_name),
            "domain": [("trip_id", "=", self.id), ("state", "=", "registered")],
            # More rooms than Odoo unfolds by itself: a coach has some 25.
            "context": {"default_trip_id": self.id, "max_number_opened_groups": 100},
        }

    # Once more

    def _prepare_again(self):
        """What a trip like this one begins with: the same party, vehicles, animals and
        place, without dates.

        :return: dict of values of ``client.trip``; overridden to take over more
        """
        self.ensure_one()
        party = self.participant_ids._get_listed().filtered(
            lambda one: not one.contact_id or one.contact_id.active
        )
        return {
            "client_id": self.client_id.id,
            "kind_id": self.kind_id.id,
            "title": self.title,
            "country_id": self.country_id.id,
            "place_id": self.place_id.active and self.place_id.id,
            **self._prepare_again_people(),
            "vehicle_ids": [Command.set(self.vehicle_ids.ids)],
            "animal_ids": [Command.set(self.animal_ids.ids)],
            "participant_ids": [
                Command.create(one._prepare_again_participant()) for one in party
            ],
        }

    def _prepare_again_people(self):
        """:return: dict with the numbers that were typed; those of named participants
        are counted"""
        if self.participant_ids:
            return {}
        return {"adults": self.adults, "children": self.children}
