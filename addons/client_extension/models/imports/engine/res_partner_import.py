from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    client_import_change_ids = fields.One2many(
        "client.import.change",
        "partner_id",
        string="Changes by Imports",
        copy=False,
        groups="client_extension.group_client_importer",
        export_string_translation=False,
    )
