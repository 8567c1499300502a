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
                values = self._prepare_participant(lines)
                others.unlink()
                kept.write(values)
        # Superuser: whoever merges, it is not lost. Nothing of it is shown.
        travellers = self.env["client.traveller"].sudo()
        travellers._merge_persons(src_partners.sudo(), dst_partner.sudo())
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _prepare_participant(self, lines):
        """What a participant takes over from other lines of the same person.

        :param lines: ``client.trip.participant`` of one trip, first the one that is
            kept, which wins where several say something
        :return: dict for ``write``
        """
        remarks = dict.fromkeys(filter(None, lines.mapped("remark")))
        # A bed of somebody who cancelled may have been given away.
        alike = lines.filtered(lambda one: one.state == lines[0].state)
        # Both dates of one line: of two they may be in no order.
        dated = alike.filtered(lambda one: one.date_from or one.date_to)[:1]
        return {
            "role_ids": [Command.set(lines.role_ids.ids)],
            "is_leader": any(lines.mapped("is_leader")),
            "remark": ", ".join(remarks) or False,
            "room_id": alike.room_id[:1].id,
            "date_from": dated.date_from,
            "date_to": dated.date_to,
        }
