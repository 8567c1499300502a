from odoo import models

from .client_trip_list_columns import OF_IDENTITY


class ClientTripParticipant(models.Model):
    _inherit = "client.trip.participant"  # pylint: disable=consider-merging-classes-inherited

    def _forget_sent(self):
        """Delete the hashes of the identity of these participants. They stay on the
        list that was sent: they are not new on the next one."""
        for trip, people in self.grouped("trip_id").items():
            # Superuser: hashes, which no user writes.
            kept = trip.sudo().sent_lists or {}
            known = {str(id_) for id_ in people.ids}
            left = {kind: kept[kind] for kind in kept.keys() & set(OF_IDENTITY)}
            for kind, sent in left.items():
                rows = {
                    key: {} if key in known else row
                    for key, row in sent["rows"].items()
                }
                left[kind] = {**sent, "rows": rows}
            if left:
                trip.sudo().sent_lists = {**kept, **left}
