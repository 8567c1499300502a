from odoo import api, fields, models
from odoo.fields import Command


class ClientLetterSelectionMixin(models.AbstractModel):
    """The clients of a dialog: those that its user selected in a list, or the one whose
    form was open."""

    _name = "client.letter.selection.mixin"
    _description = "Clients of a Dialog"

    client_ids = fields.Many2many(
        "res.partner",
        string="Clients",
        default=lambda self: self._default_client_ids(),
        context={"active_test": False},
    )

    @api.model
    def _default_client_ids(self):
        """:return: list of commands, the partners from which the dialog was opened"""
        context = self.env.context
        if context.get("active_model") != "res.partner":
            return [Command.clear()]
        ids = context.get("active_ids") or []
        return [Command.set([one for one in ids if isinstance(one, int)])]

    def _get_readable_clients(self):
        """:return: ``res.partner``, those that still exist and that the user may see"""
        self.ensure_one()
        return self.client_ids._origin.exists()._filtered_access("read")
