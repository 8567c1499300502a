from odoo import api, fields, models

from ..models.labels.client_label import DAYS_KEPT
from ..tools.setting_number import get_days


class ClientLabelRemove(models.TransientModel):
    """The confirmation before labels are removed for all clients."""

    _name = "client.label.remove"
    _description = "Remove Labels"

    label_ids = fields.Many2many("client.label", string="Labels", required=True)
    message = fields.Text(compute="_compute_message")
    kept_days = fields.Integer(compute="_compute_kept_days")

    @api.depends("label_ids")
    def _compute_message(self):
        for wizard in self:
            counts = wizard.label_ids._count_holders()
            wizard.message = "\n".join(
                self.env._(
                    "Clients with a value for “%(label)s”: %(count)s",
                    label=label.name,
                    count=counts.get(label.key, 0),
                )
                for label in wizard.label_ids
            )

    def _compute_kept_days(self):
        # Superuser: all users may know how long removed labels are kept.
        self.kept_days = get_days(self.env, DAYS_KEPT, 90)

    def action_remove(self):
        """Remove the labels; the values of clients are kept."""
        self.label_ids.write({"active": False})
        return {"type": "ir.actions.client", "tag": "soft_reload"}
