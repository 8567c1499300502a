from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...importer.text.fold import fold


class ClientLabelChoice(models.Model):
    """One of the values that clients can have for a label of type choice."""

    _name = "client.label.choice"
    _description = "Choice of Additional Data"
    _order = "sequence, id"

    label_id = fields.Many2one(
        "client.label", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(string="Choice", required=True)
    key = fields.Char(required=True, readonly=True, export_string_translation=False)
    sequence = fields.Integer(default=100)

    _key_uniq = models.Constraint(
        "UNIQUE(label_id, key)", "The key of a choice must be unique."
    )

    @api.constrains("name", "label_id")
    def _check_name(self):
        if self.env["client.label"]._is_pulling():
            return
        for choice in self:
            name = fold(choice.name)
            others = choice.label_id.choice_ids - choice
            if twin := others.filtered(
                lambda other, name=name: fold(other.name) == name
            ):
                raise ValidationError(
                    self.env._("There is already a choice named “%s”.", twin[0].name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self.env["client.label"]._is_pulling():
                vals["key"] = uuid4().hex[:16]
        choices = super().create(vals_list)
        self.env["client.label"]._push()
        return choices

    def write(self, vals):
        # Clients store the key: it does not change, and neither does the label.
        vals = {name: vals[name] for name in vals if name not in ("key", "label_id")}
        result = super().write(vals)
        self.env["client.label"]._push()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        if self.env["client.label"]._is_pulling():
            return
        for choice in self:
            if count := choice._count_holders():
                raise UserError(
                    self.env._(
                        "Clients with the choice “%(choice)s”: %(count)s. "
                        "Select another choice for them first.",
                        count=count,
                        choice=choice.name,
                    )
                )

    def unlink(self):
        result = super().unlink()
        self.env["client.label"]._push()
        return result

    def _count_holders(self):
        """:return: int, how many clients of all companies have this choice"""
        self.ensure_one()
        self.env["res.partner"].flush_model(["client_properties"])
        self.env.cr.execute(
            SQL(
                "SELECT COUNT(*) FROM res_partner WHERE client_properties ->> %s = %s",
                self.label_id.key,
                self.key,
            )
        )
        return self.env.cr.fetchone()[0]
