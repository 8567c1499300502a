from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

#: fields that decide to which unit and company a partner belongs
MOVING = {"client_business_unit_id", "company_id", "parent_id"}


class ResPartner(models.Model):
    """Which partners are hidden from a user, because their business unit is closed.

    A partner belongs to its own unit, to that of the company that it is a contact of
    and, if that company is a branch of another one, to those above.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_is_hidden = fields.Boolean(
        compute="_compute_client_is_hidden",
        search="_search_client_is_hidden",
        compute_sudo=True,
        groups="base.group_user",
        export_string_translation=False,
        help="Used by the record rules of this model and of documents.",
    )

    # Branches are few: a query looks at all of them.
    _client_branch_idx = models.Index(
        "(parent_id) WHERE is_company AND parent_id IS NOT NULL"
    )

    # No dependency on the partners above: each write on one of them would look up those
    # below. Instead, everything is forgotten when one of them moves.
    @api.depends(
        "client_business_unit_id", "commercial_partner_id", "parent_id", "partner_share"
    )
    @api.depends_context("uid")
    def _compute_client_is_hidden(self):
        hidden = set(self.env.user.client_hidden_unit_ids.ids)
        for partner in self:
            partner.client_is_hidden = (
                bool(hidden)
                and partner.partner_share
                and not hidden.isdisjoint(partner._get_client_units().ids)
            )

    @api.model
    def _search_client_is_hidden(self, operator, value):
        if operator != "in":
            return NotImplemented
        hidden = self.env.user.client_hidden_unit_ids.ids
        shown = Domain.TRUE
        if hidden:
            # Negative conditions: Odoo joins the company then, instead of listing all
            # clients of the closed units first.
            shown = Domain("client_business_unit_id", "not in", hidden) & Domain(
                "commercial_partner_id.client_business_unit_id", "not in", hidden
            )
            # Looked up first, as there are few or none: PostgreSQL would expect many
            # and sort all clients.
            if branches := self._get_branches_below(hidden):
                shown &= Domain("commercial_partner_id", "not in", branches)
            shown |= Domain("partner_share", "=", False)
        return Domain.OR([shown] * (False in value) + [~shown] * (True in value))

    def _get_client_units(self):
        """:return: the business units that decide whether this partner is hidden"""
        self.ensure_one()
        found, partner = self.browse(), self
        while partner:
            commercial = partner.commercial_partner_id
            found |= partner | commercial
            partner = commercial.parent_id - found
        return found.client_business_unit_id

    @api.model
    def _get_branches_below(self, unit_ids):
        """The companies below a client of these units, at any level.

        :param unit_ids: list of ids of ``client.business.unit``
        :return: list of ids
        """

        def column(table, name):
            return SQL.identifier(table, name, to_flush=self._fields[name])

        # The branches are looked up once, by their index: the planner expects many, and
        # would join all partners at each level.
        query = SQL(
            """
            WITH RECURSIVE branch AS MATERIALIZED (
                SELECT p.id, p.parent_id
                  FROM res_partner AS p
                 WHERE %(is_company)s AND %(parent)s IS NOT NULL
            ), link AS MATERIALIZED (
                SELECT branch.id,
                       company.id AS company_id,
                       ARRAY[%(unit)s, %(company_unit)s] AS unit_ids
                  FROM branch
                  JOIN res_partner AS above ON above.id = branch.parent_id
                  JOIN res_partner AS company ON company.id = %(company)s
            ), closed AS (
                SELECT id FROM link WHERE unit_ids && %(ids)s
                 UNION
                SELECT link.id
                  FROM closed
                  JOIN link ON link.company_id = closed.id
            )
            SELECT id FROM closed
            """,
            is_company=column("p", "is_company"),
            parent=column("p", "parent_id"),
            company=column("above", "commercial_partner_id"),
            unit=column("above", "client_business_unit_id"),
            company_unit=column("company", "client_business_unit_id"),
            ids=unit_ids,
        )
        return [branch_id for (branch_id,) in self.env.execute_query(query)]

    # Moves

    def _check_client_moved(self, vals):
        """Refuse a move that takes these partners away from the user who moves them.

        Odoo checks the access to a record before it is written only.

        :param vals: dict, the values that were written
        :raise AccessError: when the user is not allowed to write the partners where
            they are now
        """
        if vals.keys().isdisjoint(MOVING):
            return
        self._forget_client_hidden()
        if not self.env.su:
            self.check_access("write")

    @api.model
    def _forget_client_hidden(self):
        """Forget who is hidden, as partners below the one that moved may be."""
        self.env["res.partner"].invalidate_model(["client_is_hidden"], flush=False)
