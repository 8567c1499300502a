from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _message_add_default_recipients(self):
        """Give quotations to the contacts of the client who get them.

        Odoo asks here whom to mail: for the composer that opens from one quotation,
        for several at once and for what it sends by itself. An order that is confirmed
        is no quotation any more and goes to whom Odoo chose.
        """
        recipients = super()._message_add_default_recipients()
        for order in self:
            if order.state in ("draft", "sent") and order.partner_id:
                values = recipients[order.id]
                values["partners"] = order.partner_id._replace_client_recipients(
                    values["partners"], "gets_quotes"
                )
        return recipients
