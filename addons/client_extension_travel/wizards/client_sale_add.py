from odoo import fields, models


class ClientSaleAdd(models.TransientModel):
    """The dialog that adds products, opened from a trip: to documents of this trip."""

    _inherit = "client.sale.add"

    client_trip_id = fields.Many2one(
        "client.trip", string="Trip or Stay", readonly=True, ondelete="cascade"
    )

    def action_add(self):
        self.ensure_one()
        # What was stored is looked at again, with the rights of the user.
        client = self.partner_id.with_context(
            default_client_trip_id=self.client_trip_id.id
        )
        trip = client._get_client_sold_trip()
        wizard = self.with_context(default_client_trip_id=trip.id) if trip else self
        return super(ClientSaleAdd, wizard).action_add()
