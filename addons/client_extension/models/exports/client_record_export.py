from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...importer.writers.write_csv import write_csv
from ...importer.writers.write_xlsx import MOST_ROWS, write_xlsx
from ...tools.user_domain import BadDomain, read_domain

BATCH = 1000


class ClientRecordExport(models.AbstractModel):
    """Exports the records of a model as a file, a row for each.

    How to use: inherit it, say the model in ``_get_exported`` and the columns in
    ``_get_export_columns``; ``iter_file("csv", domain)`` yields the file as chunks of
    bytes, made for the user of the environment: only records that this user can read.
    It needs the right to export clients.
    """

    _name = "client.record.export"
    _description = "Export of Records"

    def _get_exported(self):
        """:return: empty recordset of the model that is exported"""
        raise NotImplementedError

    def _get_export_title(self):
        """:return: str: the name of the sheet of a workbook"""
        raise NotImplementedError

    def _get_export_columns(self):
        """The columns of the file, in their order.

        :return: dict header -> function that receives a record and returns the content
            of the cell; overridden by bridges
        """
        raise NotImplementedError

    def _fetch_export_batch(self, records):
        """Read at once what the columns need of the records of a batch."""

    @api.private
    def iter_file(self, file_format="csv", domain=()):
        """The records of `domain`, as chunks of bytes.

        The right and the domain are checked immediately, before the first chunk.

        :param str file_format: csv or xlsx
        :raise AccessError: when the user is not allowed to export clients
        :raise UserError: when the domain or the format is not valid
        """
        self._check_export_access()
        domain = self._get_domain(domain)
        if file_format == "xlsx":
            self._check_rows(domain)
            return write_xlsx(self._iter_rows(domain), self._get_export_title())
        if file_format != "csv":
            raise UserError(
                self.env._(
                    "Files of type “%s” cannot be exported. Choose CSV or XLSX.",
                    file_format,
                )
            )
        return write_csv(self._iter_rows(domain))

    def _check_export_access(self):
        """Refuse users without the right to all that the columns read: once the file
        has begun, its reader could not be told.

        :raise AccessError: overridden to refuse more users
        """
        self.env["client.export"]._check_export_right()
        self._get_exported().check_access("read")

    def _get_domain(self, domain):
        """:return: ``Domain`` of the exported records
        :raise UserError: when it is not valid
        """
        return self._read_domain(self._get_exported(), domain)

    def _read_domain(self, records, domain, restrict=lambda found: found):
        """:return: ``Domain``: what `restrict` returns for a domain of a user
        :raise UserError: when it is not valid
        """
        try:
            return read_domain(records, domain, restrict)
        except BadDomain as error:
            raise UserError(
                self.env._("This is not a valid filter: %s", error)
            ) from error

    def _check_rows(self, domain):
        if self._get_exported().search_count(domain, limit=MOST_ROWS) >= MOST_ROWS:
            raise UserError(
                self.env._(
                    "A spreadsheet can hold at most %s rows. Export as CSV, or export "
                    "fewer records.",
                    MOST_ROWS,
                )
            )

    def _iter_rows(self, domain):
        """The header, then a row for each record, in the order of their ids."""
        columns = self._get_export_columns()
        yield list(columns)
        last = 0
        while records := self._get_exported().search_fetch(
            domain & Domain("id", ">", last), order="id", limit=BATCH
        ):
            last = records[-1].id
            self._fetch_export_batch(records)
            for record in records:
                yield [_to_text(read(record)) for read in columns.values()]
            # Memory use is that of one batch, however many records there are.
            self.env.invalidate_all()


def _to_text(value):
    """:return: str: a cell; zero is a number, what is not known is empty"""
    return "" if value is None or value is False else str(value)
