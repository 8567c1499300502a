from odoo import api, fields, models

#: states in which a trip keeps its place from others
HOLDING = ("option", "confirmed")


class ClientTrip(models.Model):
    """Where the people of a stay are, and who else is there."""

    _inherit = "client.trip"  # pylint: disable=consider-merging-classes-inherited

    place_id = fields.Many2one(
        "client.place", index="btree_not_null", tracking=True, check_company=True
    )
    place_notice = fields.Char(compute="_compute_place_notice")

    _place_idx = models.Index("(place_id, date_from) WHERE place_id IS NOT NULL")

    @api.depends("place_id", "date_from", "date_to", "state", "adults", "children")
    def _compute_place_notice(self):
        for trip in self:
            trip.place_notice = " ".join(trip._get_place_notices()) or False

    def _get_place_notices(self):
        """What the desk has to know of the place of a stay; nothing is refused.

        :return: list of str; overridden to say more
        """
        self.ensure_one()
        place, people = self.place_id, self.adults + self.children
        if not place or self.state == "cancelled":
            return []
        notices = []
        if others := self._get_overlapping():
            notices.append(
                self.env._(
                    "%(place)s is also taken by: %(others)s.",
                    place=place.name,
                    others=", ".join(others.mapped("name")),
                )
            )
        if place.capacity and people > place.capacity:
            notices.append(
                self.env._(
                    "%(place)s holds fewer people than this stay has: %(capacity)s.",
                    place=place.name,
                    capacity=place.capacity,
                )
            )
        return notices

    def _get_overlapping(self):
        """:return: the other trips that keep the place of this one in the same nights;
        who leaves in the morning is no obstacle to who comes in the afternoon"""
        if not (self.place_id and self.date_from and self.date_to):
            return self.browse()
        # Superuser: a stay that the user may not see takes the place too. Only its
        # reference is shown.
        return self.sudo().search(
            [
                ("place_id", "=", self.place_id.id),
                ("state", "in", HOLDING),
                ("id", "!=", self._origin.id),
                ("date_from", "<", self.date_to),
                ("date_to", ">", self.date_from),
            ]
        )
