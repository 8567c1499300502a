from odoo import models
from odoo.fields import Domain

from odoo.addons.client_extension.importer.text.name_list import join_names

#: what is read of the persons of one batch, beside the names
PERSON = ["ref", "email", "phone", "mobile", "lang", "city", "country_id"]


class ClientTripParticipantExport(models.AbstractModel):
    """Exports the participants of trips as a file, a row for each, those who wait or
    cancelled too: see ``client.record.export``.

    The filter is one of trips, those whose participants are wanted. No column tells the
    identity of a traveler, whoever exports.
    """

    _name = "client.trip.participant.export"
    _inherit = "client.trip.export"
    _description = "Export of Participants"

    def _get_exported(self):
        return self.env["client.trip.participant"]

    def _get_export_title(self):
        return self.env._("Participants")

    def _get_domain(self, domain):
        """:return: ``Domain`` of the participants of the requested trips"""
        trips = self._read_domain(self.env["client.trip"], domain)
        return Domain("trip_id", "any", trips)

    def _fetch_export_batch(self, records):
        persons = records.contact_id._filtered_access("read")
        persons.fetch([*persons._get_client_name_fields(), *PERSON])
        records.trip_id.client_id._filtered_access("read").fetch(["name", "ref"])

    def _get_person(self, one):
        """:return: ``res.partner``: the person of a participant if the user is allowed
        to see it, else none"""
        return one.contact_id._filtered_access("read")

    def _get_export_columns(self):
        states = self._get_labels("client.trip.participant", "state")
        ages = self._get_labels("client.trip.participant", "age_group")
        person = self._get_person
        return {
            "trip": lambda one: one.trip_id.name,
            **self._get_client_columns(lambda one: one.trip_id),
            "person_reference": lambda one: person(one).ref,
            "person": lambda one: person(one).name,
            "first_name": lambda one: person(one).client_first_name,
            "last_name": lambda one: person(one).client_last_name,
            "status": lambda one: states(one.state),
            "age_group": lambda one: ages(one.age_group),
            "leader": lambda one: int(one.is_leader),
            "role": lambda one: join_names(one.role_ids.mapped("name")),
            "room": lambda one: one.room_id.name,
            "from": lambda one: one.date_from or one.trip_id.date_from,
            "to": lambda one: one.date_to or one.trip_id.date_to,
            "nights": lambda one: one.nights,
            "email": lambda one: person(one).email,
            "phone": lambda one: person(one).phone,
            "mobile": lambda one: person(one).mobile,
            "language": lambda one: person(one).lang,
            "city": lambda one: person(one).city,
            "country": lambda one: person(one).country_id.code,
            "remark": lambda one: one.remark,
        }
