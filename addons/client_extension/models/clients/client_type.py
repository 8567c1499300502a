import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: the kinds whose name is one text: they have no first and no last name
UNDIVIDED = ("group", "organisation")
NAME = "{name}"


class ClientType(models.Model):
    """A kind of client, as defined by the company: family, school, works council..."""

    _name = "client.type"
    _description = "Client Type"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("individual", "Individual"),
            ("group", "Group of People"),
            ("organisation", "Organization"),
        ],
        help="Groups, such as families, and organizations have no first and last name. "
        "New clients of an organization type are companies, others are persons. Users "
        "can change it.",
    )
    salutation = fields.Char(
        translate=True,
        help="How a letter to clients of this type begins, in each language. {name} "
        "stands for the name of the client, without a word for family if the "
        "salutation already says it. The general salutation is used if left empty.",
    )

    @api.constrains("salutation")
    def _check_salutation(self):
        for client_type in self:
            rest = (client_type.salutation or "").replace(NAME, "")
            if re.search(r"[{}]", rest):
                raise ValidationError(
                    self.env._(
                        "The salutation “%s” contains an unknown placeholder. "
                        "Only {name} can be used.",
                        client_type.salutation,
                    )
                )
