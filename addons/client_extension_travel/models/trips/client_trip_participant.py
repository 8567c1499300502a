from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

#: defaults in a context that are meant for participants
OWN_DEFAULTS = ("default_trip_id", "default_contact_id", "default_room_id")


class ClientTripParticipant(models.Model):
    """Somebody who takes part in a trip.

    The person can be unknown: a school gives the number of its pupils first, and who is
    deleted leaves the age group behind, so that the numbers of a trip stay right.
    """

    _name = "client.trip.participant"
    _description = "Participant"
    _order = "trip_id, is_leader DESC, sequence, id"
    _rec_names_search = ["contact_id.complete_name", "remark"]

    trip_id = fields.Many2one(
        "client.trip", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="trip_id.company_id", store=True, index=True)
    contact_id = fields.Many2one(
        "res.partner",
        string="Person",
        index="btree_not_null",
        ondelete="set null",
        domain="[('is_company', '=', False)]",
    )
    sequence = fields.Integer(default=10)
    role_ids = fields.Many2many("client.contact.role", string="Roles")
    is_leader = fields.Boolean(
        string="Leader",
        default=False,
        help="Leads the group: first on every list.",
    )
    state = fields.Selection(
        [
            ("registered", "Registered"),
            ("waiting", "Waiting"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        default="registered",
        help="Only registered participants are counted and listed.",
    )
    age_group = fields.Selection(
        [("adult", "Adult"), ("child", "Child"), ("infant", "Infant")],
        required=True,
        default="adult",
    )
    date_from = fields.Date(
        string="Arrival", help="If it differs from the first day of the trip."
    )
    date_to = fields.Date(
        string="Departure", help="If it differs from the last day of the trip."
    )
    nights = fields.Integer(compute="_compute_nights")
    room_id = fields.Many2one(
        "client.trip.room",
        index="btree_not_null",
        ondelete="set null",
        domain="[('trip_id', '=', trip_id)]",
        group_expand="_group_expand_room_id",
    )
    remark = fields.Char()

    _one_line_each = models.UniqueIndex(
        "(trip_id, contact_id) WHERE contact_id IS NOT NULL",
        "This person already takes part in this trip.",
    )

    @api.depends("contact_id", "age_group", "remark")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_display_name(self):
        ages = dict(self._fields["age_group"]._description_selection(self.env))
        # A person of another company is not named, as on the lists.
        seen = self.contact_id._filtered_access("read")
        for one in self:
            unnamed = one.remark or ages.get(one.age_group)
            one.display_name = (one.contact_id & seen).name or unnamed

    @api.depends("date_from", "date_to", "trip_id.date_from", "trip_id.date_to")
    def _compute_nights(self):
        for one in self:
            start = one.date_from or one.trip_id.date_from
            end = one.date_to or one.trip_id.date_to
            one.nights = max((end - start).days, 0) if start and end else 0

    @api.model
    def _group_expand_room_id(self, rooms, domain):
        """Show the empty rooms of the trips whose participants are shown, too."""
        trips = set()
        for condition in Domain(domain).iter_conditions():
            if condition.field_expr == "trip_id" and condition.operator in ("=", "in"):
                value = condition.value
                trips.update([value] if isinstance(value, int) else value)
        return rooms | rooms.search([("trip_id", "in", list(trips))])

    @api.constrains("date_from", "date_to")
    def _check_dates_in_order(self):
        for one in self.filtered(lambda one: one.date_from and one.date_to):
            if one.date_to < one.date_from:
                raise ValidationError(
                    self.env._(
                        "%s: the departure cannot be before the arrival.",
                        one.display_name,
                    )
                )

    @api.constrains("room_id", "trip_id")
    def _check_room_of_trip(self):
        for one in self:
            if one.room_id and one.room_id.trip_id != one.trip_id:
                raise ValidationError(
                    self.env._(
                        "%(person)s cannot sleep in room “%(room)s”: it belongs to "
                        "another trip.",
                        person=one.display_name,
                        room=one.room_id.name,
                    )
                )

    @api.model
    def default_get(self, fields):
        # The defaults of the form of a trip, such as its status and first day, are in
        # the context of its lines too: they are not those of a participant.
        context = {
            key: value
            for key, value in self.env.context.items()
            if not key.startswith("default_") or key in OWN_DEFAULTS
        }
        own = self.with_context(context)  # pylint: disable=context-overridden
        return super(ClientTripParticipant, own).default_get(fields)

    @api.model_create_multi
    def create(self, vals_list):
        participants = super().create(vals_list)
        participants._free_beds()
        return participants

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"contact_id", "trip_id"}:
            # Users cannot link records that they are not allowed to see.
            self.check_access("write")
        if vals.keys() & {"state", "room_id"}:
            self._free_beds()
        return result

    def _free_beds(self):
        """Take those of these participants who do not count out of their rooms."""
        gone = (self - self._get_listed()).filtered("room_id")
        if gone:
            gone.room_id = False

    def action_traveller(self):
        """Open what the user is allowed to know of the identity of this person.

        :return: dict of a window action
        :raise UserError: when the person is not known
        :raise AccessError: unless the user has the right
        """
        self.ensure_one().check_access("read")
        if not self.contact_id:
            raise UserError(self.env._("Enter the person of this participant first."))
        return self.env["client.traveller"]._get_action_of(self.contact_id)

    def _get_listed(self):
        """Those of these participants who count: registered ones, the leaders first.

        The only answer to this question: numbers, rooms and every list use it.

        :return: recordset; overridden to count others
        """
        return self.filtered(lambda one: one.state == "registered").sorted(
            lambda one: not one.is_leader
        )

    def _prepare_again_participant(self):
        """:return: dict of the values that a participant has in the next trip of the
        same party; overridden to take over more"""
        self.ensure_one()
        return {
            "contact_id": self.contact_id.id,
            "role_ids": [Command.set(self.role_ids.ids)],
            "is_leader": self.is_leader,
            "age_group": self.age_group,
            "remark": self.remark,
        }
