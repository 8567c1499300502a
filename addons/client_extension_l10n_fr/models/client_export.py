from odoo import models

from ..tools.french_numbers import registry_problem


class ClientExport(models.AbstractModel):
    _inherit = "client.export"

    def _get_client_export_columns(self):
        return {
            **super()._get_client_export_columns(),
            "siret": self._read_sirets,
            "ape": self._name_column("client_naf_id", "code"),
        }

    def _read_sirets(self, partners):
        # Odoo keeps the numbers of other countries in the same field, and the import
        # would refuse a row with an invalid one.
        numbers = (partner.company_registry or "" for partner in partners)
        return ["" if registry_problem(number) else number for number in numbers]
