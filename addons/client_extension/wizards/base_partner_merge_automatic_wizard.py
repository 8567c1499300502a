from odoo import api, models

from ..models.clients.identity.res_partner_reference import CHECKED_LATER


class BasePartnerMerge(models.TransientModel):
    """Odoo's own merge, wherever it is started, with what clients have besides."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        # Superuser: a group that the merge has settled is settled for everybody.
        groups = self.env["client.duplicate.group"].sudo()
        groups._forget_settled(partner_ids)
        return result

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # Odoo does the rest in SQL, which knows nothing of lines that say the same.
        # Superuser, as for the rest: these records follow whom they belong to.
        sources, partner = src_partners.sudo(), dst_partner.sudo()
        env = sources.env
        env["client.contact"]._merge_lines(sources, partner)
        env["client.not.duplicate"]._move(sources, partner)
        sources.client_former_reference_ids._move_to(partner)
        (sources | partner).client_import_change_ids.partner_merged = True
        env.flush_all()
        result = super()._update_foreign_keys(src_partners, dst_partner)
        # The contacts of the sources are below the one that stays by now, and what it
        # takes over of addresses comes next.
        env.invalidate_all()
        (partner.client_contact_ids | partner.client_of_ids)._keep_own_addresses()
        return result

    @api.model
    def _update_values(self, src_partners, dst_partner):
        # Superuser: what a client has is read whole, whoever may see which field.
        sources, partner = src_partners.sudo(), dst_partner.sudo()
        properties = partner._merge_contact_properties(sources)
        clients = (partner | sources).filtered("client_status")
        if not clients:
            result = super()._update_values(src_partners, dst_partner)
            if properties:
                # Superuser: as above, after Odoo has written in the user's own name.
                partner.write(properties)
            return result
        values = partner._prepare_client_merge(sources)
        lost = [*sources.mapped("ref"), partner.ref]
        owned = clients.mapped("ref")
        # The sources exist until the end of the merge: a client cannot have the
        # reference of another one, nor do old duplicates become new ones.
        sources.write({"ref": False})
        merging = {"client_references": CHECKED_LATER}
        result = super()._update_values(
            src_partners.with_context(**merging), dst_partner.with_context(**merging)
        )
        # Superuser: Odoo has just written in the name of the user, who may thus do so;
        # only a client manager dates a status by hand, but nobody does here.
        partner.with_context(**merging).write({**values, **properties})
        if partner.ref not in owned:
            partner._check_client_reference()
        partner.env["client.former.reference"]._keep(partner, lost)
        return result
