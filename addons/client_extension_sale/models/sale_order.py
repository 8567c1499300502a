from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _message_add_default_recipients(self):
        """Send quotations to the contacts of the client who receive them.

        Odoo gets the recipients here: for the composer of one quotation, for several at
        once and for automatic emails. A confirmed order is no longer a quotation and
        goes to the recipients that Odoo chose.
        """
        recipients = super()._message_add_default_recipients()
        for order in self._filter_client_quotations():
            values = recipients[order.id]
            values["partners"] = order.partner_id._replace_client_recipients(
                values["partners"], "gets_quotes"
            )
        return recipients

    def _filter_client_quotations(self):
        """:return: the orders that are still quotations"""
        return self.filtered(
            lambda order: order.state in ("draft", "sent") and order.partner_id
        )

    def _get_client_hidden_note(self):
        """:return: str, which clients have recipients of quotations who are hidden from
        the user, or False"""
        clients = self._filter_client_quotations().partner_id
        return clients._get_client_hidden_note("gets_quotes")

    def _action_confirm(self):
        result = super()._action_confirm()
        for order in self:
            if order.company_id.client_auto_status_order:
                order._client_status_partners()._client_became_client(order)
        return result

    def _client_status_partners(self):
        """The partners whose status this order may change.

        :return: ``res.partner`` recordset in superuser mode; overridden where an order
            has more parties than its customer
        """
        self.ensure_one()
        partners = self.partner_id | self.partner_id.commercial_partner_id
        # Superuser: users who confirm orders may not have write access to clients, and
        # only the status is written.
        return partners.sudo()
