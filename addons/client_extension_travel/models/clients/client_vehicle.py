import re

from odoo import api, fields, models
from odoo.fields import Domain


def plate_key(text):
    """:return: str: the letters and digits of a plate in capitals, by which it is found
    however its parts are separated
    """
    return re.sub(r"[\W_]", "", text or "").upper()


class ClientVehicle(models.Model):
    """A vehicle with which a client comes: the desk finds the client by its plate."""

    _name = "client.vehicle"
    _description = "Vehicle"
    _order = "plate, id"
    _rec_name = "plate"

    client_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="client_id.company_id", store=True, index="btree_not_null"
    )
    plate = fields.Char(string="License Plate")
    plate_key = fields.Char(
        compute="_compute_plate_key",
        store=True,
        index="trigram",
        export_string_translation=False,
    )
    kind = fields.Selection(
        [
            ("car", "Car"),
            ("caravan", "Caravan"),
            ("motorhome", "Motorhome"),
            ("motorcycle", "Motorcycle"),
            ("coach", "Coach"),
            ("other", "Other"),
        ],
        required=True,
        default="car",
    )
    make = fields.Char(help="Make, model and color, as the desk recognizes it.")

    @api.depends("plate")
    def _compute_plate_key(self):
        for vehicle in self:
            vehicle.plate_key = plate_key(vehicle.plate) or False

    @api.depends("plate", "make", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for vehicle in self:
            parts = [vehicle.plate, vehicle.make or kinds.get(vehicle.kind)]
            vehicle.display_name = " ".join(filter(None, parts))

    def write(self, vals):
        result = super().write(vals)
        if "client_id" in vals:
            # Users cannot link records that they are not allowed to see.
            self.check_access("write")
        return result

    @api.model
    def _search_display_name(self, operator, value):
        if operator != "ilike" or not isinstance(value, str):
            return super()._search_display_name(operator, value)
        return self._get_plate_domain(value) | Domain("make", "ilike", value)

    @api.model
    def _get_plate_domain(self, text):
        """:return: ``Domain`` of the vehicles with a text in their plate, however it is
        written; of none for a text without letters or digits
        """
        key = plate_key(text)
        return Domain("plate_key", "like", key) if key else Domain.FALSE
