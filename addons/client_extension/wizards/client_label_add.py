from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tools import get_lang

from ..importer.kinds.base import CellRefused
from ..importer.kinds.registry import label_kind
from ..importer.types import Label
from ..models.labels.client_label import KINDS
from ..models.labels.client_label_definition import is_filled

OFFERED = KINDS[:6]


class ClientLabelAdd(models.TransientModel):
    """The dialog that adds a label for all clients, and its value for one."""

    _name = "client.label.add"
    _description = "Add a Label"

    partner_id = fields.Many2one("res.partner", string="Client", ondelete="cascade")
    name = fields.Char(string="Label", required=True)
    kind = fields.Selection(OFFERED, string="Type", required=True, default="char")
    choice_ids = fields.One2many("client.label.add.choice", "add_id", string="Choices")
    value_char = fields.Char(string="Text Value")
    # A text: a numeric field cannot tell 0 from an empty value.
    value_number = fields.Char(string="Number Value")
    value_date = fields.Date(string="Date Value")
    value_boolean = fields.Selection(
        [("yes", "Yes"), ("no", "No")], string="Yes/No Value"
    )
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
                    "A label named “%s” was removed. A manager of the "
                    "Clients app can restore it with its values.",
                    removed.name,
                )

    def action_confirm(self):
        """Add the label, and the value for the client of the dialog."""
        self.ensure_one()
        labels = self.env["client.label"]
        if not labels._get_right():
            raise AccessError(
                self.env._(
                    "You are not allowed to add labels. Ask a manager of the "
                    "Clients app."
                )
            )
        # Superuser: the right to add labels was checked above, and nothing else is
        # done.
        label = labels.sudo().create(self._prepare_label())
        value = self._get_value(label)
        if self.partner_id and is_filled(label._to_item(), value):
            self.partner_id._update_client_properties({label.key: value})
        return {"type": "ir.actions.act_window_close", "infos": {"key": label.key}}

    def _prepare_label(self):
        """The values of the new label.

        :return: dict for ``create`` of ``client.label``; overridden to store more
        """
        choices = self.choice_ids if self.kind == "selection" else []
        if self.kind == "selection" and not choices:
            raise ValidationError(
                self.env._("Enter the choices that clients can have.")
            )
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
        if self.kind in ("integer", "float"):
            return self._get_number()
        if self.kind == "boolean":
            return {"yes": True, "no": False}.get(self.value_boolean)
        value = self[f"value_{self.kind}"]
        return fields.Date.to_string(value) if self.kind == "date" else value

    def _get_number(self):
        """:return: the number entered, in the number format of the user, or None"""
        text = self.value_number and self.value_number.strip()
        if not text:
            return None
        lang = get_lang(self.env, self.env.user.lang)
        plain = text.replace(lang.thousands_sep or "", "")
        plain = plain.replace(lang.decimal_point, ".")
        try:
            return label_kind(Label(self.kind), points=True).read(plain)
        except CellRefused:
            raise ValidationError(
                self.env._("“%s” is not a valid number of this type.", text)
            ) from None


class ClientLabelAddChoice(models.TransientModel):
    """A choice of the new label; one of them can be the client's."""

    _name = "client.label.add.choice"
    _description = "Choice of a New Label"
    _order = "id"

    add_id = fields.Many2one("client.label.add", required=True, ondelete="cascade")
    name = fields.Char(string="Choice", required=True)
    is_value = fields.Boolean(string="For This Client")
