import logging
from contextlib import contextmanager
from itertools import count

from odoo import models
from odoo.tools import SQL

from ...importer.kinds.links import Link, Links
from ...importer.kinds.registry import column_kind
from ...importer.kinds.texts import Text
from ...importer.rows.columns import STANDARD
from ...tools.plain_text import html_to_text
from .field_column import FieldColumn

BATCH = 1000
#: column key -> ``importer.types.Column``
COLUMNS = {column.key: column for column in STANDARD}
_logger = logging.getLogger(__name__)
_numbers = count()


class ClientExport(models.AbstractModel):
    """The content of the columns, and how the rows are read: by one query, whose
    result stays on the server.

    The query is that of ``_search``, with the record rules of the user, and selects
    all columns that SQL can; the others are read from records, a batch at a time. It
    runs in one transaction, so the file shows the clients as they were at its start,
    and memory use is that of one batch.
    """

    _inherit = "client.export"  # pylint: disable=consider-merging-classes-inherited

    def _get_client_export_columns(self):
        """The columns of the file, in their order.

        :return: dict header -> function that receives a batch of partners and
            returns one text for each of them, or a ``FieldColumn``, which is read
            without records where the result is the same; overridden by bridges, which
            add a header that the import knows (see ``_get_import_columns``)
        """
        columns = {
            "reference": _own_column("reference"),
            "type": _own_column("type"),
            "name": _own_column("name"),
            "address": _own_column("address"),
            "address_additional": _own_column("address_additional"),
            "zip": _own_column("zip"),
            "city": _own_column("city"),
            "country": self._name_column("country_id", "code"),
            "state": FieldColumn(
                "state_id", Link(get_names=self._get_state_names).write_all
            ),
            "mobile": _own_column("mobile"),
            "phone": _own_column("phone"),
            "email": _own_column("email"),
            "website": _own_column("website"),
            "vat": _own_column("vat"),
            "comment": FieldColumn("comment", lambda values: map(html_to_text, values)),
            "active": _own_column("active"),
            "status": _own_column("status"),
            "client_type": self._name_column("client_type_id", "name"),
            "category": FieldColumn(
                "category_id", Links(get_all_names=self._get_category_names).write_all
            ),
            "business_unit": self._name_column(
                "client_business_unit_id", "complete_name"
            ),
            "manager": self._name_column("user_id", "login"),
            "language": FieldColumn("lang", Text().write_all),
            "source": self._name_column("client_source_id", "name"),
        }
        columns |= self._get_contact_columns()
        return columns | self._get_additional_data_columns(columns)

    def _name_column(self, field_name, name_field):
        """The name of a linked record; empty if the user cannot read it."""
        model = self.env[self.env["res.partner"]._fields[field_name].comodel_name]

        def get_names(ids):
            return self._readable_names(model.browse(ids), name_field)

        return FieldColumn(field_name, Link(get_names=get_names).write_all)

    def _readable_names(self, records, name_field):
        readable = records._filtered_access("read")
        return {record.id: record[name_field] or "" for record in readable}

    def _get_state_names(self, ids):
        """The names of states, or the code if two in the country have the same name."""
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
        """:return: dict id -> name, of those that the user can read, in Odoo's order"""
        categories = self.env["res.partner.category"].with_context(active_test=False)
        return {record.id: record.display_name for record in categories.search([])}

    # Rows

    def _iter_rows(self, columns, domain):
        """The header, then a row for each client, in the order of their ids.

        :param dict columns: header -> reader
        """
        yield list(columns)
        done = 0
        try:
            for cells in self._iter_batches(list(columns.values()), domain):
                for row in zip(*cells, strict=True):
                    done += 1
                    yield row
        finally:
            # Log who exported which columns, even if the user stops halfway.
            headers = ", ".join(columns)
            _logger.info("User %d exported %d clients: %s", self.env.uid, done, headers)

    def _iter_batches(self, readers, domain):
        """:return: iterator of lists: the texts of each reader for some clients"""
        partners = self.env["res.partner"]
        plain = {read for read in readers if self._is_plain(read)}
        names = sorted({read.field_name for read in plain})
        query = partners._search(domain, order="id")
        terms = {read.field_name: read.to_sql(partners, query) for read in plain}
        id_term = SQL.identifier(partners._table, "id")
        select = query.select(id_term, *(terms[name] for name in names))
        with self._opened(select) as fetch:
            while rows := fetch():
                ids, *values = zip(*rows, strict=True)
                raw = dict(zip(names, values, strict=True))
                yield self._get_cells(readers, plain, ids, raw)

    def _get_cells(self, readers, plain, ids, raw):
        """:return: list of the texts of each reader, for the clients with these ids"""
        if plain.issuperset(readers):
            return [read.spell(raw[read.field_name]) for read in readers]
        partners = self.env["res.partner"].browse(ids)
        partners.fetch(self._get_fields_to_fetch(set(readers) - plain))
        cells = [
            read.spell(raw[read.field_name]) if read in plain else read(partners)
            for read in readers
        ]
        self.env.invalidate_all()
        return cells

    def _is_plain(self, read):
        partners = self.env["res.partner"]
        return isinstance(read, FieldColumn) and read.is_plain(partners)

    def _get_fields_to_fetch(self, readers):
        """:return: the stored fields of these readers, as far as they are known"""
        fields = self.env["res.partner"]._fields
        names = {getattr(read, "field_name", None) for read in readers}
        return sorted(name for name in names if name and fields[name].store)

    @contextmanager
    def _opened(self, select):
        """Give a function that returns the next rows of a query, empty at its end."""
        cr = self.env.cr
        name = SQL.identifier(f"client_export_{next(_numbers)}")
        self.env.flush_query(select)
        # PostgreSQL assumes that only a tenth of a cursor's rows will be fetched, and
        # chooses a plan that is slower for all of them.
        cr.execute("SET LOCAL cursor_tuple_fraction = 1")
        cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", name, select))
        fetch = SQL("FETCH %s FROM %s", BATCH, name)

        def fetch_rows():
            cr.execute(fetch)
            return cr.fetchall()

        yield fetch_rows
        # An error ends the transaction, and this cursor with it.
        cr.execute(SQL("CLOSE %s", name))


def _own_column(key):
    """:return: ``FieldColumn`` that writes what the import reads from this column"""
    column = COLUMNS[key]
    return FieldColumn(column.field, column_kind(column).write_all)
