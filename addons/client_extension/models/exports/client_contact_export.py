from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...importer.text.name_list import join_names
from ...importer.writers.write_csv import write_csv
from ...importer.writers.write_xlsx import MOST_ROWS, write_xlsx
from ...tools.user_domain import BadDomain, read_domain

BATCH = 1000
#: fields read from the persons and the clients of one batch
PERSON = [
    "name",
    "client_name_parts",
    "client_type_id",
    "client_civility",
    "is_company",
    "email",
    "phone",
    "mobile",
    "function",
    "lang",
    "street",
    "street2",
    "zip",
    "city",
    "country_id",
]
CLIENT = ["name", "ref", "client_status"]


class ClientContactExport(models.AbstractModel):
    """Exports the contacts of clients as a file, for letters, mailings and lists.

    How to use: ``env["client.contact.export"].iter_file("csv", domain)`` yields the
    file as chunks of bytes, made for the user of the environment: only contacts of
    clients, and only those that this user can read. It needs the right to export
    clients.
    """

    _name = "client.contact.export"
    _description = "Contact Export"

    @api.private
    def iter_file(self, file_format="csv", domain=()):
        """The contacts of `domain`, as chunks of bytes.

        The right and the domain are checked immediately, before the first chunk.

        :param str file_format: csv or xlsx
        :raise AccessError: when the user is not allowed to export clients
        :raise UserError: when the domain or the format is not valid
        """
        self.env["client.export"]._check_export_right()
        domain = self._get_domain(domain)
        if file_format == "xlsx":
            self._check_rows(domain)
            return write_xlsx(self._iter_rows(domain), self.env._("Contacts"))
        if file_format != "csv":
            raise UserError(
                self.env._("Contacts cannot be exported as “%s”.", file_format)
            )
        return write_csv(self._iter_rows(domain))

    def _get_domain(self, domain):
        """:return: ``Domain`` of the requested contact lines of clients"""
        clients = Domain("client_id.client_status", "!=", False)
        try:
            return read_domain(
                self.env["client.contact"], domain, lambda found: found & clients
            )
        except BadDomain as error:
            raise UserError(
                self.env._("This is not a valid filter on contacts: %s", error)
            ) from error

    def _check_rows(self, domain):
        lines = self.env["client.contact"]
        if lines.search_count(domain, limit=MOST_ROWS) >= MOST_ROWS:
            raise UserError(
                self.env._(
                    "A spreadsheet can hold at most %s rows. Export as "
                    "CSV, or export fewer contacts.",
                    MOST_ROWS,
                )
            )

    def _iter_rows(self, domain):
        """The header, then a row for each line, in the order of their ids."""
        columns = self._get_contact_export_columns()
        yield list(columns)
        last = 0
        while lines := self.env["client.contact"].search_fetch(
            domain & Domain("id", ">", last), order="id", limit=BATCH
        ):
            last = lines[-1].id
            lines.contact_id.fetch(PERSON)
            lines.client_id.fetch(CLIENT)
            for line in lines:
                yield [str(read(line) or "") for read in columns.values()]
            # Memory use is that of one batch, however many contacts there are.
            self.env.invalidate_all()

    def _get_contact_export_columns(self):
        """The columns of the file, in their order.

        :return: dict header -> function that receives a ``client.contact`` and returns
            the content of the cell; overridden by bridges
        """
        civilities = self.env["res.partner"]._fields["client_civility"]
        civilities = dict(civilities._description_selection(self.env))
        return {
            "reference": lambda line: line.client_id.ref,
            "client": lambda line: line.client_id.name,
            "status": lambda line: line.client_id.client_status,
            "role": lambda line: join_names(line.role_ids.mapped("name")),
            "main": lambda line: str(int(bool(line._filter_main()))),
            "civility": lambda line: civilities.get(line.contact_id.client_civility),
            "first_name": lambda line: line.contact_id.client_first_name,
            "last_name": lambda line: line.contact_id.client_last_name,
            "salutation": lambda line: line.contact_id.client_salutation,
            "email": lambda line: line.contact_id.email,
            "phone": lambda line: line.contact_id.phone,
            "mobile": lambda line: line.contact_id.mobile,
            "job": lambda line: line.contact_id.function,
            "language": lambda line: line.contact_id.lang,
            "address": lambda line: line.contact_id.street,
            "address_additional": lambda line: line.contact_id.street2,
            "zip": lambda line: line.contact_id.zip,
            "city": lambda line: line.contact_id.city,
            "country": lambda line: line.contact_id.country_id.code,
            "from": lambda line: line.date_start,
            "until": lambda line: line.date_end,
            "note": lambda line: line.note,
        }
