from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _get_default_mail_partner_ids(self, move, mail_template, mail_lang):
        partners = super()._get_default_mail_partner_ids(move, mail_template, mail_lang)
        if not move.is_sale_document(include_receipts=True) or not move.partner_id:
            return partners
        return move.partner_id._replace_client_recipients(partners, "gets_invoices")
