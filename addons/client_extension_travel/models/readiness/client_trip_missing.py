from odoo import fields, models
from odoo.tools import format_date

from .identity_facts import IdentityFacts

#: the needs of a kind that count at a moment: what is needed to confirm a trip is also
#: needed to leave
MOMENTS = {"confirm": ("confirm",), "leave": ("confirm", "leave")}
#: what the persons themselves can be asked for
ASKED = {
    "participants",
    "name",
    "birth_date",
    "nationality",
    "paper",
    "paper_undated",
    "paper_ends",
}


class ClientTrip(models.Model):
    """What is missing before a trip is confirmed, or leaves."""

    _inherit = "client.trip"  # pylint: disable=consider-merging-classes-inherited

    def _get_missing(self, moment):
        """What is missing on these trips, in as many queries for one as for many.

        It says that something is missing, and never what is stored: see
        :class:`IdentityFacts`. Whoever may move the last day of a trip can see when a
        paper begins to end too early; nobody else learns a date from it.

        :param str moment: ``confirm`` or ``leave``
        :return: list of dict: ``trip``; ``participant``, empty where it concerns the
            whole trip; ``code``; ``sentence``, translated and without values;
            ``moment``, from which it is needed; ``asked``, whether the person can be
            asked for it; ``detail``, a sentence with the value for users who may read
            it, or False. Overridden to miss more, see :meth:`_prepare_missing`.
        """
        trips = self._get_to_prepare()
        facts = IdentityFacts(trips.participant_ids._get_persons_to_look_at())
        return [gap for trip in trips for gap in trip._get_gaps(MOMENTS[moment], facts)]

    def _get_to_prepare(self):
        """:return: those of these trips that are neither over nor cancelled"""
        today = fields.Date.context_today(self)
        return self.filtered(
            lambda trip: (
                trip.state != "cancelled"
                and not trip.checked_out
                and not (trip.date_to and trip.date_to < today)
            )
        )

    def _get_gaps(self, needs, facts):
        """:param tuple needs: the needs that count
        :param facts: :class:`IdentityFacts` of the participants
        :return: list as that of :meth:`_get_missing`, of one trip"""
        self.ensure_one()
        kind, listed = self.kind_id, self.participant_ids._get_listed()
        codes = self._get_trip_gaps(kind, listed, needs)
        gaps = [self._prepare_missing(code) for code in codes]
        for one in listed:
            gaps += [
                one.trip_id._prepare_missing(code, one, facts)
                for code in one._get_missing_codes(kind, needs, facts)
            ]
        return gaps

    def _get_trip_gaps(self, kind, listed, needs):
        """:return: list of the codes of what is missing for a trip as a whole"""
        codes = []
        if not listed and kind._needs_identity(needs):
            codes.append("participants")
        if self.is_stay and kind.need_room in needs and not self.place_id:
            codes.append("place")
        return codes

    def _prepare_missing(self, code, participant=None, facts=None, **values):
        """:param str code: of what is missing
        :param participant: ``client.trip.participant``, or None for the whole trip
        :param facts: :class:`IdentityFacts` of the participant
        :return: dict, an element of :meth:`_get_missing`"""
        participant = participant or self.env["client.trip.participant"]
        return {
            "trip": self,
            "participant": participant,
            "code": code,
            "sentence": self._get_missing_sentence(code, participant),
            "moment": self._get_missing_moment(code),
            "asked": code in ASKED,
            "detail": self._get_missing_detail(code, participant, facts),
            **values,
        }

    def _get_missing_sentence(self, code, participant):
        """:return: str, what is missing, without the name of the person"""
        if code == "paper_ends":
            until = format_date(self.env, participant._get_paper_until())
            return self.env._("Identity paper must be valid until %s", until)
        return {
            "participants": self.env._("No participants entered"),
            "place": self.env._("No place assigned"),
            "name": self.env._("Name missing"),
            "birth_date": self.env._("Birth date missing"),
            "nationality": self.env._("Nationality missing"),
            "paper": self.env._("No valid identity paper"),
            "paper_undated": self.env._("Expiry date of the identity paper missing"),
            "room": self.env._("No room assigned"),
        }.get(code, code)

    def _get_missing_moment(self, code):
        """:return: str, ``confirm`` or ``leave``: from when it is needed"""
        kind = self.kind_id
        person = (kind.need_birth_date, kind.need_nationality, kind.need_paper)
        needs = {
            "birth_date": (kind.need_birth_date,),
            "nationality": (kind.need_nationality,),
            "paper": (kind.need_paper,),
            "room": (kind.need_room,),
            "place": (kind.need_room,),
        }.get(code.removesuffix("_ends").removesuffix("_undated"), person)
        return "confirm" if "confirm" in needs else "leave"

    def _get_missing_detail(self, code, participant, facts):
        """:return: str, the value behind a sentence for a user who may read it"""
        if code != "paper_ends":
            return False
        expires = facts.get_expiry(participant.contact_id)
        return expires and self.env._("Valid until %s", format_date(self.env, expires))
