from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ClientBusinessUnit(models.Model):
    """A part of the company with its own clients: an agency, a site, a brand."""

    _name = "client.business.unit"
    _description = "Business Unit"
    _parent_store = True
    _order = "complete_name, id"
    _rec_name = "complete_name"
    _rec_names_search = ["complete_name", "code"]

    name = fields.Char(required=True)
    complete_name = fields.Char(
        compute="_compute_complete_name", recursive=True, store=True
    )
    code = fields.Char()
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one(
        "client.business.unit", string="Parent Unit", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("client.business.unit", "parent_id", string="Sub-units")
    company_id = fields.Many2one(
        "res.company", index=True, default=lambda self: self._default_company_id()
    )
    manager_id = fields.Many2one(
        "res.users", string="Unit Manager", domain="[('share', '=', False)]"
    )
    member_ids = fields.Many2many(
        "res.users", string="Members", domain="[('share', '=', False)]"
    )
    members_only = fields.Boolean(
        help="Only the members and managers of this unit or its parent units, "
        "managers of the Clients app and accountants can see its clients "
        "and those of its sub-units.",
    )
    client_count = fields.Integer(string="Clients", compute="_compute_client_count")

    @api.model
    def _default_company_id(self):
        """:return: ``res.company``: the current one, empty if there is only one"""
        companies = self.env["res.company"]
        return self.env.company if companies._client_are_several() else companies

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for unit in self:
            parent = unit.parent_id.complete_name
            unit.complete_name = f"{parent} / {unit.name}" if parent else unit.name

    @api.depends("name", "complete_name")
    @api.depends_context("hierarchical_naming")
    def _compute_display_name(self):
        # Odoo's search panel shows the hierarchy itself and needs the short name.
        if self.env.context.get("hierarchical_naming", True):
            return super()._compute_display_name()
        for unit in self:
            unit.display_name = unit.name

    def _compute_client_count(self):
        counted = self.env["res.partner"]._read_group(
            self._get_clients_domain(), ["client_business_unit_id"], ["__count"]
        )
        totals = Counter()
        for unit, count in counted:
            # Superuser: a sub-unit may be hidden from the user, but not these clients.
            for unit_id in unit.sudo().parent_path.split("/")[:-1]:
                totals[int(unit_id)] += count
        for unit in self:
            unit.client_count = totals[unit._origin.id]

    @api.onchange("parent_id")
    def _onchange_parent_id(self):
        if self.parent_id:
            self.company_id = self.parent_id.company_id

    @api.constrains("company_id", "parent_id")
    def _check_company_of_parent(self):
        for unit in self.filtered("parent_id.company_id"):
            if unit.company_id != unit.parent_id.company_id:
                raise ValidationError(
                    self.env._(
                        "%(unit)s must belong to the same company as %(parent)s.",
                        unit=unit.name,
                        parent=unit.parent_id.complete_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("parent_id") and "company_id" not in vals:
                vals["company_id"] = self.browse(vals["parent_id"]).company_id.id
        units = super().create(vals_list)
        self._forget_hidden_units()
        return units

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"members_only", "member_ids", "manager_id", "parent_id"}:
            self._forget_hidden_units()
        if vals.keys() & {"company_id", "parent_id"}:
            # Odoo checks the access to the former company only.
            self.check_access("write")
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_hidden_units()
        return result

    @api.model
    def _forget_hidden_units(self):
        """Clear the caches: hidden units are part of the cached record rule on
        partners."""
        self.env["res.users"].invalidate_model(["client_hidden_unit_ids"])
        self.env["res.partner"]._forget_client_hidden()
        self.env.registry.clear_cache()

    # Actions

    def action_view_clients(self):
        """Open the clients of this unit and of its sub-units."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.res_partner_action"
        )
        return {
            **action,
            "domain": self._get_clients_domain(),
            "context": {
                "default_client_status": "prospect",
                "default_client_business_unit_id": self.id,
            },
        }

    # Tools

    def _get_clients_domain(self):
        """:return: list, the domain of the clients of this unit and its sub-units"""
        return [
            ("client_status", "!=", False),
            ("client_business_unit_id", "child_of", self.ids),
        ]

    def _get_hidden_from(self, user):
        """The closed units whose clients `user` is not allowed to see.

        A unit is closed when it or one of its parent units is for members only. It is
        open to its own members and managers and to those of its parent units.

        :param user: one ``res.users`` record
        :return: recordset of business units, archived ones included
        """
        # Superuser: record rules ask this for users who do not see these units.
        units = self.sudo().with_context(active_test=False)
        closed = units.search([("members_only", "=", True)])
        if not closed:
            return closed
        own = units.search(
            ["|", ("member_ids", "in", user.ids), ("manager_id", "in", user.ids)]
        )
        closed = units.search([("id", "child_of", closed.ids)])
        return closed - units.search([("id", "child_of", own.ids)])
