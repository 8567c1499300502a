from odoo import api, models
from odoo.fields import Command


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Trips whose participants are merged keep each person once, and a person keeps
    what is known of it as a traveler."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # Before Odoo moves the rows: by the ORM, so that the trips count again.
        # Superuser: trips that the user may not see keep their people too.
        merged = src_partners | dst_partner
        participants = self.env["client.trip.participant"].sudo()
        found = participants.search([("contact_id", "in", merged.ids)])
        for lines in found.grouped("trip_id").values():
            # Those who count win, then the partner that is kept.
            lines = lines.sorted(
                lambda one: (one.state != "registered", one.contact_id != dst_partner)
            )
            kept, others = lines[0], lines[1:]
            if others:
                kept.role_ids = [Command.set(lines.role_ids.ids)]
                kept.is_leader = any(lines.mapped("is_leader"))
                others.unlink()
        # Superuser: whoever merges, it is not lost. Nothing of it is shown.
        travellers = self.env["client.traveller"].sudo()
        travellers._merge_persons(src_partners.sudo(), dst_partner.sudo())
        return super()._update_foreign_keys(src_partners, dst_partner)
