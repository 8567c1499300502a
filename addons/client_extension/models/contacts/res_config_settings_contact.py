from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_main_civility = fields.Boolean(
        related="company_id.client_main_civility", readonly=False
    )
    client_main_first_name = fields.Boolean(
        related="company_id.client_main_first_name", readonly=False
    )
    client_main_last_name = fields.Boolean(
        related="company_id.client_main_last_name", readonly=False
    )
    client_main_function = fields.Boolean(
        related="company_id.client_main_function", readonly=False
    )
    client_main_email = fields.Boolean(
        related="company_id.client_main_email", readonly=False
    )
    client_main_phone = fields.Boolean(
        related="company_id.client_main_phone", readonly=False
    )
    client_main_mobile = fields.Boolean(
        related="company_id.client_main_mobile", readonly=False
    )
    client_main_lang = fields.Boolean(
        related="company_id.client_main_lang", readonly=False
    )
    client_main_source = fields.Boolean(
        related="company_id.client_main_source", readonly=False
    )
    client_main_role = fields.Boolean(
        related="company_id.client_main_role", readonly=False
    )
