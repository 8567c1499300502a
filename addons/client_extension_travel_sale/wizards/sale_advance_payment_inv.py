from odoo import models


class SaleAdvancePaymentInv(models.TransientModel):
    """A deposit says which trip it is for, as every invoice of the order does."""

    _inherit = "sale.advance.payment.inv"

    def _prepare_down_payment_invoice_values(self, order, so_lines):
        values = super()._prepare_down_payment_invoice_values(order, so_lines)
        note = order._prepare_client_trip_note(values)
        return {**values, "invoice_line_ids": [*note, *values["invoice_line_ids"]]}
