from odoo import fields, models

from .client_label import PARAMETER as USERS_ADD_LABELS
from .client_label_removed import PARAMETER as LABEL_DAYS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_users_add_labels = fields.Boolean(
        string="Users Add Labels",
        config_parameter=USERS_ADD_LABELS,
        help="Every user of the Clients app adds labels to the additional data.",
    )
    client_label_days = fields.Integer(
        string="Days That Removed Labels Are Kept",
        default=90,
        config_parameter=LABEL_DAYS,
        help="A removed label can be restored with its values as long as it is kept.",
    )
