from odoo import models

CLIENT = ["name", "ref"]


class ClientTripExport(models.AbstractModel):
    """Exports trips and stays as a file, a row for each: see ``client.record.export``.

    No column tells the identity of a traveler, whoever exports.
    """

    _name = "client.trip.export"
    _inherit = "client.record.export"
    _description = "Export of Trips"

    def _get_exported(self):
        return self.env["client.trip"]

    def _get_export_title(self):
        return self.env._("Trips and Stays")

    def _check_export_access(self):
        # Accountants read trips, and nothing of their people, vehicles and places.
        self.env["client.trip.participant"].check_access("read")
        return super()._check_export_access()

    def _fetch_export_batch(self, records):
        records.client_id._filtered_access("read").fetch(CLIENT)

    def _get_client_columns(self, get_trip=lambda trip: trip):
        """:return: dict header -> function, the columns of the client of a trip"""
        return {
            "client_reference": lambda record: (
                get_trip(record).client_id._filtered_access("read").ref
            ),
            "client": lambda record: get_trip(record)._get_client_name(),
        }

    def _get_labels(self, model, name):
        """:return: function from a value of a selection field to its label"""
        field = self.env[model]._fields[name]
        return dict(field._description_selection(self.env)).get

    def _get_export_columns(self):
        states = self._get_labels("client.trip", "state")
        phases = self._get_labels("client.trip", "phase")
        return {
            "reference": lambda trip: trip.name,
            "title": lambda trip: trip.title,
            "kind": lambda trip: trip.kind_id.name,
            "status": lambda trip: states(trip.state),
            "phase": lambda trip: phases(trip.phase),
            **self._get_client_columns(),
            "from": lambda trip: trip.date_from,
            "to": lambda trip: trip.date_to,
            "nights": lambda trip: trip.nights,
            "destination": lambda trip: trip.country_id.code,
            "place": lambda trip: trip.place_id.name,
            "adults": lambda trip: trip.adults,
            "children": lambda trip: trip.children,
            "vehicles": lambda trip: "; ".join(trip.vehicle_ids.mapped("display_name")),
            "animals": lambda trip: "; ".join(trip.animal_ids.mapped("name")),
            "option_until": lambda trip: trip.option_until,
            "checked_in": lambda trip: trip.checked_in,
            "checked_out": lambda trip: trip.checked_out,
            "invoiced": lambda trip: trip.amount_invoiced,
            "paid": lambda trip: trip.amount_paid,
            "to_pay": lambda trip: trip.amount_open,
            "currency": lambda trip: trip.currency_id.name,
            # Superuser: only its name, which Odoo shows to every user who can read the
            # trip.
            "responsible": lambda trip: trip.user_id.sudo().name,
            "business_unit": lambda trip: trip.business_unit_id.sudo().complete_name,
            "company": lambda trip: trip.company_id.sudo().name,
        }
