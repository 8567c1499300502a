from odoo import api, fields, models
from odoo.tools import format_date


class ClientTripMissingRecipient(models.TransientModel):
    """Somebody who is asked by email for what is missing on a trip.

    It has no chatter, so that an email that was sent is kept nowhere, and the template
    is offered on no other screen.
    """

    _name = "client.trip.missing.recipient"
    _description = "Asked for What Is Missing"
    _rec_name = "partner_id"

    trip_id = fields.Many2one("client.trip", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    participant_ids = fields.Many2many("client.trip.participant", string="Participants")

    @api.model_create_multi
    def create(self, vals_list):
        recipients = super().create(vals_list)
        recipients._check_links()
        return recipients

    def write(self, vals):
        result = super().write(vals)
        self._check_links()
        return result

    def _check_links(self):
        """Users cannot link records that they are not allowed to see: the email would
        tell them of these."""
        self.trip_id.check_access("write")
        self.participant_ids.check_access("read")
        self.partner_id.check_access("read")

    def _get_about(self):
        """:return: str, the trip and its dates, in the language of the environment"""
        trip = self.trip_id
        days = [format_date(self.env, day) for day in (trip.date_from, trip.date_to)]
        about = [trip.display_name, " - ".join(filter(None, days))]
        return ", ".join(filter(None, about))

    def _get_lines(self):
        """What the template of the email lists, in the language of the environment.

        :return: list of pairs: a name, and what is missing of that person. Without
            values: they are in the email of whoever sends it, and of whoever gets it.
        """
        self.ensure_one()
        lines = {}
        # Odoo renders a stored template as superuser: the rights of the user count.
        for missing in self.trip_id.sudo(False)._get_missing("leave"):
            if missing["asked"] and self._concerns(missing["participant"]):
                lines.setdefault(missing["participant"], []).append(missing["sentence"])
        return [
            (one.display_name or self.trip_id.display_name, ", ".join(sentences))
            for one, sentences in lines.items()
        ]

    def _concerns(self, participant):
        """:return: bool, whether this recipient is asked for a participant, or, if it
        is empty, for what the whole trip lacks"""
        if participant:
            return participant in self.participant_ids
        asked = self.trip_id._get_asked_person(participant)
        return asked.email_normalized == self.partner_id.email_normalized
