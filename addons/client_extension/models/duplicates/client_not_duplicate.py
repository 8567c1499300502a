from itertools import combinations

from odoo import api, fields, models
from odoo.fields import Domain


class ClientNotDuplicate(models.Model):
    """Two partners that a user marked as not duplicates.

    Neither of them is suggested as a duplicate of the other.
    """

    _name = "client.not.duplicate"
    _description = "Clients Marked as Not Duplicates"
    _rec_name = "partner_id"

    # The one with the lower id is the partner, so that each pair is stored once.
    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="cascade"
    )
    other_id = fields.Many2one(
        "res.partner",
        string="Other Client",
        required=True,
        index=True,
        ondelete="cascade",
    )

    _one_each = models.UniqueIndex("(partner_id, other_id)")

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"partner_id", "other_id"}:
            # Odoo checks the access to the former clients only.
            self.check_access("write")
        return result

    @api.model
    def _add(self, pairs):
        """Remember that the partners of each pair are not duplicates.

        :param pairs: iterable of pairs of ids, in any order
        :return: nothing; pairs that are already known stay
        """
        wanted = {tuple(sorted(pair)) for pair in pairs if len(set(pair)) == 2}
        known = self._get_pairs({partner_id for pair in wanted for partner_id in pair})
        self.create(
            [
                {"partner_id": partner_id, "other_id": other_id}
                for partner_id, other_id in sorted(wanted - known)
            ]
        )

    @api.model
    def _add_all(self, partners):
        """Remember that no two of these partners are duplicates."""
        self._add(combinations(partners.ids, 2))

    @api.model
    def _get_pairs(self, ids):
        """:return: set of the pairs of ids, the lower first, that contain one of
        these"""
        ids = list(ids)
        domain = Domain("partner_id", "in", ids) | Domain("other_id", "in", ids)
        found = self.search_fetch(domain, ["partner_id", "other_id"])
        return {(pair.partner_id.id, pair.other_id.id) for pair in found}

    @api.model
    def _get_others(self, partner_id):
        """:return: set of the ids of the partners marked as not this one"""
        pairs = self._get_pairs([partner_id]) if partner_id else ()
        return {one for pair in pairs for one in pair} - {partner_id}

    @api.model
    def _move(self, sources, partner):
        """Move the marks of merged partners to the one that is kept."""
        ids = {*sources.ids, partner.id}
        pairs = self._get_pairs(sources.ids)
        moved = {
            tuple(partner.id if one in ids else one for one in pair) for pair in pairs
        }
        domain = Domain("partner_id", "in", sources.ids)
        self.search(domain | Domain("other_id", "in", sources.ids)).unlink()
        self._add(moved)
