from odoo import api, models
from odoo.fields import Domain

from ...importer.writers.write_csv import write_csv
from ...tools.export_column import FieldColumn, LinkNames, NameLists, texts, words
from ...tools.plain_text import html_to_text


class ClientExport(models.AbstractModel):
    """Clients as a CSV file that the import reads again without a change.

    How to use: ``env["client.export"].write_csv(file, domain)`` or iterate over
    ``iter_csv(domain)``, which yields the file in pieces of bytes. The file is
    made for the user of the environment: only clients, and only those that this
    user may read. Archived clients come along when the domain asks for them.
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
        """The file of the clients of `domain`, in pieces of bytes.

        The right and the parameters are checked at once, before the first piece.

        :param columns: headers; None for all that the import knows, without figures
        :raise AccessError: when the user may not export clients
        :raise UserError: when a parameter is none
        """
        self._check_export_right()
        self._check_delimiter(delimiter)
        self._check_encoding(encoding)
        columns = self._choose_columns(columns)
        domain = self._parse_domain(domain)
        return write_csv(self._iter_rows(columns, domain), delimiter, encoding)

    @api.model
    def has_export_right(self):
        """Whether the user may export clients: an importer, or a user of the Clients
        app who may export from Odoo's own lists."""
        user = self.env.user
        return self.env.su or (
            user.has_group("client_extension.group_client_importer")
            or (
                user.has_group("client_extension.group_client_user")
                and user.has_group("base.group_allow_export")
            )
        )

    def _get_client_export_domain(self, domain):
        """Which partners an export holds: those asked for that are clients.

        :param Domain domain: a valid domain on ``res.partner``
        :return: ``Domain``; overridden by bridges that keep some clients out
        """
        return domain & Domain("client_status", "!=", False)

    # Columns

    def _get_client_export_columns(self):
        """The columns of the file, in their order.

        :return: dict header -> function that receives a batch of partners and
            returns one text for each of them, or a ``FieldColumn``, which is read
            without records where that gives the same; overridden by bridges, which
            add a header that the import knows (see ``_get_import_columns``)
        """
        return {
            "reference": FieldColumn("ref", texts),
            "type": FieldColumn("is_company", words("individual", "company")),
            "name": FieldColumn("name", texts),
            "address": FieldColumn("street", texts),
            "address_additional": FieldColumn("street2", texts),
            "zip": FieldColumn("zip", texts),
            "city": FieldColumn("city", texts),
            "country": self._name_column("country_id", "code"),
            "state": FieldColumn("state_id", LinkNames(self._get_state_names)),
            "mobile": FieldColumn("mobile", texts),
            "phone": FieldColumn("phone", texts),
            "email": FieldColumn("email", texts),
            "website": FieldColumn("website", texts),
            "vat": FieldColumn("vat", texts),
            "comment": FieldColumn("comment", lambda values: map(html_to_text, values)),
            "active": FieldColumn("active", words("0", "1")),
            "status": FieldColumn("client_status", texts),
            "client_type": self._name_column("client_type_id", "name"),
            "category": FieldColumn("category_id", NameLists(self._get_category_names)),
            "business_unit": self._name_column(
                "client_business_unit_id", "complete_name"
            ),
            "manager": self._name_column("user_id", "login"),
            "language": FieldColumn("lang", texts),
            "source": self._name_column("client_source_id", "name"),
        }

    def _name_column(self, field_name, name_field):
        """What a linked record is called; empty where the user may not read it."""
        model = self.env[self.env["res.partner"]._fields[field_name].comodel_name]

        def get_names(ids):
            return self._readable_names(model.browse(ids), name_field)

        return FieldColumn(field_name, LinkNames(get_names))

    def _readable_names(self, records, name_field):
        readable = records._filtered_access("read")
        return {record.id: record[name_field] or "" for record in readable}

    def _get_state_names(self, ids):
        """The names of the states, or the code of one whose country has two such."""
        states = self.env["res.country.state"].browse(ids)
        same = states._read_group(
            [("name", "in", states.mapped("name"))],
            ["country_id", "name"],
            having=[("__count", ">", 1)],
        )
        twice = {(country.id, name) for country, name in same}
        return {
            state.id: (
                state.code if (state.country_id.id, state.name) in twice else state.name
            )
            for state in states
        }

    def _get_category_names(self):
        """:return: dict id -> name of those that the user may read, in Odoo's order"""
        categories = self.env["res.partner.category"].with_context(active_test=False)
        return {record.id: record.display_name for record in categories.search([])}
