from odoo import fields, models

from .client_label import PARAMETER as USERS_ADD_LABELS
from .client_label_removed import PARAMETER as LABEL_DAYS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_users_add_labels = fields.Boolean(
        string="Let Users Add Labels",
        config_parameter=USERS_ADD_LABELS,
        help="All users of the Clients app can add labels to the additional data.",
    )
    client_label_days = fields.Integer(
        string="Keep Removed Labels (Days)",
        default=90,
        config_parameter=LABEL_DAYS,
        help="How long removed labels can be restored with their values.",
    )
