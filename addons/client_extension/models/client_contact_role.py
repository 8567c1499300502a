from odoo import fields, models


class ClientContactRole(models.Model):
    """What a person does for a client: plans the trip, travels, pays the invoices."""

    _name = "client.contact.role"
    _description = "Contact Role"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
    gets_invoices = fields.Boolean(
        help="The client's invoices are mailed to the contacts with this role.",
    )
    gets_quotes = fields.Boolean(
        string="Gets Quotations",
        help="The client's quotations are mailed to the contacts with this role.",
    )
    keeps_own_address = fields.Boolean(
        help="A contact with this role lives elsewhere: their address is not that of "
        "the client, and changing one never changes the other.",
    )
