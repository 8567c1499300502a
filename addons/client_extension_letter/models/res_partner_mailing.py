from odoo import fields, models


class ResPartner(models.Model):
    """Who wants no mailings."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_no_mailing = fields.Boolean(
        string="No Mailings",
        tracking=True,
        help="This client objects to mailings: a mail merge and labels for several "
        "clients leave it out. A single letter is still possible.",
    )
