from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache


class ClientContactRole(models.Model):
    """What a person does for a client: plans the trip, travels, pays the invoices."""

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

    @api.model_create_multi
    def create(self, vals_list):
        roles = super().create(vals_list)
        if any(roles.mapped("keeps_own_address")):
            self.env.registry.clear_cache()
        return roles

    def write(self, vals):
        result = super().write(vals)
        if "keeps_own_address" in vals:
            self.env.registry.clear_cache()
        if vals.get("keeps_own_address"):
            self._get_lines()._keep_own_addresses()
        return result

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
        # Superuser: contacts whom the manager may not see have the role as well.
        lines = self.env["client.contact"].sudo().with_context(active_test=False)
        return lines.search([("role_ids", "in", self.ids)])

    @api.model
    @ormcache()
    def _any_keeps_own_address(self):
        """:return: bool, whether there is such a role, archived or not"""
        # Superuser: it is asked wherever a partner is written.
        roles = self.sudo().with_context(active_test=False)
        return bool(roles.search_count([("keeps_own_address", "=", True)], limit=1))
