from odoo import api, models


class ClientImportProblem(models.Model):
    _inherit = "client.import.problem"

    @api.model
    def _get_sentences(self):
        return {
            **super()._get_sentences(),
            "cell.siret_digits": self.env._(
                "“%(value)s” is not a valid SIRET: a SIRET has 14 digits, and a "
                "SIREN 9."
            ),
            "cell.siret_checksum": self.env._(
                "“%(value)s” is not a valid SIRET. Check its digits."
            ),
        }
