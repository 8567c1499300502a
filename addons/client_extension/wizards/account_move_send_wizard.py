from odoo import models


class AccountMoveSendWizard(models.TransientModel):
    """The send dialog of one invoice, also without an email template."""

    _inherit = "account.move.send.wizard"

    def _compute_mail_partners(self):
        result = super()._compute_mail_partners()
        # Without a template Odoo emails the client and does not get the default
        # recipients.
        for wizard in self.filtered(lambda wizard: not wizard.template_id):
            wizard.mail_partner_ids = self._put_client_recipients(
                wizard.move_id._origin, wizard.mail_partner_ids._origin
            )
        return result
