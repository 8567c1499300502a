from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_auto_reference = fields.Boolean(
        related="company_id.client_auto_reference", readonly=False
    )
    client_auto_status = fields.Boolean(
        related="company_id.client_auto_status", readonly=False
    )
    client_import_limit = fields.Integer(
        string="Rows Imported at Once",
        default=500,
        config_parameter="client_extension.import_limit",
        help="A file with more rows is imported in the background.",
    )
    client_journal_days = fields.Integer(
        string="Days That Journals Are Kept",
        default=90,
        config_parameter="client_extension.journal_days",
        help="An import can be undone as long as its journal is kept.",
    )
