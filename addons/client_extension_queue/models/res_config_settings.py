from odoo import fields, models

from .client_import import DEFAULT_LIMIT, LIMIT


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_import_jobs_limit = fields.Integer(
        string="Rows Imported without Jobs",
        default=DEFAULT_LIMIT,
        config_parameter=LIMIT,
        help="Files with more rows are imported in queue jobs, by all "
        "available workers.",
    )
