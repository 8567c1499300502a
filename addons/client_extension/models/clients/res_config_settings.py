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
        string="Rows Imported Immediately",
        default=500,
        config_parameter="client_extension.import_limit",
        help="Files with more rows are imported in the background.",
    )
    client_journal_days = fields.Integer(
        string="Keep Import Change Logs (Days)",
        default=90,
        config_parameter="client_extension.journal_days",
        help="How long imports can be undone. Their change logs are then deleted.",
    )

    def set_values(self):
        """Keep a number that is 0.

        Odoo deletes the parameter, and the default is read in its place.
        """
        result = super().set_values()
        # Superuser: as Odoo writes the others; who may was asked by execute().
        parameters = self.env["ir.config_parameter"].sudo()
        for name, parameter in self._get_classified_fields()["config"]:
            field = self._fields[name]
            if name.startswith("client_") and field.type == "integer":
                parameters.set_param(parameter, self[name])
        return result
