from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ..people.client_traveller import IDENTITY
from .trip_list import ListColumn

#: lists whose every row is personal data of an identity paper
OF_IDENTITY = ("passenger",)


class ClientTrip(models.Model):
    """The columns of the lists of a trip, and who is allowed to have which list."""

    _inherit = "client.trip"  # pylint: disable=consider-merging-classes-inherited

    def _check_list_access(self, kind):
        """Refuse a list to who has no right to all that it tells.

        :param str kind: of a list, see :meth:`_get_list_columns`
        :raise AccessError: names no data
        """
        self.check_access("read")
        self.env["client.trip.participant"].check_access("read")
        if kind in OF_IDENTITY:
            self._check_identity_right()

    def _check_identity_right(self):
        """:raise AccessError: when the user has no right to identity data"""
        # The rights to the model alone would let the superuser of a job pass.
        if not self.env.user.has_group(IDENTITY):
            raise AccessError(
                self.env._(
                    "You are not allowed to see identity data of travelers. Ask an "
                    "administrator for access."
                )
            )

    def _get_list_columns(self, kind):
        """The columns of a list, in their order.

        :param str kind: ``rooming`` and ``passenger`` (a row for each participant),
            ``arrivals`` (a row for each trip) or ``emergency`` (a row for each person
            on the ground)
        :return: list of :class:`.trip_list.ListColumn`; overridden to add one or take
            one away
        """
        return {
            "rooming": self._get_rooming_columns,
            "passenger": self._get_passenger_columns,
            "arrivals": self._get_arrivals_columns,
            "emergency": self._get_emergency_columns,
        }[kind]()

    def _get_user_columns(self, kind):
        """:return: the columns of a list without those that the user has no right to"""
        user = self.env.user
        return [
            column
            for column in self._get_list_columns(kind)
            if not column.groups or user.has_groups(column.groups)
        ]

    def _get_labels_of(self, model, name):
        """:return: function from a value of a selection field to its label"""
        field = self.env[model]._fields[name]
        return dict(field._description_selection(self.env)).get

    def _get_country_names(self):
        """:return: function from the code of a country to its name, by one query"""
        countries = self.env["res.country"].search_fetch([], ["code", "name"])
        return {one.code: one.name for one in countries}.get

    def _get_name_column(self):
        ages = self._get_labels_of("client.trip.participant", "age_group")

        def read(entry):
            one = entry.participant
            # The key of an age group: its word in another language is no change.
            unnamed = one and not (entry.person or one.remark)
            return one.age_group if unnamed else entry.trip._get_listed_name(entry)

        return ListColumn(
            "name",
            self.env._("Name"),
            read,
            lambda value: ages(value, value),
            width=26,
        )

    def _get_age_column(self):
        ages = self._get_labels_of("client.trip.participant", "age_group")
        return ListColumn(
            "age_group",
            self.env._("Age Group"),
            lambda entry: entry.participant.age_group,
            ages,
            width=13,
        )

    def _get_date_columns(self):
        """:return: the days on which a participant, or a whole trip, comes and goes"""

        def column(name, label):
            return ListColumn(
                name,
                label,
                lambda entry: entry.participant[name] or entry.trip[name],
                width=11,
            )

        return [
            column("date_from", self.env._("Arrival")),
            column("date_to", self.env._("Departure")),
        ]

    def _get_expected_column(self):
        """:return: whether somebody on the ground comes later or has left, as planned:
        people who are early or late are there all the same, so they stay on the list"""
        today = fields.Date.context_today(self)

        def read(entry):
            first, last = entry.participant.date_from, entry.participant.date_to
            if first and first > today:
                return self.env._("from %s", format_date(self.env, first))
            if last and last < today:
                return self.env._("until %s", format_date(self.env, last))
            return ""

        return ListColumn("expected", self.env._("Expected"), read, width=13)

    def _get_rooming_columns(self):
        kinds = self._get_labels_of("client.trip.room", "kind")
        heading = {"is_heading": True}
        return [
            ListColumn(
                "room",
                self.env._("Room"),
                lambda entry: entry.participant.room_id.name,
                **heading,
            ),
            ListColumn(
                "room_kind",
                self.env._("Kind of Room"),
                lambda entry: entry.participant.room_id.kind,
                kinds,
                **heading,
            ),
            ListColumn(
                "beds",
                self.env._("Beds"),
                lambda entry: entry.participant.room_id.beds,
                lambda beds: self.env._("Beds: %s", beds) if beds else "",
                **heading,
            ),
            ListColumn(
                "room_note",
                self.env._("Note on the Room"),
                lambda entry: entry.participant.room_id.note,
                **heading,
            ),
            self._get_name_column(),
            self._get_age_column(),
            *self._get_date_columns(),
            ListColumn(
                "remark",
                self.env._("Remark"),
                lambda entry: entry.participant.remark,
                width=24,
            ),
        ]

    def _get_passenger_columns(self):
        genders = self._get_labels_of("client.traveller", "gender")
        kinds = self._get_labels_of("client.identity.paper", "kind")
        known = {"groups": IDENTITY}
        return [
            self._get_name_column(),
            ListColumn(
                "birth_date",
                self.env._("Birth Date"),
                lambda entry: entry.traveller.birth_date,
                **known,
            ),
            ListColumn(
                "nationality",
                self.env._("Nationality"),
                lambda entry: entry.traveller.nationality_id.code,
                self._get_country_names(),
                width=13,
                **known,
            ),
            ListColumn(
                "gender",
                self.env._("Gender"),
                lambda entry: entry.traveller.gender,
                genders,
                width=8,
                **known,
            ),
            ListColumn(
                "paper",
                self.env._("Paper"),
                lambda entry: entry.paper.kind,
                kinds,
                width=11,
                **known,
            ),
            ListColumn(
                "number",
                self.env._("Number"),
                lambda entry: entry.paper.number,
                width=13,
                **known,
            ),
            ListColumn(
                "expires",
                self.env._("Expires On"),
                lambda entry: entry.paper.expires,
                **known,
            ),
        ]

    def _get_arrivals_columns(self):
        return [
            self._get_place_column(),
            self._get_client_column(with_phone=True),
            ListColumn(
                "participants",
                self.env._("Participants"),
                # A line each: names from right to left beside others overlap.
                lambda entry: "\n".join(map(self._get_usual_name, entry.people)),
                width=30,
            ),
            *self._get_count_columns(),
            self._get_things_column(),
            *self._get_date_columns(),
        ]

    def _get_emergency_columns(self):
        return [
            self._get_place_column(),
            self._get_name_column(),
            self._get_age_column(),
            self._get_client_column(),
            ListColumn(
                "phone",
                self.env._("Phone"),
                lambda entry: (
                    entry.person.mobile
                    or entry.person.phone
                    or self._get_client_phone(entry.trip)
                ),
                width=16,
            ),
            ListColumn(
                "people",
                self.env._("People"),
                lambda entry: (
                    1 if entry.participant else entry.trip.adults + entry.trip.children
                ),
                width=12,
                is_total=True,
            ),
            self._get_expected_column(),
            self._get_things_column(),
            ListColumn(
                "emergency_contact",
                self.env._("Emergency Contact"),
                # A line each: a number beside a name from right to left is turned.
                lambda entry: "\n".join(
                    filter(
                        None,
                        [
                            entry.traveller.emergency_name,
                            entry.traveller.emergency_phone,
                        ],
                    )
                ),
                width=18,
                groups=IDENTITY,
            ),
        ]

    def _get_place_column(self):
        return ListColumn(
            "place", self.env._("Place"), lambda entry: entry.trip.place_id.name
        )

    def _get_client_phone(self, trip):
        client = trip.client_id._filtered_access("read")
        return client.mobile or client.phone

    def _get_client_column(self, with_phone=False):
        def read(entry):
            phone = with_phone and self._get_client_phone(entry.trip)
            return "\n".join(filter(None, [entry.trip._get_client_name(), phone]))

        return ListColumn("client", self.env._("Client"), read, width=18)

    def _get_count_columns(self):
        def column(name, label):
            return ListColumn(
                name, label, lambda entry: entry.trip[name], width=11, is_total=True
            )

        return [
            column("adults", self.env._("Adults")),
            column("children", self.env._("Children")),
        ]

    def _get_things_column(self):
        return ListColumn(
            "things",
            self.env._("Vehicles and Animals"),
            lambda entry: ", ".join(
                [
                    *entry.trip.vehicle_ids.mapped("display_name"),
                    *entry.trip.animal_ids.mapped("name"),
                ]
            ),
            width=17,
        )
