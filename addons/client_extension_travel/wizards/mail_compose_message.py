from odoo import models


class MailComposeMessage(models.TransientModel):
    """The log of a trip says whom an email was sent to."""

    _inherit = "mail.compose.message"

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        mails = super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)
        if self.model == "client.trip.missing.recipient":
            recipients = self.env[self.model].browse(res_ids)
            for trip, asked in recipients.grouped("trip_id").items():
                trip._note_asked(asked.partner_id)
        return mails
