from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...importer.rows.columns import FIGURE
from ...importer.text.fold import fold_header
from ...importer.writers.write_csv import write_csv
from ...importer.writers.write_xlsx import MOST_ROWS, write_xlsx
from ...tools.user_domain import BadDomain, read_domain

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ClientExport(models.AbstractModel):
    """Exports clients as a file that the import can read back unchanged.

    How to use: ``env["client.export"].write_csv(file, domain)`` or iterate over
    ``iter_csv(domain)``, which yields the file as chunks of bytes. The file is
    made for the user of the environment: only clients, and only those that this
    user can read. Archived clients are included if the domain asks for them.
    """

    _name = "client.export"
    _description = "Client Export"

    @api.private
    def write_csv(self, file, domain=(), delimiter=";", **options):
        """Write the clients of `domain` to a binary file object.

        :param options: as ``iter_csv`` takes them
        :return: the number of bytes written
        """
        pieces = self.iter_csv(domain, delimiter, **options)
        return sum(file.write(piece) for piece in pieces)

    @api.private
    def iter_csv(self, domain=(), delimiter=";", encoding="utf-8-sig", columns=None):
        """The file of the clients of `domain`, as chunks of bytes.

        The right and the parameters are checked immediately, before the first chunk.

        :param columns: headers; None for all that the import knows, without figures
        :raise AccessError: when the user is not allowed to export clients
        :raise UserError: when a parameter is not valid
        """
        self._check_export_right()
        self._check_delimiter(delimiter)
        self._check_encoding(encoding)
        columns = self._choose_columns(columns)
        domain = self._parse_domain(domain)
        return write_csv(self._iter_rows(columns, domain), delimiter, encoding)

    @api.private
    def write_xlsx(self, file, domain=(), columns=None):
        """Write the clients of `domain` to a binary file object.

        :param columns: as ``iter_xlsx`` takes them
        :return: the number of bytes written
        """
        return sum(file.write(piece) for piece in self.iter_xlsx(domain, columns))

    @api.private
    def iter_xlsx(self, domain=(), columns=None):
        """The workbook of the clients of `domain`, as chunks of bytes.

        The right and the parameters are checked immediately, before the first chunk.

        :param columns: headers; None for all that the import knows, without figures
        :raise AccessError: when the user is not allowed to export clients
        :raise UserError: when a parameter is not valid, or there are too many rows
            for a sheet
        """
        self._check_export_right()
        columns = self._choose_columns(columns)
        domain = self._parse_domain(domain)
        if self.env["res.partner"].search_count(domain, limit=MOST_ROWS) >= MOST_ROWS:
            raise UserError(
                self.env._(
                    "A spreadsheet can hold at most %s rows. Export as "
                    "CSV, or export fewer clients.",
                    MOST_ROWS,
                )
            )
        return write_xlsx(self._iter_rows(columns, domain), self.env._("Clients"))

    @api.private
    def iter_file(self, file_format="csv", domain=(), columns=None, **options):
        """The file in one of FORMATS, as chunks of bytes.

        :param options: as ``iter_csv`` takes them; a workbook needs none
        :raise UserError: as the two formats do, or when the format is not valid
        """
        if file_format not in FORMATS:
            raise UserError(
                self.env._("Clients cannot be exported as “%s”.", file_format)
            )
        if file_format == "xlsx":
            return self.iter_xlsx(domain, columns)
        return self.iter_csv(domain, columns=columns, **options)

    # Checks before a file begins: later, its reader could not be told of an error

    @api.model
    def has_export_right(self):
        """Whether the user is allowed to export clients: an importer, or a user of the
        Clients app who can export from Odoo's own lists."""
        user = self.env.user
        return self.env.su or (
            user.has_group("client_extension.group_client_importer")
            or (
                user.has_group("client_extension.group_client_user")
                and user.has_group("base.group_allow_export")
            )
        )

    def _get_client_export_domain(self, domain):
        """The partners that an export contains: the requested ones that are clients.

        :param Domain domain: a valid domain on ``res.partner``
        :return: ``Domain``; overridden by bridges that exclude some clients
        """
        return domain & Domain("client_status", "!=", False)

    def _check_export_right(self):
        if not self.has_export_right():
            raise AccessError(
                self.env._(
                    "You are not allowed to export clients. Ask an "
                    "administrator for access."
                )
            )

    def _parse_domain(self, domain):
        """Parse a domain and run it once, as only that shows missing rights to its
        fields and values that are not valid.

        :param domain: a list, or a text as a user types it
        :return: ``Domain`` of the clients that it finds
        """
        partners, restrict = self.env["res.partner"], self._get_client_export_domain
        try:
            return read_domain(partners, domain, restrict)
        except BadDomain as error:
            raise UserError(
                self.env._("This is not a valid filter on clients: %s", error)
            ) from error

    def _check_delimiter(self, delimiter):
        if len(delimiter) != 1 or delimiter in '"\r\n':
            raise UserError(self.env._("The separator must be a single character."))

    def _check_encoding(self, encoding):
        try:
            "".encode(encoding)
        except LookupError as error:
            raise UserError(
                self.env._("There is no encoding named “%s”.", encoding)
            ) from error

    # Columns

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
        """:return: dict header -> reader, of all columns that this user can export"""
        figures = {
            f"{FIGURE} {name}": read
            for name, read in self._get_client_export_figures().items()
        }
        return self._get_readable_columns(self._get_client_export_columns() | figures)

    def _get_readable_columns(self, columns):
        """:return: the same dict without the fields that the user cannot read"""
        partner = self.env["res.partner"]

        def readable(read):
            field = partner._fields.get(getattr(read, "field_name", None))
            return field is None or partner._has_field_access(field, "read")

        return {header: read for header, read in columns.items() if readable(read)}

    def _get_column_choices(self):
        """What the dialog offers.

        :return: list of dict with ``title`` and ``columns``, each with ``header``,
            ``label`` and ``usual`` (whether it is included by default)
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
        """The names of columns and figures.

        :return: dict header -> name, of all but the additional data; overridden by
            bridges that add figures
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
            **self._get_overview_figure_names(),
        }

    def _get_overview_figure_names(self):
        """:return: dict header -> name, of the figures of the overview"""
        partner = self.env["res.partner"]
        sections = {s.key: s.label for s in partner._get_client_sections()}
        return {
            f"{FIGURE} {'_'.join(figure.name)}": (
                f"{sections.get(figure.section, figure.section)}: {figure.label}"
            )
            for figure in partner._get_client_visible_figures()
        }
