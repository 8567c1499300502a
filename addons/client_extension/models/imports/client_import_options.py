from odoo import api, fields, models
from odoo.exceptions import AccessError

#: what the user chooses; a check is void when one of them changes
INPUTS = {
    "file",
    "mode",
    "delimiter",
    "encoding",
    "clear_empty",
    "warn_cells",
    "category_ids",
    "business_unit_id",
    "default_status",
    "is_shared",
    "column_mapping",
}
CHOICES = INPUTS | {"file_name", "company_id", "mapping_id"}


class ClientImport(models.Model):
    """What the user chooses for an import, and may write of it."""

    _inherit = "client.import"
    _check_company_auto = True

    mode = fields.Selection(
        [
            ("create", "Create new, reject existing"),
            ("create_skip", "Create new, skip existing"),
            ("update", "Update existing, reject new"),
            ("update_skip", "Update existing, skip new"),
            ("create_update", "Create and update"),
        ],
        required=True,
        default="create_update",
    )
    clear_empty = fields.Boolean(string="Overwrite with Empty Cells")
    warn_cells = fields.Boolean(
        string="Ignore Invalid Cells",
        help="Invalid cells are ignored with a warning, and the rest of their "
        "row is imported.",
    )
    default_status = fields.Selection(
        [("prospect", "Prospect"), ("client", "Client")],
        required=True,
        default="client",
        help="For new clients and contacts that become clients, unless the "
        "file gives a status.",
    )
    category_ids = fields.Many2many(
        "res.partner.category",
        string="Categories",
        help="Added to every client in the file, in addition to existing categories.",
    )
    business_unit_id = fields.Many2one(
        "client.business.unit",
        check_company=True,
        help="For new clients and those without a business unit, unless the "
        "file gives another one.",
    )
    is_shared = fields.Boolean(
        string="Shared between Companies",
        default=lambda self: self._default_is_shared(),
        help="New clients are shared between all companies.",
    )

    @api.model
    def _default_is_shared(self):
        """Clients of a database with several companies belong to one of them."""
        # Superuser: whether there is a second company, and no more.
        return self.env["res.company"].sudo().search_count([], limit=2) == 1

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_writable(vals)
        if not self.env.su:
            self = self.with_env(self.env(context=self._get_user_context()))
        return super().create(vals_list)

    def write(self, vals):
        self._check_writable(vals)
        if INPUTS & vals.keys():
            self._check_state("draft", "checked", "failed", "cancelled")
            self._books()._reset("draft")
        return super().write(vals)

    @api.model
    def _get_user_context(self):
        """:return: dict, the context without defaults for what no user may write"""
        return {
            key: value
            for key, value in self.env.context.items()
            if not key.startswith("default_") or key.removeprefix("default_") in CHOICES
        }

    def _check_writable(self, vals):
        """Whom an import acts for and what it did is not for users to write.

        :raise AccessError: when the values hold more than the user's choices
        """
        if not self.env.su and (fields_ := sorted(vals.keys() - CHOICES)):
            raise AccessError(
                self.env._(
                    "These fields of an import cannot be changed: %s.",
                    ", ".join(fields_),
                )
            )
