from odoo import fields, models


class ClientTripKind(models.Model):
    """A kind of trip: how its references begin, and whether it is a stay here."""

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
