from odoo import api, models
from odoo.exceptions import ValidationError

from ...importer.text.fold import fold


class ClientContactRole(models.Model):
    """Each role has a name of its own: imports find roles by it.

    Checked when a name is written, and then alone: roles of one name that are there
    already stay.
    """

    _inherit = "client.contact.role"

    @api.constrains("name")
    def _check_name(self):
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        for role in self:
            for code in codes:
                # A language without a translation of its own says the same.
                translated = role.with_context(lang=code)
                if translated.name == role.name:
                    translated._check_name_in_language()

    def _check_name_in_language(self):
        """Refuse the name that another role has in the language of the context."""
        self.ensure_one()
        others = self.with_context(active_test=False).search([("id", "!=", self.id)])
        name = fold(self.name or "")
        if same := others.filtered(lambda role: fold(role.name or "") == name)[:1]:
            raise ValidationError(
                self.env._("There is already a role named “%s”.", same.name)
                if same.active
                else self.env._(
                    "There is already an archived role named “%s”. "
                    "Unarchive it, or choose another name.",
                    same.name,
                )
            )

    def write(self, vals):
        if "name" in vals and all(role.name == vals["name"] for role in self):
            # A form that sends all it shows: nobody gives the role a name.
            vals = {key: value for key, value in vals.items() if key != "name"}
        return super().write(vals)

    def update_field_translations(self, field_name, translations, source_lang=""):
        result = super().update_field_translations(
            field_name, translations, source_lang=source_lang
        )
        for code in translations if field_name == "name" else ():
            for role in self.with_context(lang=code):
                role._check_name_in_language()
        return result

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if not (default or {}).get("name"):
            for role, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%s (copy)", role.name)
        return vals_list
