from odoo import models


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _action_send_mail(self, auto_commit=False):
        result = super()._action_send_mail(auto_commit=auto_commit)
        letter_id = self.env.context.get("client_letter_id")
        if isinstance(letter_id, int):
            self._mark_client_letter_sent(letter_id)
        return result

    def _mark_client_letter_sent(self, letter_id):
        """Freeze the letter from which this email was opened.

        :param int letter_id: as the browser says, so it is checked here
        """
        letter = self.env["client.letter"].browse(letter_id).exists()
        if letter and letter.has_access("write") and letter.state == "draft":
            for composer in self.filtered(lambda mail: mail.model == "res.partner"):
                if letter.client_id.id in composer._evaluate_res_ids():
                    # The email itself is in the chatter.
                    letter._freeze("sent", False)
