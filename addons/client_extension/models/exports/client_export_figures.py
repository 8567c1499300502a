from odoo import models
from odoo.fields import Domain

from ...tools.export_column import FieldColumn, amounts, counts, days

INVOICES = Domain("move_type", "=", "out_invoice")


class ClientExport(models.AbstractModel):
    """Figures on request: what became of a client. An import passes them over."""

    _inherit = "client.export"

    def _get_client_export_figures(self):
        """The figures that can be asked for, in their order.

        :return: dict name -> reader, as ``_get_client_export_columns`` returns
            them; a figure of a field that the user may not read is not offered.
            Overridden by bridges; the file's header is the name after ``figure:``,
            by which an import passes the column over
        """
        figures = {
            "prospect_since": FieldColumn("client_prospect_date", days),
            "client_since": FieldColumn("client_since", days),
            "created_on": FieldColumn("create_date", days),
        }
        partner = self.env["res.partner"]
        if partner._has_field_access(partner._fields["total_invoiced"], "read"):
            figures |= {
                "invoiced_total": self._read_invoiced_totals,
                "invoice_count": self._read_invoice_counts,
                "last_invoice": self._read_last_invoices,
                "receivable": FieldColumn("credit", amounts),
            }
        return figures

    def _read_invoiced_totals(self, partners):
        """The sum behind Odoo's button Invoiced, for all partners at once."""
        report = self.env["account.invoice.report"]
        return amounts(self._combine(partners, report, "price_subtotal:sum", sum))

    def _read_invoice_counts(self, partners):
        moves = self.env["account.move"]
        return counts(self._combine(partners, moves, "__count", sum, INVOICES))

    def _read_last_invoices(self, partners):
        moves = self.env["account.move"]
        return days(self._combine(partners, moves, "invoice_date:max", max, INVOICES))

    def _combine(self, partners, model, aggregate, combine, more=Domain.TRUE):
        """One figure of the invoices of clients and of those below them.

        :param model: what holds the invoices, as the user sees them
        :param combine: function from a list of values to one
        :return: list of values, False where there is no invoice
        """
        tops = self._get_families(partners)
        domain = more & Domain(
            [
                ("partner_id", "in", list(tops)),
                ("state", "not in", ("draft", "cancel")),
                ("move_type", "in", ("out_invoice", "out_refund")),
            ]
        )
        found = {}
        for partner, value in model._read_group(domain, ["partner_id"], [aggregate]):
            for client_id in tops[partner.id] if value else ():
                found.setdefault(client_id, []).append(value)
        return [combine(found[id_]) if id_ in found else False for id_ in partners.ids]

    def _get_families(self, partners):
        """:return: dict id of a partner -> ids of the clients it is or is below of"""
        family = partners.with_context(active_test=False).search_fetch(
            [("id", "child_of", partners.ids)], ["parent_id"]
        )
        # Not further up than the user sees.
        parents = {member.id: member.parent_id.id for member in family}
        clients = set(partners.ids)
        tops = {}
        for member_id in parents:
            above = member_id
            while above in parents:
                if above in clients:
                    tops.setdefault(member_id, []).append(above)
                above = parents[above]
        return tops
