from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command

from ..models.client_label import KINDS

OFFERED = KINDS[:6]


class ClientLabelAdd(models.TransientModel):
    """The dialog that adds a label for all clients, and its value for one."""

    _name = "client.label.add"
    _description = "Add a Label"

    partner_id = fields.Many2one("res.partner", string="Client", ondelete="cascade")
    name = fields.Char(string="Label", required=True)
    kind = fields.Selection(OFFERED, required=True, default="char")
    choice_ids = fields.One2many("client.label.add.choice", "add_id", string="Choices")
    value_char = fields.Char(string="Text Value")
    value_integer = fields.Integer(string="Number Value")
    value_float = fields.Float(string="Decimal Value", digits=(16, 6))
    value_date = fields.Date(string="Date Value")
    value_boolean = fields.Boolean(string="Yes/No Value")
    warning = fields.Char(compute="_compute_warning")
    hint = fields.Char(compute="_compute_warning")

    @api.depends("name")
    def _compute_warning(self):
        labels = self.env["client.label"]
        for wizard in self:
            twin = labels._find_twin(wizard.name)
            removed = labels._find_twin(wizard.name, active=False)
            wizard.warning = labels._get_twin_sentence(twin) if twin else False
            wizard.hint = False
            if removed and not twin:
                wizard.hint = self.env._(
                    "A label “%s” was removed: a client manager can restore it with "
                    "its values.",
                    removed.name,
                )

    def action_confirm(self):
        """Add the label, and the value for the client of the dialog."""
        self.ensure_one()
        labels = self.env["client.label"]
        if not labels._get_right():
            raise AccessError(self.env._("You may not add labels."))
        # Superuser: who may add labels was asked just above, and may do no more.
        label = labels.sudo().create(self._prepare_label())
        value = self._get_value(label)
        if self.partner_id and value not in (False, 0):
            self.partner_id._update_client_properties({label.key: value})
        return {"type": "ir.actions.act_window_close", "infos": {"key": label.key}}

    def _prepare_label(self):
        """The values of the new label.

        :return: dict for ``create`` of ``client.label``; overridden to keep more
        """
        choices = self.choice_ids if self.kind == "selection" else []
        if self.kind == "selection" and not choices:
            raise ValidationError(self.env._("Type the choices that clients can have."))
        return {
            "name": self.name,
            "kind": self.kind,
            "choice_ids": [
                Command.create({"name": choice.name, "sequence": number})
                for number, choice in enumerate(choices)
            ],
        }

    def _get_value(self, label):
        if self.kind == "selection":
            places = [choice.is_value for choice in self.choice_ids]
            return label.choice_ids[places.index(True)].key if any(places) else False
        value = self[f"value_{self.kind}"]
        return fields.Date.to_string(value) if self.kind == "date" else value


class ClientLabelAddChoice(models.TransientModel):
    """A choice of the new label; one of them may be that of the client."""

    _name = "client.label.add.choice"
    _description = "Choice of a New Label"
    _order = "id"

    add_id = fields.Many2one("client.label.add", required=True, ondelete="cascade")
    name = fields.Char(string="Choice", required=True)
    is_value = fields.Boolean(string="This Client")
