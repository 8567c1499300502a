from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .client_traveller import IDENTITY


class ClientIdentityPaper(models.Model):
    """A paper with which a person travels: what it says, never a scan of it."""

    _name = "client.identity.paper"
    _description = "Identity Paper"
    _order = "traveller_id, expires DESC NULLS LAST, id"
    _rec_name = "number"

    traveller_id = fields.Many2one(
        "client.traveller",
        string="Traveler",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="traveller_id.company_id", store=True, index="btree_not_null"
    )
    kind = fields.Selection(
        [
            ("passport", "Passport"),
            ("identity_card", "Identity Card"),
            ("visa", "Visa"),
            ("residence_permit", "Residence Permit"),
            ("other", "Other"),
        ],
        required=True,
        default="passport",
        groups=IDENTITY,
    )
    number = fields.Char(required=True, groups=IDENTITY)
    country_id = fields.Many2one(
        "res.country", string="Issuing Country", groups=IDENTITY
    )
    issued = fields.Date(string="Issued On", groups=IDENTITY)
    expires = fields.Date(string="Expires On", groups=IDENTITY)

    @api.constrains("issued", "expires")
    def _check_dates_in_order(self):
        for paper in self.filtered(lambda one: one.issued and one.expires):
            if paper.expires < paper.issued:
                # Without the number: messages are logged.
                raise ValidationError(
                    self.env._(
                        "A paper cannot expire before it is issued. Correct its dates."
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if "traveller_id" in vals:
            # Users cannot link records that they are not allowed to see.
            self.check_access("write")
        return result
