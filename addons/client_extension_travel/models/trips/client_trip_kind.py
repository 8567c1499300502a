from odoo import fields, models

NEEDS = [
    ("no", "Not Needed"),
    ("confirm", "To Confirm"),
    ("leave", "To Leave"),
]


class ClientTripKind(models.Model):
    """A kind of trip: how its references begin, whether it is a stay here, and what has
    to be known of its participants, and when."""

    _name = "client.trip.kind"
    _description = "Kind of Trip"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_stay = fields.Boolean(
        string="Stay",
        help="The clients come to you: stays have a place, vehicles, animals, a "
        "check-in and a check-out.",
    )
    prefix = fields.Char(
        help="References of this kind begin with it. Existing references are kept."
    )
    # What is needed of each participant: see client.trip._get_missing
    need_birth_date = fields.Selection(
        NEEDS, string="Birth Date", required=True, default="no"
    )
    need_nationality = fields.Selection(
        NEEDS, string="Nationality", required=True, default="no"
    )
    need_paper = fields.Selection(
        NEEDS,
        string="Identity Paper",
        required=True,
        default="no",
        help="A passport, identity card or similar paper that is valid until the end "
        "of the trip, or longer.",
    )
    need_room = fields.Selection(
        NEEDS,
        string="Room or Place",
        required=True,
        default="no",
        help="A room for each participant of a trip, a place for a stay.",
    )
    paper_months = fields.Integer(
        string="Months after the End",
        help="How long identity papers have to be valid after the end of the trip. "
        "Many countries ask for six months.",
    )
    keep_days = fields.Integer(
        string="Keep Identities (Days)",
        help="How long after the end of a trip of this kind the identity data of its "
        "participants is kept. At 0, the setting of the company applies.",
    )

    _paper_months_positive = models.Constraint(
        "CHECK(paper_months >= 0)",
        "The months after the end of a trip cannot be negative.",
    )
    _keep_days_positive = models.Constraint(
        "CHECK(keep_days >= 0)",
        "The days for which identity data is kept cannot be negative.",
    )

    def _needs_identity(self, moment):
        """:param tuple moment: the needs that count, keys of :data:`NEEDS`
        :return: bool, whether anything of the person itself is needed then"""
        self.ensure_one()
        asked = (self.need_birth_date, self.need_nationality, self.need_paper)
        return any(need in moment for need in asked)
