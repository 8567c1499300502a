from odoo import fields, models


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
        groups="account.group_account_invoice,account.group_account_readonly,"
        "client_extension_travel.group_travel_user",
        help="The trip or stay that this invoice is for.",
    )
