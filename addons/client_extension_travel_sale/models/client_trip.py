from odoo import api, fields, models
from odoo.exceptions import UserError

SALESPEOPLE = "sales_team.group_sale_salesman"
QUOTED = ("draft", "sent")
ORDERED = ("sale",)


class ClientTrip(models.Model):
    """What is quoted and ordered for a trip."""

    _inherit = "client.trip"

    order_ids = fields.One2many(
        "sale.order", "client_trip_id", string="Orders", groups=SALESPEOPLE
    )
    order_count = fields.Integer(compute="_compute_order_count", groups=SALESPEOPLE)
    amount_quoted = fields.Monetary(
        string="Quoted",
        compute="_compute_order_amounts",
        compute_sudo=True,
        help="The total of the quotations that are neither confirmed nor cancelled.",
    )
    amount_ordered = fields.Monetary(
        string="Ordered",
        compute="_compute_order_amounts",
        compute_sudo=True,
        help="The total of the confirmed orders, invoiced or not.",
    )

    @api.depends("order_ids")
    @api.depends_context("uid")
    def _compute_order_count(self):
        rows = self.env["sale.order"]._read_group(
            [("client_trip_id", "in", self.ids)], ["client_trip_id"], ["__count"]
        )
        counts = {trip.id: count for trip, count in rows}
        for trip in self:
            trip.order_count = counts.get(trip.id, 0)

    # Superuser: as for the amounts of invoices. Only sums of a trip that the user may
    # read are shown.
    @api.depends("order_ids.state", "order_ids.amount_total", "order_ids.currency_id")
    def _compute_order_amounts(self):
        for company, trips in self.grouped("company_id").items():
            # Amounts are converted to the currency of the company.
            orders = self.env["sale.order"].with_company(company)
            rows = orders._read_group(
                [
                    ("client_trip_id", "in", trips.ids),
                    ("state", "in", (*QUOTED, *ORDERED)),
                ],
                ["client_trip_id", "state"],
                ["amount_total:sum_currency"],
            )
            totals = {(trip.id, state): amount for trip, state, amount in rows}

            def total(trip, states, totals=totals):
                return sum(totals.get((trip._origin.id, state), 0) for state in states)

            for trip in trips:
                trip.amount_quoted = total(trip, QUOTED)
                trip.amount_ordered = total(trip, ORDERED)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ordered(self):
        # Superuser: an order that the user may not see keeps its trip too.
        found = self.env["sale.order"].sudo()
        if found.search_count([("client_trip_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "A trip with quotations or orders cannot be deleted. Cancel it "
                    "instead."
                )
            )

    # Actions

    def action_new_quotation(self):
        """Open a new quotation of this trip for its client.

        :return: dict, a window action
        :raise AccessError: when the user may not read the trip or create quotations
        """
        self.ensure_one()
        self.check_access("read")
        client = self.client_id.with_company(self.company_id)
        action = client.action_client_new_quotation()
        context = {**action["context"], **self._prepare_quotation_context()}
        return {**action, "context": context}

    def _prepare_quotation_context(self):
        """:return: dict with ``default_...`` values of a new quotation of this trip;
        overridden to give more"""
        self.ensure_one()
        return {
            "default_client_trip_id": self.id,
            "default_company_id": self.company_id.id,
        }

    def action_view_orders(self):
        """Open the quotations and orders of this trip.

        :return: dict, a window action
        """
        return self._get_documents_action(
            "sale.action_orders", self.env._("Orders: %s", self.display_name)
        )
