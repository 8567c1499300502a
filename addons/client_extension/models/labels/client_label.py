from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...importer.text.fold import fold_header

# Odoo's kinds of properties, in the words of the Clients app.
KINDS = [
    ("char", "Text"),
    ("integer", "Number"),
    ("float", "Number with Decimals"),
    ("date", "Date"),
    ("boolean", "Yes/No"),
    ("selection", "Choice"),
    ("text", "Long Text"),
    ("datetime", "Date and Time"),
    ("monetary", "Amount"),
    ("tags", "Tags"),
    ("many2one", "Link"),
    ("many2many", "Links"),
    ("html", "Formatted Text"),
    ("separator", "Heading"),
]
#: the kind of what is no label, but stands between them
HEADING = "separator"
PARAMETER = "client_extension.users_add_labels"
MANAGER = "client_extension.group_client_manager"
USER = "client_extension.group_client_user"


class ClientLabel(models.Model):
    """A label of the additional data: every client can have a value for it.

    Odoo's definition of the Properties field is made from the active ones.
    """

    _name = "client.label"
    _description = "Label of Additional Data"
    _order = "sequence, id"

    name = fields.Char(string="Label", required=True)
    key = fields.Char(
        required=True,
        readonly=True,
        export_string_translation=False,
        help="The technical name under which values are stored. It never changes.",
    )
    kind = fields.Selection(KINDS, string="Type", required=True, default="char")
    sequence = fields.Integer()
    choice_ids = fields.One2many("client.label.choice", "label_id", string="Choices")
    on_cards = fields.Boolean(help="Show the value on the client's card.")
    extra = fields.Json(
        export_string_translation=False,
        help="Other settings of the property definition: a default value, the "
        "model of a link...",
    )
    active = fields.Boolean(default=True)

    _key_uniq = models.Constraint("UNIQUE(key)", "The key of a label must be unique.")

    @api.constrains("name", "active")
    def _check_name(self):
        # What Odoo's own screens wrote, or an older version, is taken as it is.
        if self._is_pulling():
            return
        for label in self.filtered(lambda one: one.active and one.kind != HEADING):
            if twin := self._find_twin(label.name, but=label):
                raise ValidationError(self._get_twin_sentence(twin))

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_pulling():
            last = self.search([], order="sequence DESC", limit=1).sequence
            taken = set()
            for number, vals in enumerate(vals_list, 1):
                vals["name"] = self._clean_name(vals.get("name"))
                vals["key"] = self._get_new_key(vals["name"], taken)
                vals.setdefault("sequence", last + number)
        labels = super().create(vals_list)
        labels._push()
        return labels

    def write(self, vals):
        if not self._is_pulling():
            if {"key", "kind"} & vals.keys():
                raise UserError(
                    self.env._(
                        "The type of a label cannot be changed because "
                        "clients have values of that type. Add a new "
                        "label instead."
                    )
                )
            if "name" in vals:
                vals = {**vals, "name": self._clean_name(vals["name"])}
        result = super().write(vals)
        self._push()
        return result

    # Rights

    @api.model
    def _get_right(self):
        """:return: ``manage``, ``add`` or False: what the user may do with labels"""
        if self.env.user.has_group(MANAGER):
            return "manage"
        # Superuser: whether users may add labels is no secret.
        allowed = self.env["ir.config_parameter"].sudo().get_param(PARAMETER)
        return "add" if allowed and self.env.user.has_group(USER) else False

    # Tools

    @api.model
    def _find_twin(self, name, but=None, active=True):
        """:return: ``client.label`` that has this name but for case and accents"""
        folded = fold_header(name or "")
        # A heading has no values: a label may well be called the same.
        domain = [("active", "=", active), ("kind", "!=", HEADING)]
        others = self.with_context(active_test=False).search(domain)
        if but:
            others -= but
        return others.filtered(lambda other: fold_header(other.name) == folded)[:1]

    @api.model
    def _get_twin_sentence(self, twin):
        return self.env._("There is already a label named “%s”.", twin.name)

    @api.model
    def _clean_name(self, name):
        cleaned = " ".join((name or "").split())
        if not cleaned:
            raise ValidationError(self.env._("Enter a name for the label."))
        return cleaned
