from odoo import api, fields, models

READERS = (
    "account.group_account_invoice,account.group_account_readonly,"
    "client_extension_travel.group_travel_user"
)


class AccountMove(models.Model):
    """Invoices and credit notes of a trip or stay."""

    _inherit = "account.move"

    # A credit note and a duplicate are of the same trip.
    client_trip_id = fields.Many2one(
        "client.trip",
        string="Trip or Stay",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups=READERS,
        help="The trip or stay that this invoice is for.",
    )
    client_has_trips = fields.Boolean(
        string="Customer Has Trips", compute="_compute_client_has_trips", groups=READERS
    )

    @api.depends("commercial_partner_id")
    def _compute_client_has_trips(self):
        """Those that the form offers: see the domain of the field."""
        payer = "client_id.commercial_partner_id"
        found = self.env["client.trip"]._read_group(
            [(payer, "in", self.commercial_partner_id.ids)], [payer]
        )
        payers = self.env["res.partner"].union(*(group[0] for group in found))
        for move in self:
            move.client_has_trips = move.commercial_partner_id in payers
