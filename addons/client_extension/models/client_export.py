from ast import literal_eval

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..importer.name_list import join_names
from ..importer.write_csv import write_csv
from ..tools.plain_text import html_to_text

BATCH = 1000
WORDS = {False: "individual", True: "company"}


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
    def write_csv(self, file, domain=(), delimiter=";"):
        """Write the clients of `domain` to a binary file object.

        :return: the number of bytes written
        """
        return sum(file.write(piece) for piece in self.iter_csv(domain, delimiter))

    @api.private
    def iter_csv(self, domain=(), delimiter=";"):
        """The file of the clients of `domain`, in pieces of bytes.

        The right and the domain are checked at once, before the first piece.

        :raise AccessError: when the user may not export clients
        :raise UserError: when the domain or the separator is none
        """
        self._check_export_right()
        self._check_delimiter(delimiter)
        domain = self._get_client_export_domain(self._parse_domain(domain))
        return write_csv(self._iter_rows(domain), delimiter=delimiter)

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

    def _check_export_right(self):
        if not self.has_export_right():
            raise AccessError(
                self.env._("Ask an administrator for the right to export clients.")
            )

    def _get_client_export_domain(self, domain):
        """Which partners an export holds: those asked for that are clients.

        :param Domain domain: a valid domain on ``res.partner``
        :return: ``Domain``; overridden by bridges that keep some clients out
        """
        return domain & Domain("client_status", "!=", False)

    def _parse_domain(self, domain):
        """:return: ``Domain`` of a list, or of a text as a user types it"""
        try:
            domain = Domain(literal_eval(domain) if isinstance(domain, str) else domain)
            domain.validate(self.env["res.partner"])
        except (ValueError, TypeError, SyntaxError) as error:
            raise UserError(
                self.env._("This is no filter on clients: %s", error)
            ) from error
        return domain

    def _check_delimiter(self, delimiter):
        if len(delimiter) != 1 or delimiter in '"\r\n':
            raise UserError(self.env._("The separator must be one single character."))

    def _iter_rows(self, domain):
        """The header, then a row for each client, in the order of their ids."""
        columns = self._get_client_export_columns()
        yield list(columns)
        Partner = self.env["res.partner"]
        last = 0
        while True:
            page = domain & Domain("id", ">", last)
            partners = Partner.search_fetch(page, limit=BATCH, order="id")
            if not partners:
                return
            last = partners.ids[-1]
            yield from zip(*(read(partners) for read in columns.values()), strict=True)
            # Memory stays that of one batch, whatever the number of clients.
            self.env.invalidate_all()

    # Columns

    def _get_client_export_columns(self):
        """The columns of the file, in their order.

        :return: dict header -> function that receives a batch of partners and
            returns one text for each of them; overridden by bridges, which add a
            header that the import knows (see ``_get_import_columns``)
        """
        return {
            "reference": self._read_text("ref"),
            "type": lambda partners: [WORDS[p.is_company] for p in partners],
            "name": self._read_text("name"),
            "address": self._read_text("street"),
            "address_additional": self._read_text("street2"),
            "zip": self._read_text("zip"),
            "city": self._read_text("city"),
            "country": self._read_name("country_id", "code"),
            "state": self._read_states,
            "mobile": self._read_text("mobile"),
            "phone": self._read_text("phone"),
            "email": self._read_text("email"),
            "website": self._read_text("website"),
            "vat": self._read_text("vat"),
            "comment": lambda partners: [html_to_text(p.comment) for p in partners],
            "active": lambda partners: [str(int(p.active)) for p in partners],
            "status": self._read_text("client_status"),
            "client_type": self._read_name("client_type_id", "name"),
            "category": self._read_categories,
            "business_unit": self._read_name(
                "client_business_unit_id", "complete_name"
            ),
            "manager": self._read_name("user_id", "login"),
            "language": self._read_text("lang"),
            "source": self._read_name("client_source_id", "name"),
            "contact_first_name": self._read_text("client_contact_first_name"),
            "contact_last_name": self._read_text("client_contact_last_name"),
            "contact_email": self._read_text("client_contact_email"),
            "contact_phone": self._read_text("client_contact_phone"),
            "contact_mobile": self._read_text("client_contact_mobile"),
            "contact_job": self._read_text("client_contact_job"),
            "contact_role": self._read_contact_roles,
        }

    def _read_text(self, field_name):
        return lambda partners: [partner[field_name] or "" for partner in partners]

    def _read_name(self, field_name, name_field):
        """What a linked record is called; empty where the user may not read it."""

        def read(partners):
            names = self._readable_names(partners[field_name], name_field)
            return [names.get(partner[field_name].id, "") for partner in partners]

        return read

    def _readable_names(self, records, name_field):
        readable = records._filtered_access("read")
        return {record.id: record[name_field] or "" for record in readable}

    def _read_states(self, partners):
        """The names of the states, or the code of one whose country has two such."""
        states = partners.state_id
        same = self.env["res.country.state"]._read_group(
            [("name", "in", states.mapped("name"))],
            ["country_id", "name"],
            having=[("__count", ">", 1)],
        )
        twice = {(country.id, name) for country, name in same}
        names = {
            state.id: (
                state.code if (state.country_id.id, state.name) in twice else state.name
            )
            for state in states
        }
        return [names.get(partner.state_id.id, "") for partner in partners]

    def _read_contact_roles(self, partners):
        roles = (partner.client_contact_role_ids for partner in partners)
        return [join_names(role.mapped("name")) for role in roles]

    def _read_categories(self, partners):
        partners = partners.with_context(active_test=False)
        names = self._readable_names(partners.category_id, "display_name")
        return [
            join_names([names[c.id] for c in partner.category_id if c.id in names])
            for partner in partners
        ]
