import operator as comparison

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

ACCOUNTANTS = "account.group_account_invoice,account.group_account_readonly"
POSTED = [
    ("state", "=", "posted"),
    ("move_type", "in", ("out_invoice", "out_refund", "out_receipt")),
]
#: with more participants, an invoice gives their number
MAX_NAMES = 10
COMPARISONS = {
    ">": comparison.gt,
    ">=": comparison.ge,
    "<": comparison.lt,
    "<=": comparison.le,
    "in": lambda amount, amounts: amount in amounts,
}


class ClientTrip(models.Model):
    """What is invoiced for a trip, paid and still to pay."""

    _inherit = "client.trip"  # pylint: disable=consider-merging-classes-inherited

    currency_id = fields.Many2one(related="company_id.currency_id")
    invoice_ids = fields.One2many(
        "account.move", "client_trip_id", string="Invoices", groups=ACCOUNTANTS
    )
    invoice_count = fields.Integer(
        compute="_compute_invoice_count",
        groups=ACCOUNTANTS,
        help="Drafts and credit notes too.",
    )
    amount_invoiced = fields.Monetary(
        string="Invoiced", compute="_compute_amounts", compute_sudo=True
    )
    amount_paid = fields.Monetary(
        string="Paid", compute="_compute_amounts", compute_sudo=True
    )
    amount_open = fields.Monetary(
        string="To Pay",
        compute="_compute_amounts",
        compute_sudo=True,
        search="_search_amount_open",
        help="What is open on the posted invoices, minus credit notes.",
    )

    @api.depends("invoice_ids")
    @api.depends_context("uid")
    def _compute_invoice_count(self):
        rows = self.env["account.move"]._read_group(
            [("client_trip_id", "in", self.ids)], ["client_trip_id"], ["__count"]
        )
        counts = {trip.id: count for trip, count in rows}
        for trip in self:
            trip.invoice_count = counts.get(trip._origin.id, 0)

    # Superuser: the desk has no right to read invoices, but has to ask for the money.
    # Only sums of a trip that the user may read are shown, and no document.
    @api.depends(
        "invoice_ids.state",
        "invoice_ids.amount_total_signed",
        "invoice_ids.amount_residual_signed",
    )
    def _compute_amounts(self):
        rows = self.env["account.move"]._read_group(
            [("client_trip_id", "in", self.ids), *POSTED],
            ["client_trip_id"],
            ["amount_total_signed:sum", "amount_residual_signed:sum"],
        )
        known = {trip.id: amounts for trip, *amounts in rows}
        for trip in self:
            total, residual = known.get(trip.id, (0.0, 0.0))
            trip.amount_invoiced = total
            trip.amount_open = residual
            trip.amount_paid = total - residual

    @api.model
    def _search_amount_open(self, operator, value):
        if operator not in COMPARISONS:
            return NotImplemented
        matches = COMPARISONS[operator]
        # Superuser: as for the amounts. The rules of trips apply to what is found.
        rows = (
            self.env["account.move"]
            .sudo()
            ._read_group(
                [
                    ("client_trip_id", "!=", False),
                    ("amount_residual_signed", "!=", 0),
                    *POSTED,
                ],
                ["client_trip_id"],
                ["amount_residual_signed:sum"],
            )
        )
        found = [trip.id for trip, amount in rows if matches(amount, value)]
        domain = Domain("id", "in", found)
        if matches(0.0, value):
            domain |= Domain("id", "not in", [trip.id for trip, _amount in rows])
        return domain

    @api.ondelete(at_uninstall=False)
    def _unlink_except_invoiced(self):
        # Superuser: an invoice that the user may not see keeps its trip too.
        found = self.env["account.move"].sudo()
        if found.search_count([("client_trip_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("A trip with invoices cannot be deleted. Cancel it instead.")
            )

    # Actions

    def action_new_invoice(self):
        """Open a new invoice of this trip for its client, after what is missing before
        a first one.

        :return: dict, a window action
        :raise AccessError: when the user may not read the trip or create invoices
        """
        self.ensure_one()
        self.check_access("read")
        client = self.client_id.with_context(default_client_trip_id=self.id)
        action = client.action_client_new_invoice()
        # The dialog about what is missing goes on to the invoice with its context.
        context = {**action.get("context", {}), "default_client_trip_id": self.id}
        return {**action, "context": context}

    def action_view_invoices(self):
        """Open the invoices of this trip.

        :return: dict, a window action
        """
        return self._get_documents_action(
            "account.action_move_out_invoice_type",
            self.env._("Invoices: %s", self.display_name),
            {"default_move_type": "out_invoice"},
        )

    def _get_documents_action(self, xmlid, title, context=None):
        """Open the documents of this trip that the user may read: as a list, or the
        form of the only one.

        :param str xmlid: of a window action of a model with a ``client_trip_id``
        :param str title: of the list
        :param dict context: of the action
        :return: dict, a window action
        :raise AccessError: when the user may not read the trip or such documents
        """
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        documents = self.env[action["res_model"]].with_context(**context or {})
        domain = [("client_trip_id", "=", self.id)]
        found = documents.search(domain, limit=2)
        only = {"res_id": found[:1].id, "views": [(False, "form")]}
        return {
            **action,
            "display_name": title,
            "domain": domain,
            "context": {**(context or {}), "create": False},
            **(only if len(found) == 1 else {}),
        }

    def action_add_sale(self):
        """Open the dialog that adds products to a draft invoice of this trip.

        :return: dict, a window action
        :raise UserError: when the user has no document to add to
        """
        self.ensure_one()
        self.check_access("read")
        client = self.client_id.with_company(self.company_id)
        # The dialog takes it as the default of its own trip.
        client = client.with_context(default_client_trip_id=self.id)
        return client.action_client_add_sale()

    def _prepare_invoice_note_line(self):
        """:return: dict, the values of a line of an invoice that says what it is for"""
        return {"display_type": "line_note", "name": self._prepare_invoice_note()}

    def _prepare_invoice_note(self):
        """What an invoice says about this trip, as a note above its lines.

        :return: str, in the language of the client; overridden to say more
        """
        self.ensure_one()
        trip = self.with_context(lang=self.client_id.lang or self.env.lang)
        parts = [" ".join(filter(None, [trip.name, trip.title]))]
        if trip.date_from and trip.date_to:
            days = (trip.date_from, trip.date_to)
            parts.append(" - ".join(format_date(trip.env, day) for day in days))
        names = trip.participant_ids._get_listed().contact_id.mapped("name")
        people = trip.adults + trip.children
        if names and len(names) == people and people <= MAX_NAMES:
            parts.append(", ".join(names))
        elif people:
            parts.append(trip.env._("Participants: %s", people))
        return "\n".join(parts)
