from odoo import api, models

from ..models.clients.identity.res_partner_reference import CHECKED_LATER


class BasePartnerMerge(models.TransientModel):
    """Odoo's own merge, wherever it is started, extended to the data of clients."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        # Superuser: a group resolved by the merge is resolved for all users.
        groups = self.env["client.duplicate.group"].sudo()
        groups._forget_settled(partner_ids)
        return result

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # Odoo does the rest in SQL, which cannot join lines that become the same.
        # Superuser, as for the rest: these records follow their partner.
        sources, partner = src_partners.sudo(), dst_partner.sudo()
        env = sources.env
        env["client.contact"]._merge_lines(sources, partner)
        env["client.not.duplicate"]._move(sources, partner)
        sources.client_former_reference_ids._move_to(partner)
        (sources | partner).client_import_change_ids.partner_merged = True
        env["client.merge.links"]._move(sources, partner)
        env.flush_all()
        result = super()._update_foreign_keys(src_partners, dst_partner)
        # By now the contacts of the sources are below the partner that is kept; the
        # addresses that it takes over come next.
        env.invalidate_all()
        (partner.client_contact_ids | partner.client_of_ids)._keep_own_addresses()
        return result

    @api.model
    def _update_values(self, src_partners, dst_partner):
        # Superuser: all data of a client is read, whichever fields the user can see.
        sources, partner = src_partners.sudo(), dst_partner.sudo()
        properties = partner._merge_contact_properties(sources)
        clients = (partner | sources).filtered("client_status")
        if not clients:
            result = super()._update_values(src_partners, dst_partner)
            if properties:
                # Superuser: as above, after Odoo has written as the user.
                partner.write(properties)
            return result
        values = partner._prepare_client_merge(sources)
        lost = [*sources.mapped("ref"), partner.ref]
        # Of the same company: for a client of all companies it is a new reference.
        alike = clients.filtered(lambda client: client.company_id == partner.company_id)
        owned = alike.mapped("ref")
        # The sources exist until the end of the merge: a client cannot have the
        # reference of another one, and existing duplicates are not refused as new ones.
        sources.write({"ref": False})
        merging = {"client_references": CHECKED_LATER}
        result = super()._update_values(
            src_partners.with_context(**merging), dst_partner.with_context(**merging)
        )
        # Superuser: Odoo has just written as the user, who is thus allowed to. Only
        # managers of the Clients app can set the date of a status by hand, but this is
        # not by hand.
        partner.with_context(**merging).write({**values, **properties})
        if partner.ref in owned:
            partner.env["client.reference.claim"]._claim([partner.ref])
        else:
            partner._check_client_reference()
        partner.env["client.former.reference"]._keep(partner, lost)
        return result
