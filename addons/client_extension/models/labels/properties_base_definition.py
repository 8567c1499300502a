from odoo import api, models

from .res_partner_properties import PROPERTIES


class PropertiesBaseDefinition(models.Model):
    _inherit = "properties.base.definition"

    @api.depends("properties_field_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # Lists show it above the columns of the labels.
        ours = self.filtered(lambda definition: definition._is_of_clients())
        ours.display_name = self.env._("Additional Data")
        return super(PropertiesBaseDefinition, self - ours)._compute_display_name()

    def write(self, vals):
        result = super().write(vals)
        if "properties_definition" in vals and self._is_of_clients():
            self.env["client.label"]._pull()
        return result

    def _is_of_clients(self):
        # Superuser: the names of fields are not confidential.
        described = self.sudo().properties_field_id
        return ("res.partner", PROPERTIES) in {(f.model, f.name) for f in described}
