from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        for move in posted:
            if move.move_type == "out_invoice" and move.company_id.client_auto_status:
                move._client_status_partners()._client_became_client(
                    move, since=move.invoice_date
                )
        return posted

    def _client_status_partners(self):
        """The partners whose status this invoice may change.

        :return: ``res.partner`` recordset in superuser mode; overridden where an
            invoice has more parties than its customer
        """
        self.ensure_one()
        partners = self.partner_id | self.commercial_partner_id
        # Users who can post an invoice may not have write access to clients, and only
        # the status is written.
        return partners.sudo()
