from odoo import models
from odoo.fields import Domain

from ...importer.kinds.numbers import Date
from ...importer.problems import FileProblem
from ...importer.rows.columns import LABEL, map_columns
from ...importer.rows.contact import CONTACT
from ...importer.text.fold import fold_header
from ...importer.text.name_list import join_names
from ..labels.property_text import property_writer
from ..labels.res_partner_properties import PROPERTIES
from ..overview.figure_reader import ClientScope, FigureReader
from .field_column import FieldColumn

write_days = Date().write_all
INVOICES = Domain("move_type", "=", "out_invoice")
LINKS = ("many2one", "many2many")
#: column key -> field of the person
CONTACT_FIELDS = {
    "contact_first_name": "client_first_name",
    "contact_last_name": "client_last_name",
    "contact_email": "email",
    "contact_phone": "phone",
    "contact_mobile": "mobile",
    "contact_job": "function",
}
CONTACT_STORED = list(CONTACT_FIELDS.values())[2:]


class ClientExport(models.AbstractModel):
    """Columns beyond the client's own fields: main contact, additional data,
    figures."""

    _inherit = "client.export"

    # Main contact, in the columns from which an import reads it

    def _get_contact_columns(self):
        """:return: dict: header -> reader"""
        table = _ContactTable(self._get_main_contacts)
        return {column.key: table.reader(column.key) for column in CONTACT}

    def _get_main_contacts(self, ids):
        """:return: dict: id of a client -> dict: column key -> text"""
        lines = self.env["client.contact"]
        lines = lines.search_fetch(
            Domain("client_id", "in", ids) & lines._get_main_domain(),
            ["client_id", "contact_id", "role_ids"],
        )
        persons = lines.contact_id
        persons.fetch([*persons._get_client_name_fields(), *CONTACT_STORED])
        found = {}
        for line in lines:
            person = line.contact_id
            texts = {key: person[name] or "" for key, name in CONTACT_FIELDS.items()}
            texts["contact_role"] = join_names(line.role_ids.mapped("name"))
            found[line.client_id.id] = texts
        return found

    # Additional data

    def _get_additional_data_columns(self, taken):
        """One column for each label.

        :param taken: headers that the file already has
        :return: dict: header -> reader
        """
        definition = self.env["res.partner"]._get_client_properties_definition()
        columns = {}
        for label in definition.properties_definition or []:
            if label["type"] != "separator":
                header = self._additional_data_header(label, {*taken, *columns})
                columns[header] = self._read_additional_data(label)
        return columns

    def _additional_data_header(self, label, columns):
        """A header that the import recognizes as this label only.

        :param dict label: the label as Odoo stores it
        :param columns: the headers that are already taken
        """
        text = " ".join((label.get("string") or label["name"]).split())
        header = text if self._means_additional_data(text) else f"{LABEL} {text}"
        taken = {fold_header(other) for other in columns}
        number = 2
        while fold_header(header) in taken:
            header = f"{text} ({number})"
            number += 1
        return header

    def _means_additional_data(self, text):
        try:
            target = map_columns(("reference", text)).targets[1]
        except FileProblem:
            return False
        return target.role == "additional" and target.key == text

    def _read_additional_data(self, label):
        name, write = label["name"], property_writer(label)

        def spell(values):
            found = ((value or {}).get(name) for value in values)
            if label["type"] in LINKS:
                return self._spell_links(label, found)
            return list(map(write, found))

        return FieldColumn(PROPERTIES, spell)

    def _spell_links(self, label, values):
        """The names of the linked records that exist and that the user can read."""
        ids = [
            value if isinstance(value, list) else [value] if value else []
            for value in values
        ]
        if label.get("comodel") not in self.env:
            return [""] * len(ids)
        linked = self.env[label["comodel"]].browse({i for some in ids for i in some})
        names = self._readable_names(linked.exists(), "display_name")
        return [join_names([names[i] for i in some if i in names]) for some in ids]

    # Figures on request, such as the sales of a client. An import skips them

    def _get_client_export_figures(self):
        """The figures that can be requested, in their order.

        :return: dict name -> reader, as ``_get_client_export_columns`` returns
            them; a figure of a field that the user cannot read is not offered.
            Overridden by bridges; the header in the file is ``figure:`` and the name,
            so that an import skips the column
        """
        figures = {
            "prospect_since": FieldColumn("client_prospect_date", write_days),
            "client_since": FieldColumn("client_since", write_days),
            "created_on": FieldColumn("create_date", write_days),
        }
        partner = self.env["res.partner"]
        if partner._has_field_access(partner._fields["total_invoiced"], "read"):
            figures |= {
                "invoiced_total": self._read_invoiced_totals,
                "invoice_count": self._read_invoice_counts,
                "last_invoice": self._read_last_invoices,
                "receivable": FieldColumn("credit", _write_amounts),
            }
        return figures | self._get_overview_figures()

    def _get_overview_figures(self):
        """The figures of the overview.

        :return: dict name -> reader
        """
        partner = self.env["res.partner"]
        table = _FigureTable()
        return {
            "_".join(figure.name): table.reader(figure)
            for figure in partner._get_client_visible_figures()
        }

    def _read_invoiced_totals(self, partners):
        """The total of Odoo's Invoiced button, for all partners at once."""
        report = self.env["account.invoice.report"]
        return _write_amounts(
            self._combine(partners, report, "price_subtotal:sum", sum)
        )

    def _read_invoice_counts(self, partners):
        moves = self.env["account.move"]
        return _write_counts(self._combine(partners, moves, "__count", sum, INVOICES))

    def _read_last_invoices(self, partners):
        moves = self.env["account.move"]
        return write_days(
            self._combine(partners, moves, "invoice_date:max", max, INVOICES)
        )

    def _combine(self, partners, model, aggregate, combine, more=Domain.TRUE):
        """One figure of the invoices of clients and of their descendants.

        :param model: model with the invoices, as the user sees them
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
        """:return: dict id of a partner -> ids of the clients it is or is under"""
        family = partners.with_context(active_test=False).search_fetch(
            [("id", "child_of", partners.ids)], ["parent_id"]
        )
        # No further up than the user can see.
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


class _ContactTable:
    """The contacts of one batch of clients, read once for all columns."""

    def __init__(self, read):
        self._read, self._ids, self._found = read, (), {}

    def reader(self, key):
        """:return: function that receives partners and returns a text for each"""

        def texts(partners):
            if self._ids != partners._ids:
                self._ids, self._found = partners._ids, self._read(partners.ids)
            return [self._found.get(id_, {}).get(key, "") for id_ in partners._ids]

        return texts


class _FigureTable:
    """Figures of the overview, for one batch of clients after the other."""

    def __init__(self):
        self._ids, self._reader = None, None

    def reader(self, figure):
        """:return: function that receives partners and returns a text for each"""

        def texts(partners):
            if self._ids != partners._ids:
                scope = ClientScope(partners)
                self._ids, self._reader = partners._ids, FigureReader(scope)
            values = self._reader.count(figure)
            key = "amount" if figure.measure else "count"
            write = _write_amounts if figure.measure else _write_counts
            return write([values[id_][key] for id_ in partners._ids])

        return texts


def _write_counts(values):
    return [str(value or 0) for value in values]


def _write_amounts(values):
    """Amounts as text: two decimals, a decimal point, no thousands separator."""
    return [f"{value or 0:.2f}" for value in values]
