import logging
from contextlib import contextmanager
from itertools import count

from odoo import models
from odoo.tools import SQL

from ...tools.export_column import FieldColumn

BATCH = 1000
_logger = logging.getLogger(__name__)
_numbers = count()


class ClientExport(models.AbstractModel):
    """How the rows are read: one query, whose result stays on the server.

    The query is the one of ``_search``, with the rules of the user, and selects the
    columns that it can; all else is read from records, a batch at a time. It runs
    in one transaction, so the file is the clients as they were when it began, and
    memory stays that of one batch.
    """

    _inherit = "client.export"

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
            # Also when the user stops in the middle: who took clients out, and what.
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
        """:return: list of texts of each reader, for the clients with these ids"""
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
        """:return: the stored fields of these readers, as far as they tell"""
        fields = self.env["res.partner"]._fields
        names = {getattr(read, "field_name", None) for read in readers}
        return sorted(name for name in names if name and fields[name].store)

    @contextmanager
    def _opened(self, select):
        """Give a function that returns the next rows of a query, none at its end."""
        cr = self.env.cr
        name = SQL.identifier(f"client_export_{next(_numbers)}")
        self.env.flush_query(select)
        # PostgreSQL expects that a tenth of a cursor's rows is fetched, and chooses a
        # slower way to all of them.
        cr.execute("SET LOCAL cursor_tuple_fraction = 1")
        cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", name, select))
        fetch = SQL("FETCH %s FROM %s", BATCH, name)

        def fetch_rows():
            cr.execute(fetch)
            return cr.fetchall()

        yield fetch_rows
        # After an error the transaction is over, and this cursor with it.
        cr.execute(SQL("CLOSE %s", name))
