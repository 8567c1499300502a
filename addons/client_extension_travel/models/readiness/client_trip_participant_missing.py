from dateutil.relativedelta import relativedelta

from odoo import fields, models


class ClientTripParticipant(models.Model):
    """What is missing of somebody who takes part."""

    _inherit = "client.trip.participant"  # pylint: disable=consider-merging-classes-inherited

    def _get_persons_to_look_at(self):
        """The persons whose identity may be looked at. A form tries what it is given:
        of persons that are not stored yet, only those whom the user is allowed to see,
        as it would tell what is known of the others.

        :return: ``res.partner``
        """
        tried = self.filtered(
            lambda one: one.contact_id._origin != one._origin.contact_id
        ).contact_id._origin
        hidden = tried - tried._filtered_access("read")
        return self.contact_id._origin - hidden

    def _get_missing_codes(self, kind, needs, facts):
        """:param kind: ``client.trip.kind`` that says what is needed
        :param tuple needs: those that count
        :param facts: :class:`IdentityFacts`
        :return: list of str; the names come first: nothing else is known without one"""
        self.ensure_one()
        codes = self._get_identity_codes(kind, needs, facts)
        if kind.need_room in needs and not (self.room_id or self.trip_id.is_stay):
            codes.append("room")
        return codes

    def _get_identity_codes(self, kind, needs, facts):
        """:return: list of the codes of what is not known of the person"""
        person = self.contact_id
        if not kind._needs_identity(needs):
            return []
        if not person:
            return ["name"]
        codes = []
        if kind.need_birth_date in needs and not facts.has(person, "birth_date"):
            codes.append("birth_date")
        if kind.need_nationality in needs and not facts.has(person, "nationality_id"):
            codes.append("nationality")
        if kind.need_paper in needs:
            today = fields.Date.context_today(self)
            gap = facts.get_paper_gap(person, self._get_paper_until() or today, today)
            codes += [gap] if gap else []
        return codes

    def _get_paper_until(self):
        """:return: date until which the paper of this participant has to be valid, or
        False for a trip without an end"""
        end = self.date_to or self.trip_id.date_to
        months = self.trip_id.kind_id.paper_months
        return end and end + relativedelta(months=months)
