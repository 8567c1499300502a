from itertools import combinations

from odoo import api, fields, models

from ...tools.name_keys import group_by_keys

#: a value shared by more clients does not identify any of them: the company's own
#: address, a number typed to fill the field
MAX_GROUP = 20


class ClientDuplicateGroup(models.Model):
    """Clients that may be the same, found by the search of one user."""

    _name = "client.duplicate.group"
    _description = "Possible Duplicates"
    _order = "strength desc, id"

    search_id = fields.Many2one(
        "client.duplicate.search", required=True, index=True, ondelete="cascade"
    )
    partner_ids = fields.Many2many(
        "res.partner", string="Clients", context={"active_test": False}
    )
    reasons = fields.Char(required=True, export_string_translation=False)
    reason_text = fields.Char(string="Why", compute="_compute_reason_text")
    strength = fields.Integer(export_string_translation=False)

    @api.depends("partner_ids.name")
    def _compute_display_name(self):
        for group in self:
            names = (partner.display_name for partner in group.partner_ids)
            group.display_name = ", ".join(names)

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        names = self._get_reason_names()
        for group in self:
            codes = (group.reasons or "").split(",")
            group.reason_text = ", ".join(names.get(code, code) for code in codes)

    @api.model
    def _get_reason_names(self):
        """:return: dict: code of a reason -> its text; overridden to add codes, see
        ``client.duplicate.search._get_duplicate_keys``"""
        _ = self.env._
        return {
            "ref": _("same reference"),
            "vat": _("same tax ID"),
            "registry": _("same company ID"),
            "email": _("same email"),
            "phone": _("same phone number"),
            "name": _("similar name, same city"),
        }

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if "search_id" in vals:
            # Users cannot add anything to the results of another user.
            self.check_access("write")
        return result

    # Actions

    def action_compare(self):
        """Compare the clients of this group side by side."""
        self.ensure_one()
        return self.partner_ids.action_client_compare()

    def action_not_duplicates(self):
        """Remember that the clients of these groups are not the same."""
        for group in self:
            group.partner_ids._check_client_not_duplicates()
            # Superuser: the user has write access to each of the clients.
            self.env["client.not.duplicate"].sudo()._add_all(group.partner_ids)
        # Superuser: other users who found the same group need not check it again.
        same = self.sudo().search([("partner_ids", "in", self.partner_ids.ids)])
        same._forget_told_apart()
        return True

    # Tools

    @api.model
    def _keep(self, search, reason, sets):
        """Store what a search found, combined with what it found before.

        :param search: the ``client.duplicate.search``
        :param str reason: code of what the clients of each set have in common
        :param sets: list of lists of ids of clients
        """
        sets = self._get_possible(sets)
        ids = list({one for ids in sets for one in ids})
        domain = [("search_id", "=", search.id), ("partner_ids", "in", ids)]
        groups = self.search(domain)
        known = {one: group for group in groups for one in group.partner_ids.ids}
        vals_list = []
        for ids in sets:
            group = next((known[one] for one in ids if one in known), None)
            if group is None or len({*group.partner_ids.ids, *ids}) > MAX_GROUP:
                vals_list.append(self._prepare_group(search, [reason], ids))
            else:
                group._widen(reason, ids)
                known.update((one, group) for one in ids)
        self.create(vals_list)

    @api.model
    def _prepare_group(self, search, reasons, ids):
        return {
            "search_id": search.id,
            "reasons": ",".join(reasons),
            "strength": len(reasons),
            "partner_ids": [fields.Command.set(ids)],
        }

    def _widen(self, reason, ids):
        """Add a reason, and the clients that it was found for."""
        reasons = list(dict.fromkeys([*self.reasons.split(","), reason]))
        ids = list(dict.fromkeys([*self.partner_ids.ids, *ids]))
        self.write(self._prepare_group(self.search_id, reasons, ids))

    @api.model
    def _get_possible(self, sets):
        """Keep the parts of these sets that can be duplicates.

        Left out are clients that the user cannot write, and pairs of different
        companies, of parent and child, of client and contact, or marked as not
        duplicates.

        :param sets: list of lists of ids of clients
        :return: list of lists of ids, with at least two in each
        """
        ids = list({one for ids in sets for one in ids})
        partners = self.env["res.partner"].with_context(active_test=False)
        partners = partners.browse(ids)._filtered_access("write")
        partners.fetch(["company_id", "parent_id"])
        # Superuser: what anybody marked counts. Only ids are compared.
        told_apart = self.env["client.not.duplicate"].sudo()._get_pairs(ids)
        told_apart |= self.env["client.contact"]._get_pairs(ids)
        writable = set(partners.ids)

        def possible(pair):
            one, other = map(partners.browse, pair)
            companies = one.company_id, other.company_id
            return (
                tuple(sorted(pair)) not in told_apart
                and (not all(companies) or companies[0] == companies[1])
                and one.parent_id != other
                and other.parent_id != one
            )

        found = []
        for members in sets:
            members = [one for one in members if one in writable]
            pairs = filter(possible, combinations(members, 2))
            keys = {one: {one} for one in members}
            for one, other in pairs:
                keys[other].add(one)
            found += group_by_keys(keys.items())
        return found

    @api.model
    def _forget_settled(self, partner_ids):
        """Delete the groups in which a merge has left only one client."""
        groups = self.search([("partner_ids", "in", partner_ids)])
        groups.filtered(lambda group: len(group.partner_ids) < 2).unlink()

    def _forget_told_apart(self):
        """Delete the groups in which all pairs are marked as not duplicates."""
        pairs = self.env["client.not.duplicate"]._get_pairs(self.partner_ids.ids)
        for group in self:
            open_pairs = set(combinations(sorted(group.partner_ids.ids), 2))
            if open_pairs <= pairs:
                group.unlink()
