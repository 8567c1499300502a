from dataclasses import dataclass
from typing import Any

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError

#: who reads the form
FRENCH = "fr_FR"
#: younger children stand on the form of an adult
OWN_FORM_AGE = 15
#: what is read of the persons, beside the names, and of the travelers
PERSON = [
    "lang",
    *("street", "street2", "zip", "city", "country_id", "mobile", "phone", "email"),
]
TRAVELLER = ["person_id", "birth_date", "birth_place", "nationality_id"]


@dataclass(frozen=True)
class PoliceForm:
    """The form of one guest. ``traveller`` is empty where nothing is known."""

    trip: Any
    participant: Any
    person: Any
    traveller: Any
    last_name: str
    first_name: str
    date_from: Any
    date_to: Any
    lang: str
    #: of the campsite
    address: str
    #: forms of the children who stand on this one
    children: tuple = ()

    @property
    def birth_date(self):
        """The birth date as in France, so that no day is taken for a month."""
        return self._to_french(self.traveller.birth_date)

    @property
    def arrival(self):
        """The first day, as in France."""
        return self._to_french(self.date_from)

    @property
    def departure(self):
        """The planned last day, as in France."""
        return self._to_french(self.date_to)

    def _to_french(self, day):
        return day.strftime("%d/%m/%Y") if day else ""


class ClientTrip(models.Model):
    """The individual police form of foreign guests of a stay in France.

    Article R. 814-1 of the code of entry and stay of foreigners: names, birth date and
    place, nationality, home, mobile, email, arrival, planned departure; children under
    15 can stand on the form of an adult. It is printed, signed on paper and kept there
    for six months: nothing of it is stored.
    """

    _inherit = "client.trip"  # pylint: disable=consider-merging-classes-inherited

    def _get_police_forms(self):
        """The forms to print for these stays.

        :return: list of :class:`PoliceForm`
        :raise AccessError: when the user is not allowed to see identity data
        :raise UserError: when there is no foreign guest
        """
        self._check_police_access()
        stays = self.filtered(lambda trip: trip._needs_police_form())
        forms = [form for stay in stays for form in stay._get_police_forms_of_stay()]
        if not forms:
            raise UserError(
                self.env._(
                    "No foreign guest is known. Enter the nationality or the home "
                    "country of the guests."
                )
            )
        return forms

    def _check_police_access(self):
        self.check_access("read")
        self.env["client.trip.participant"].check_access("read")
        self._check_identity_right()

    def _needs_police_form(self):
        """:return: bool: whether the guests of this trip fill in such a form, which
        those of a stay in France do; overridden for other countries"""
        return self.is_stay and self.company_id.country_id.code == "FR"

    def _get_police_forms_of_stay(self):
        """:return: list of :class:`PoliceForm`: one for each foreign adult, with the
        children on the first"""
        guests = self._get_police_guests()
        foreign = [guest for guest in guests if self._is_foreign(guest)]
        children = tuple(guest for guest in foreign if self._is_on_form(guest))
        adults = [guest for guest in foreign if guest not in children]
        if children and not adults:
            # The adult who answers for them, though no foreigner.
            adults = [one for one in guests if not self._is_on_form(one)][:1]
        if not adults:
            return list(children)
        return [self._with_children(adults[0], children), *adults[1:]]

    def _with_children(self, form, children):
        """:return: the same :class:`PoliceForm` with children on it"""
        return PoliceForm(**{**form.__dict__, "children": children})

    def _get_police_guests(self):
        """:return: list of :class:`PoliceForm` of those of this stay who are known, a
        query each for persons and travelers"""
        people = self.env["client.trip.participant"].search([("trip_id", "=", self.id)])
        listed = people._get_listed().filtered("contact_id")
        persons = self.env["res.partner"].with_context(active_test=False)
        persons = persons.search_fetch(
            [("id", "in", listed.contact_id.ids)],
            [*persons._get_client_name_fields(), *PERSON],
        )
        travellers = self.env["client.traveller"].search_fetch(
            [("person_id", "in", persons.ids)], TRAVELLER
        )
        known = {one.person_id.id: one for one in travellers}
        return [
            self._make_police_form(one, known.get(one.contact_id.id, travellers[:0]))
            for one in listed
            if one.contact_id in persons
        ]

    def _make_police_form(self, participant, traveller):
        person = participant.contact_id
        first, last = person._split_client_name()
        languages = dict(self.env["res.lang"].get_installed())
        own = self.env.user.lang
        # The words beside the French ones are those of the guest; the countries are
        # read by the police.
        lang = person.lang if person.lang in languages else own
        french = FRENCH if FRENCH in languages else own
        return PoliceForm(
            trip=self,
            participant=participant,
            person=person.with_context(lang=french),
            traveller=traveller.with_context(lang=french),
            last_name=(last or person.name or "").upper(),
            first_name=first if last else "",
            date_from=participant.date_from or self.date_from,
            date_to=participant.date_to or self.date_to,
            lang=lang,
            # Superuser: the address of the campsite, which is on its invoices too.
            address=self.company_id.sudo().partner_id._display_address(
                without_company=True
            ),
        )

    def _is_foreign(self, guest):
        """Whether a guest is a foreigner here, by nationality; where that is not
        known, by the country of the home."""
        country = guest.traveller.nationality_id or guest.person.country_id
        return bool(country) and country != self.company_id.country_id

    def _is_on_form(self, guest):
        """Whether a guest stands on the form of an adult: by the birth date at the
        arrival, else by the age group."""
        born, arrival = guest.traveller.birth_date, guest.date_from
        if not born:
            return guest.participant.age_group != "adult"
        arrival = arrival or fields.Date.context_today(self)
        return relativedelta(arrival, born).years < OWN_FORM_AGE
