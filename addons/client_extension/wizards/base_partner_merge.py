from odoo import api, models


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_values(self, src_partners, dst_partner):
        # The sources exist until the end of the merge: what the kept partner takes
        # over would be the reference of another client. Superuser, as for the deletion.
        references = src_partners.filtered("ref").mapped("ref")
        src_partners.sudo().write({"ref": False})
        if references and not dst_partner.ref:
            dst_partner.ref = references[-1]
        return super()._update_values(src_partners, dst_partner)
