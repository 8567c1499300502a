from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _get_default_mail_partner_ids(self, move, mail_template, mail_lang):
        partners = super()._get_default_mail_partner_ids(move, mail_template, mail_lang)
        return self._put_client_recipients(move, partners)

    @api.model
    def _put_client_recipients(self, move, partners):
        """:return: ``res.partner`` recordset, the contacts who receive the invoices
        instead of the client; `partners` if the move is not a sales document"""
        if not move.is_sale_document(include_receipts=True) or not move.partner_id:
            return partners
        # The cron sends what a user left to it, to those whom the user can see.
        sender = (move.sending_data or {}).get("author_user_id") or self.env.uid
        found = move.partner_id._replace_client_recipients(
            partners.with_user(sender), "gets_invoices"
        )
        return found.with_env(partners.env)

    @api.model
    def _get_alerts(self, moves, moves_data):
        alerts = super()._get_alerts(moves, moves_data)
        emailed = moves.filtered(
            lambda move: (
                "email" in moves_data[move]["sending_methods"]
                and move.is_sale_document(include_receipts=True)
            )
        )
        if note := emailed.partner_id._get_client_hidden_note("gets_invoices"):
            alerts["client_hidden_recipients"] = {"level": "info", "message": note}
        # For a batch Odoo checks the email of the customer, not of the recipients.
        if "account_missing_email" in alerts and len(moves) > 1:
            silent = moves.filtered(
                lambda move: (
                    "email" in moves_data[move]["sending_methods"]
                    and not move.partner_id.email
                    and not moves_data[move].get("mail_partner_ids")
                )
            ).partner_id
            if silent:
                alert = alerts["account_missing_email"]
                name = (alert["action"] or {}).get("name")
                alert["action"] = silent._get_records_action(name=name)
            else:
                del alerts["account_missing_email"]
        return alerts
