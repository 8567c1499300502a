from odoo import fields, models

from .client_import import DEFAULT_LIMIT, LIMIT


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_import_jobs_limit = fields.Integer(
        string="Rows Imported without Jobs",
        default=DEFAULT_LIMIT,
        config_parameter=LIMIT,
        help="A file with more rows is imported in jobs, by as many workers as there "
        "are.",
    )
