from odoo import fields, models


class ClientPlace(models.Model):
    """Where the people of a stay live: a pitch, a cabin, a room of one's own.

    Two stays on a place at the same time are shown, and never refused: it is the desk
    that knows whether a tent fits beside the other.
    """

    _name = "client.place"
    _description = "Place"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("pitch", "Pitch"),
            ("cabin", "Cabin"),
            ("room", "Room"),
            ("other", "Other"),
        ],
        required=True,
        default="pitch",
    )
    capacity = fields.Integer(
        help="How many people fit. No warning is shown if left at zero."
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    def write(self, vals):
        result = super().write(vals)
        if "company_id" in vals:
            # Users cannot move a place to a company that is not theirs.
            self.check_access("write")
        return result
