from odoo import api, models
from odoo.exceptions import UserError

from ...importer.writers.write_xlsx import MOST_ROWS, write_xlsx

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ClientExport(models.AbstractModel):
    """The same clients in the same columns as a workbook, every cell a text."""

    _inherit = "client.export"

    @api.private
    def write_xlsx(self, file, domain=(), columns=None):
        """Write the clients of `domain` to a binary file object.

        :param columns: as ``iter_xlsx`` takes them
        :return: the number of bytes written
        """
        return sum(file.write(piece) for piece in self.iter_xlsx(domain, columns))

    @api.private
    def iter_xlsx(self, domain=(), columns=None):
        """The workbook of the clients of `domain`, in pieces of bytes.

        The right and the parameters are checked at once, before the first piece.

        :param columns: headers; None for all that the import knows, without figures
        :raise AccessError: when the user may not export clients
        :raise UserError: when a parameter is none, or no sheet has so many rows
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
        """The file in one of FORMATS, in pieces of bytes.

        :param options: as ``iter_csv`` takes them; a workbook needs none
        :raise UserError: as the two formats do, or for a format that is none
        """
        if file_format not in FORMATS:
            raise UserError(
                self.env._("Clients cannot be exported as “%s”.", file_format)
            )
        if file_format == "xlsx":
            return self.iter_xlsx(domain, columns)
        return self.iter_csv(domain, columns=columns, **options)
