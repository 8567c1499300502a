from odoo import models
from odoo.exceptions import UserError

from ...importer.rows.columns import FIGURE
from ...importer.text.fold import fold_header


class ClientExport(models.AbstractModel):
    """Which columns a file gets."""

    _inherit = "client.export"

    def _choose_columns(self, headers):
        """:return: dict header -> reader, of these headers in the order given"""
        if headers is None:
            return self._get_readable_columns(self._get_client_export_columns())
        known = {
            fold_header(header): (header, read)
            for header, read in self._get_all_columns().items()
        }
        unknown = [header for header in headers if fold_header(header) not in known]
        if unknown:
            raise UserError(
                self.env._("There is no column “%s” to export.", unknown[0])
            )
        if not headers:
            raise UserError(self.env._("Select the columns to export."))
        return dict(known[fold_header(header)] for header in headers)

    def _get_all_columns(self):
        """:return: dict header -> reader, of all that this user may export"""
        figures = {
            f"{FIGURE} {name}": read
            for name, read in self._get_client_export_figures().items()
        }
        return self._get_readable_columns(self._get_client_export_columns() | figures)

    def _get_readable_columns(self, columns):
        """:return: the same dict without the fields that the user may not read"""
        partner = self.env["res.partner"]

        def readable(read):
            field = partner._fields.get(getattr(read, "field_name", None))
            return field is None or partner._has_field_access(field, "read")

        return {header: read for header, read in columns.items() if readable(read)}

    def _get_column_choices(self):
        """What the dialog offers.

        :return: list of dict with ``title`` and ``columns``, each with ``header``,
            ``label`` and ``usual`` (whether it is there unless somebody says no)
        """
        names = self._get_column_names()
        groups = {"standard": [], "additional": [], "figures": []}
        for header in self._get_all_columns():
            figure = header.startswith(FIGURE)
            kind = "standard" if header in names else "additional"
            label = names.get(header) or header.removeprefix(FIGURE).strip()
            column = {"header": header, "label": label, "usual": not figure}
            groups["figures" if figure else kind].append(column)
        titles = {
            "standard": self.env._("Standard columns"),
            "additional": self.env._("Additional data"),
            "figures": self.env._("Figures (ignored by imports)"),
        }
        return [
            {"title": titles[kind], "columns": found}
            for kind, found in groups.items()
            if found
        ]

    def _get_column_names(self):
        """What columns and figures are called.

        :return: dict header -> name, of all but the additional data; overridden by
            bridges for a figure of theirs
        """
        columns = self.env["client.import.columns"]._get_import_columns()
        partner = self.env["res.partner"]
        labels = partner.fields_get([column.field for column in columns], ["string"])
        imports = self.env["client.import"]
        names = {c.key: imports._get_column_name(c, labels) for c in columns}
        return names | {
            f"{FIGURE} prospect_since": self.env._("Prospect Since"),
            f"{FIGURE} client_since": self.env._("Client Since"),
            f"{FIGURE} created_on": self.env._("Created On"),
            f"{FIGURE} invoiced_total": self.env._("Total Invoiced"),
            f"{FIGURE} invoice_count": self.env._("Number of Invoices"),
            f"{FIGURE} last_invoice": self.env._("Date of the Last Invoice"),
            f"{FIGURE} receivable": self.env._("Total Receivable"),
        }
