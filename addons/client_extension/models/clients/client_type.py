from odoo import fields, models


class ClientType(models.Model):
    """A kind of client, as defined by the company: family, school, works council..."""

    _name = "client.type"
    _description = "Client Type"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
    company_type = fields.Selection(
        [("person", "Person"), ("company", "Company")],
        string="Person or Company",
        help="Preselected for new clients of this type. Users can change it.",
    )
