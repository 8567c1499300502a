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
        for order in self:
            if order.state in ("draft", "sent") and order.partner_id:
                values = recipients[order.id]
                values["partners"] = order.partner_id._replace_client_recipients(
                    values["partners"], "gets_quotes"
                )
        return recipients
