from dataclasses import replace

from odoo import api, fields, models
from odoo.tools import format_date

from .trip_list import GONE, ListEntry, ListSheet

#: what is read of the persons, beside the names, travelers and papers of a list, by a
#: query each
PERSON = ["phone", "mobile"]
TRAVELLER = ["person_id", "birth_date", "nationality_id", "gender"]
EMERGENCY = ["person_id", "emergency_name", "emergency_phone"]
PAPER = ["traveller_id", "kind", "number", "expires"]
#: papers that say who somebody is, the usual one first
OF_PERSONS = ("passport", "identity_card", "residence_permit", "other")


class ClientTrip(models.Model):
    """The lists of a trip: who counts, in the order and the words of the paper."""

    _inherit = "client.trip"  # pylint: disable=consider-merging-classes-inherited

    def _get_list(self, kind, lang=None, title=None, about=None, with_marks=True):
        """A list of these trips, made for the user of the environment.

        :param str kind: see :meth:`_get_list_columns`
        :param str lang: language of the paper, by default that of the user
        :param str title: by default that of the kind
        :param str about: what stands below it, by default the trip or the day
        :param bool with_marks: whether to mark what changed since it was sent last
        :return: :class:`.trip_list.ListSheet`
        :raise AccessError: when the user has no right to such a list
        """
        self._check_list_access(kind)
        lang = lang or self.env.user.lang
        trips = self.with_context(lang=lang)
        columns = trips._get_user_columns(kind)
        entries = trips._get_list_entries(kind)
        rows, notices = trips._get_list_rows(kind, columns, entries, with_marks)
        hidden = trips._get_hidden_count(kind, entries)
        return ListSheet(
            kind=kind,
            title=title or trips._get_list_titles()[kind],
            about=about or trips._get_list_about(),
            lang=lang,
            columns=columns,
            rows=rows,
            write=trips._write_list_value,
            names={
                "room": trips.env._("Without a Room"),
                GONE: trips.env._("No Longer Taking Part"),
            },
            notices=[*notices, *hidden],
            empty=trips._get_empty_rooms() if kind == "rooming" else [],
        )

    def _get_list_titles(self):
        """:return: dict kind of list -> its title"""
        return {
            "rooming": self.env._("Rooming List"),
            "passenger": self.env._("Passenger List"),
            "arrivals": self.env._("Guest List"),
            "emergency": self.env._("Emergency List"),
        }

    def _get_list_about(self):
        """:return: str: what a list of a single trip says of it, else the day"""
        if len(self) != 1:
            return format_date(self.env, fields.Date.context_today(self))
        dates = [
            format_date(self.env, day) for day in (self.date_from, self.date_to) if day
        ]
        about = [
            self.display_name,
            self._get_client_name() if self.title else "",
            " - ".join(dates),
        ]
        return " · ".join(filter(None, about))

    def _write_list_value(self, value):
        """:return: str: a value of a list as it is printed"""
        if value is None or value is False:
            return ""
        return format_date(self.env, value) if hasattr(value, "year") else str(value)

    # Rows

    def _get_list_entries(self, kind):
        """:return: list of :class:`.trip_list.ListEntry`, in the order of the list"""
        # Searched, as the rules of the user apply to it; those who count only.
        people = self.env["client.trip.participant"].search(
            [("trip_id", "in", self.ids)]
        )
        listed = people._get_listed()
        make = self._make_entries(listed, kind)
        entries = [make(one.trip_id, one) for one in listed]
        if kind == "arrivals":
            by_trip = {}
            for entry in entries:
                by_trip.setdefault(entry.trip, []).append(entry)
            entries = [
                replace(make(trip), people=tuple(by_trip.get(trip, ())))
                for trip in self
            ]
        if kind == "emergency":
            unnamed = self - people.trip_id
            entries += [make(trip) for trip in unnamed if trip.adults + trip.children]
        return sorted(entries, key=self._get_list_order(kind))

    def _make_entries(self, participants, kind):
        """Read what a list tells of these participants, by a query each.

        :return: function from a trip and perhaps a participant to a
            :class:`.trip_list.ListEntry`
        """
        persons = self._get_persons(participants)
        travellers, papers = {}, {}
        if self.env["client.traveller"].has_access("read"):
            travellers = self._get_travellers(persons, kind)
            if kind == "passenger":
                papers = self._get_papers(travellers)
        no_person, no_one = persons.browse(), participants.browse()
        no_traveller = self.env["client.traveller"]
        no_paper = self.env["client.identity.paper"]

        def make(trip, participant=no_one):
            person = participant.contact_id & persons if participant else no_person
            # What add-ons read of persons beside this is fetched of all at once too.
            person = person.with_prefetch(persons._ids)
            traveller = travellers.get(person.id, no_traveller)
            found = papers.get(traveller.id, no_paper)
            last = participant.date_to or trip.date_to
            paper = self._get_paper_until(found, last) if found else no_paper
            return ListEntry(trip, participant, person, traveller, paper)

        return make

    def _get_persons(self, participants):
        """:return: ``res.partner``: the persons of these participants whom the user is
        allowed to see, archived ones too"""
        persons = self.env["res.partner"].with_context(active_test=False)
        return persons.search_fetch(
            [("id", "in", participants.contact_id.ids)],
            [*persons._get_client_name_fields(), *PERSON],
        )

    def _get_travellers(self, persons, kind):
        """:return: dict id of a person -> ``client.traveller`` that the user may see"""
        if kind not in ("passenger", "emergency"):
            return {}
        names = EMERGENCY if kind == "emergency" else TRAVELLER
        travellers = self.env["client.traveller"].search_fetch(
            [("person_id", "in", persons.ids)], names
        )
        return {one.person_id.id: one for one in travellers}

    def _get_papers(self, travellers):
        """:return: dict id of a traveler -> its ``client.identity.paper``, the one that
        is valid for longest first"""
        papers = self.env["client.identity.paper"].search_fetch(
            [
                ("traveller_id", "in", [one.id for one in travellers.values()]),
                ("kind", "in", OF_PERSONS),
            ],
            PAPER,
        )
        return papers.grouped(lambda paper: paper.traveller_id.id)

    @api.model
    def _get_paper_until(self, papers, last):
        """The newest paper that is valid until somebody leaves.

        :param papers: ``client.identity.paper`` of one person, the newest first
        :param date last: the last day of this person, or False
        :return: one of them, a passport if there is one, or none
        """
        last = last or fields.Date.context_today(self)
        valid = papers.filtered(lambda one: not one.expires or one.expires >= last)
        return valid.sorted(lambda one: OF_PERSONS.index(one.kind))[:1]

    def _get_listed_name(self, entry):
        """The name of a row as in a paper: surname in capitals, then given names.

        :param entry: a :class:`.trip_list.ListEntry`
        :return: str; for somebody unknown the remark or the age group
        """
        if not entry.participant:
            return entry.trip._get_client_name()
        if not entry.person:
            ages = self._get_labels_of("client.trip.participant", "age_group")
            return entry.participant.remark or ages(entry.participant.age_group)
        first, last = entry.person._split_client_name()
        return " ".join(filter(None, [last.upper(), first])) or entry.person.name

    def _get_usual_name(self, entry):
        """:return: str: the name of a participant where it is not that of a paper"""
        return entry.person.name or self._get_listed_name(entry)

    def _get_place_order(self, trip):
        place = trip.place_id
        return (place.sequence, place.name or "", trip.id)

    def _get_list_order(self, kind):
        """:return: function from an entry to its place in the list"""

        def by_name(entry):
            name = self._get_listed_name(entry).casefold()
            return (not entry.participant.is_leader, name)

        def by_room(entry):
            room = entry.participant.room_id
            return (not room, room.sequence, room.name or "", room.id, by_name(entry))

        def by_place(entry):
            return (*self._get_place_order(entry.trip), by_name(entry))

        orders = {"rooming": by_room, "emergency": by_place, "arrivals": by_place}
        return orders.get(kind, by_name)

    def _get_empty_rooms(self):
        """:return: list of str: the rooms in which nobody sleeps"""
        kinds = self._get_labels_of("client.trip.room", "kind")
        return [
            " · ".join(filter(None, [room.name, kinds(room.kind), room.note]))
            for room in self.room_ids
            if not room.participant_ids._get_listed()
        ]

    def _get_hidden_count(self, kind, entries):
        """:return: list with a sentence when there are people whom the user is not
        allowed to see, else empty"""
        if kind == "arrivals":
            return []
        # A row about a whole trip counts its people.
        whole = {entry.trip.id for entry in entries if not entry.participant}
        # Superuser: only their number, which the trip shows as its adults and children.
        people = self.env["client.trip.participant"].sudo()
        trips = [id_ for id_ in self.ids if id_ not in whole]
        counted = people.search([("trip_id", "in", trips)])._get_listed()
        hidden = len(counted) - sum(bool(entry.participant) for entry in entries)
        if hidden <= 0:
            return []
        return [
            self.env._(
                "People whom you are not allowed to see and who are not listed: %s",
                hidden,
            )
        ]
