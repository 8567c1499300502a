from odoo import api, fields, models


class ClientTripRoom(models.Model):
    """A room in which participants of a trip sleep.

    It can hold more people than it has beds: an extra bed is agreed on later.
    """

    _name = "client.trip.room"
    _description = "Room of a Trip"
    _order = "trip_id, sequence, name, id"

    trip_id = fields.Many2one(
        "client.trip", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="trip_id.company_id", store=True, index=True)
    name = fields.Char(string="Room", required=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("single", "Single"),
            ("double", "Double"),
            ("twin", "Twin"),
            ("triple", "Triple"),
            ("family", "Family"),
            ("dormitory", "Dormitory"),
        ],
        default="twin",
    )
    beds = fields.Integer(
        compute="_compute_beds", store=True, readonly=False, precompute=True
    )
    note = fields.Char()
    participant_ids = fields.One2many("client.trip.participant", "room_id")
    occupied = fields.Integer(compute="_compute_occupied", string="People")

    _beds_positive = models.Constraint(
        "CHECK(beds >= 0)", "A room cannot have fewer than zero beds."
    )

    @api.depends("kind")
    def _compute_beds(self):
        known = {"single": 1, "double": 2, "twin": 2, "triple": 3, "family": 4}
        for room in self:
            room.beds = known.get(room.kind, room.beds or 2)

    @api.depends("participant_ids.state")
    def _compute_occupied(self):
        for room in self:
            room.occupied = len(room.participant_ids._get_listed())

    def write(self, vals):
        result = super().write(vals)
        if "trip_id" in vals:
            # Users cannot link records that they are not allowed to see.
            self.check_access("write")
        return result
