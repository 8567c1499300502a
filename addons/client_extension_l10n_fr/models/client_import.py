from odoo import api, models


class ClientImport(models.Model):
    _inherit = "client.import"

    @api.model
    def _get_column_name(self, column, labels):
        # Odoo has one name of the field for all countries.
        if column and column.key == "siret":
            return self.env._("SIRET")
        return super()._get_column_name(column, labels)
