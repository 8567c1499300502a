from odoo import api, fields, models
from odoo.fields import Command


class SaleOrder(models.Model):
    """Quotations and orders of a trip or stay, which follows them."""

    _inherit = "sale.order"

    # A duplicate is of the same trip.
    client_trip_id = fields.Many2one(
        "client.trip",
        string="Trip or Stay",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups="sales_team.group_sale_salesman,account.group_account_invoice,"
        "account.group_account_readonly,client_extension_travel.group_travel_user",
        help="The trip or stay that is quoted or ordered.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._client_link_trip()
        return orders

    def write(self, vals):
        result = super().write(vals)
        if vals.get("client_trip_id"):
            self._client_link_trip()
        return result

    def _client_link_trip(self):
        """Check the trips that these orders were given, and move them on."""
        # Superuser: the field is not one of every user who creates orders, and what
        # the user may read is checked.
        trips = self.sudo().client_trip_id.sudo(self.env.su)
        if not trips:
            return
        # Users cannot link records that they are not allowed to see.
        trips.check_access("read")
        for order in self.sudo():
            if order.client_trip_id and order.state in ("draft", "sent"):
                order._client_quote_trip()

    # State of the trip

    def _client_quote_trip(self):
        """Move the trip of this quotation from an enquiry to quoted.

        Called in superuser mode when a quotation gets a trip; overridden to move it
        later, or in another way.
        """
        self.ensure_one()
        if self.client_trip_id.state == "enquiry":
            self.client_trip_id.state = "quoted"

    def _action_confirm(self):
        result = super()._action_confirm()
        # Superuser: customers confirm orders in the portal, and salespeople have no
        # right to write trips. Nothing but the state is written.
        for order in self.sudo():
            if order.client_trip_id:
                order._client_confirm_trip()
        return result

    def _client_confirm_trip(self):
        """Confirm the trip of this order, which is confirmed. A trip that cannot be
        confirmed keeps its state and says why; the order is never held back.

        Called in superuser mode; overridden to confirm trips in another way.
        """
        self.ensure_one()
        trip = self.client_trip_id
        if trip.state in ("enquiry", "quoted", "option"):
            about = self.env._("Order %s is confirmed.", self.name)
            trip._move_if_possible("confirmed", about)

    # Invoices

    def _prepare_invoice(self):
        # Superuser: the field is not one of every user who invoices orders.
        trip = self.sudo().client_trip_id
        return {**super()._prepare_invoice(), "client_trip_id": trip.id}

    def _get_invoice_grouping_keys(self):
        return [*super()._get_invoice_grouping_keys(), "client_trip_id"]

    def _create_account_invoices(self, invoice_vals_list, final):
        for values in invoice_vals_list:
            values["invoice_line_ids"] = [
                *self._prepare_client_trip_note(values),
                *values["invoice_line_ids"],
            ]
        return super()._create_account_invoices(invoice_vals_list, final)

    @api.model
    def _prepare_client_trip_note(self, values):
        """:param dict values: of an invoice of orders
        :return: list of commands: the note about the trip of the invoice, if it has one
        """
        # Superuser: salespeople do not read participants, and the text is for the
        # client.
        trip = self.env["client.trip"].sudo().browse(values.get("client_trip_id"))
        if not trip:
            return []
        # Odoo counts the lines from zero.
        return [Command.create({**trip._prepare_invoice_note_line(), "sequence": -1})]
