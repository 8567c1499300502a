from odoo import api, fields, models


class MailComposeMessage(models.TransientModel):
    """The dialog that sends quotations says whom it leaves out."""

    _inherit = "mail.compose.message"

    client_hidden_note = fields.Char(
        compute="_compute_client_hidden_note", export_string_translation=False
    )

    @api.depends("model", "res_ids")
    @api.depends_context("uid", "lang")
    def _compute_client_hidden_note(self):
        for composer in self:
            composer.client_hidden_note = (
                composer.model == "sale.order"
                and composer._get_client_orders()._get_client_hidden_note()
            )

    def _get_client_orders(self):
        """:return: the ``sale.order`` records of this dialog that the user can read"""
        orders = self.env["sale.order"].browse(self._evaluate_res_ids() or [])
        return orders.exists()._filtered_access("read")
