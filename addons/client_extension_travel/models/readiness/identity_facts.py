from ..people.client_traveller import IDENTITY

#: papers with which a person travels; a visa or a residence permit goes with one
TRAVEL_PAPERS = ("passport", "identity_card", "other")


class IdentityFacts:
    """Whether the identity of some persons is known well enough, in four queries
    however many they are.

    Reads as superuser, whatever the rights of the user: what leaves this class is that
    something is missing. Only :meth:`get_expiry` returns a value, and only of persons
    whose identity the user has the right to read.

    :param persons: ``res.partner`` recordset with the environment of the user
    """

    def __init__(self, persons):
        env = persons.env
        # Superuser: that a birth date or a paper is missing has to be seen by those who
        # prepare the trip; no value of it is returned to them.
        travellers = env["client.traveller"].sudo()
        found = travellers.search([("person_id", "in", persons._origin.ids)])
        self._known = {one.person_id.id: one for one in found}
        self._none = travellers
        self._readable = self._get_readable(found.with_env(env))

    @staticmethod
    def _get_readable(travellers):
        """:return: set of the ids of the persons whose identity the user may read"""
        env = travellers.env
        if env.su or not env.user.has_group(IDENTITY):
            return set()
        return set(travellers._filtered_access("read").person_id.ids)

    def _of(self, person):
        return self._known.get(person._origin.id, self._none)

    def has(self, person, name):
        """:return: bool, whether a field of the identity of a person is filled"""
        return bool(self._of(person)[name])

    def get_paper_gap(self, person, until, today):
        """What is wrong with the newest valid paper of a person.

        :param date until: the last day on which it has to be valid
        :param date today: papers that ended before are no longer looked at
        :return: str: ``paper`` (no valid one), ``paper_undated`` (it is not known until
            when it is valid), ``paper_ends`` (too early), or False
        """
        papers = self._get_papers(person)
        newest = self._get_newest(papers)
        if newest and newest >= until:
            return False
        if any(not paper.expires for paper in papers):
            return "paper_undated"
        return "paper_ends" if newest and newest >= today else "paper"

    def get_expiry(self, person):
        """:return: date until which the newest paper of a person is valid, for a user
        who may read it, else None"""
        if person._origin.id not in self._readable:
            return None
        return self._get_newest(self._get_papers(person))

    def _get_papers(self, person):
        papers = self._of(person).paper_ids
        return papers.filtered(lambda paper: paper.kind in TRAVEL_PAPERS)

    @staticmethod
    def _get_newest(papers):
        return max((paper.expires for paper in papers if paper.expires), default=None)
