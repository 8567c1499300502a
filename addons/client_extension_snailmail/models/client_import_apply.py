from odoo import api, models

from .snailmail_letter import LETTERLESS, Letterless


class ClientImportApply(models.AbstractModel):
    _inherit = "client.import.apply"

    @api.model
    def _update(self, scope, outcomes):
        letters = self.env["snailmail.letter"]
        if letters.has_access("read"):
            ids = {outcome.candidate.id for outcome in outcomes}
            # Superuser: partners with letters that the user cannot see are searched as
            # usual.
            domain = [("partner_id", "in", list(ids))]
            groups = letters.sudo()._read_group(domain, ["partner_id"])
            having = {partner.id for (partner,) in groups}
            self = self.with_context(**{LETTERLESS: Letterless(ids - having)})
        return super()._update(scope, outcomes)
