from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import ormcache

from ...importer.text.fold import fold


class ClientContactRole(models.Model):
    """What a person does for a client: plans the trip, travels, pays the invoices.

    Names are unique, as imports find roles by name. This is checked only when a name is
    written: existing roles with the same name stay.
    """

    _name = "client.contact.role"
    _description = "Contact Role"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
    gets_invoices = fields.Boolean(
        string="Receives Invoices",
        help="Contacts with this role receive the client's invoices by email.",
    )
    gets_quotes = fields.Boolean(
        string="Receives Quotations",
        help="Contacts with this role receive the client's quotations by email.",
    )
    keeps_own_address = fields.Boolean(
        string="Separate Address",
        help="Contacts with this role have their own address. Changing it "
        "never changes the client's address, and vice versa.",
    )

    @api.constrains("name")
    def _check_name(self):
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        for role in self:
            for code in codes:
                # A language without a translation has the same name.
                translated = role.with_context(lang=code)
                if translated.name == role.name:
                    translated._check_name_in_language()

    def _check_name_in_language(self):
        """Refuse a name that another role has in the language of the context."""
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

    @api.model_create_multi
    def create(self, vals_list):
        roles = super().create(vals_list)
        if any(roles.mapped("keeps_own_address")):
            self.env.registry.clear_cache()
        return roles

    def write(self, vals):
        if "name" in vals and all(role.name == vals["name"] for role in self):
            # A form sends all that it shows: the name was not changed.
            vals = {key: value for key, value in vals.items() if key != "name"}
        result = super().write(vals)
        if "keeps_own_address" in vals:
            self.env.registry.clear_cache()
        if vals.get("keeps_own_address"):
            self._get_lines()._keep_own_addresses()
        return result

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
                vals["name"] = role._get_copy_name()
        return vals_list

    def copy_translations(self, new, excluded=()):
        result = super().copy_translations(new, {*excluded, "name"})
        if "name" not in excluded:
            codes = {code for code, _name in self.env["res.lang"].get_installed()}
            codes.discard(self.env.lang or "en_US")
            names = {
                code: self.with_context(lang=code)._get_copy_name() for code in codes
            }
            new.update_field_translations("name", names)
        return result

    def _get_copy_name(self):
        """:return: str, the name of a copy of this role in the language of the
        environment"""
        return self.env._("%s (copy)", self.name)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        for role in self:
            if count := len(role._get_lines()):
                raise UserError(
                    self.env._(
                        "The role “%(role)s” is in use (contacts: "
                        "%(count)s). Archive it instead, so that it is no "
                        "longer offered.",
                        role=role.name,
                        count=count,
                    )
                )

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _get_lines(self):
        """:return: the ``client.contact`` lines that have one of these roles"""
        # Superuser: contacts that the manager cannot see may have the role too.
        lines = self.env["client.contact"].sudo().with_context(active_test=False)
        return lines.search([("role_ids", "in", self.ids)])

    @api.model
    @ormcache()
    def _any_keeps_own_address(self):
        """:return: bool, whether such a role exists, archived or not"""
        # Superuser: this is checked whenever a partner is written.
        roles = self.sudo().with_context(active_test=False)
        return bool(roles.search_count([("keeps_own_address", "=", True)], limit=1))
