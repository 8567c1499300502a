import io
import logging
from collections import defaultdict
from operator import attrgetter

from odoo import api, models
from odoo.models import LOG_ACCESS_COLUMNS
from odoo.tools import SQL, clean_context

from odoo.addons.client_extension.tools.transient_error import is_transient

from ..tools.copy_text import NULL, copy_text
from ..tools.value_table import NOTHING, ValueTable
from .res_partner_precompute import LINKS, PLAIN_TYPES

_logger = logging.getLogger(__name__)

#: types of fields whose values mean the same on every record
ALIKE = {*PLAIN_TYPES, "many2one"}


class ResPartner(models.Model):
    """Stores the new clients of a chunk column by column.

    Odoo processes all fields for each record, though most of them have the same
    default in all thousand clients, and sends the rows in statements of a hundred. Here
    each column is processed once, and PostgreSQL gets the rows by COPY. What is stored,
    cached, computed and checked is the same, in the same order.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _create(self, data_list):
        bulk = self._get_bulk()
        table = bulk and ValueTable([data["stored"] for data in data_list])
        lines = table and self._get_copy_lines(table, data_list)
        if not lines or not self._copy_lines(*lines):
            return super()._create(data_list)
        records = self.browse(table.columns["id"])
        for data, record in zip(data_list, records, strict=True):
            data["record"] = record
        records._cache_copied_columns(table)
        protected = [(data["protected"], data["record"]) for data in data_list]
        with self.env.protecting(protected):
            records.modified(self._fields, create=True)
            records._create_copied_links(table, data_list)
        records._validate_fields(table.columns)
        records.check_access("create")
        return records

    @api.model
    def _copy_lines(self, names, text):
        """Store rows by COPY, unless that is not possible.

        It is not possible in a worker of Odoo's evented server, and where the table of
        partners uses PostgreSQL's row-level security.

        :param list names: names of columns
        :param str text: the rows
        :return: bool, whether they are stored
        """
        statement = SQL(
            "COPY %s (%s) FROM STDIN",
            SQL.identifier(self._table),
            SQL(", ").join(map(SQL.identifier, names)),
        )
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.copy_expert(statement.code, io.StringIO(text))
        except Exception as error:
            if is_transient(error):
                raise
            _logger.info("Clients cannot be stored by COPY: %s", error)
            return False
        return True

    @api.model
    def _get_copy_lines(self, table, data_list):
        """The rows in the format that COPY reads.

        :param table: ``ValueTable`` of the stored values
        :param list data_list: what ``_create()`` was called with
        :return: pair (list of names of columns, text), or None where Odoo has to store
            the rows: they have no ids yet, or have a value of an unknown type
        """
        ids = table.columns.get("id", [NOTHING])
        if self._inherits or self._parent_store or NOTHING in ids:
            return None
        names, columns = [], []
        defaults = self._get_column_defaults()
        for name in sorted(table.columns):
            field = self._fields[name]
            if not field.column_type:
                continue
            # A column without a value in a row gets the default of the database.
            if name in defaults and NOTHING in table.columns[name]:
                return None
            try:
                columns.append(self._get_copy_column(table, field, data_list))
            except TypeError:
                return None
            names.append(name)
        return names, "".join(
            "\t".join(row) + "\n" for row in zip(*columns, strict=True)
        )

    @api.model
    def _get_column_defaults(self):
        """:return: set of names of columns that have a default in PostgreSQL"""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT attname
                  FROM pg_attribute
                 WHERE attrelid = %s::regclass AND atthasdef AND NOT attisdropped
                """,
                self._table,
            )
        )
        return {name for (name,) in rows}

    @api.model
    def _get_copy_column(self, table, field, data_list):
        """:return: list of texts, one for each row"""
        values = table.columns[field.name]
        convert = field.convert_to_column_insert
        if field.type in ALIKE and field.name not in table.varying:
            first = copy_text(convert(values[0], self, data_list[0]["stored"]))
            return [first] * table.size
        return [
            NULL
            if value is NOTHING
            else copy_text(convert(value, self, data["stored"]))
            for value, data in zip(values, data_list, strict=True)
        ]

    def _cache_copied_columns(self, table):
        """Put the stored values of the new records, and links to them, in the cache.

        :param table: ``ValueTable`` of the stored values
        """
        records = self.with_context(bin_size=False)
        stamps = {*LOG_ACCESS_COLUMNS, "id", "parent_path"}
        for field in self._fields.values():
            if not field.store:
                continue
            values = table.columns.get(field.name)
            if field.type in LINKS:
                field._update_cache(records, ())
            elif values is None:
                if field.name not in stamps:
                    field._update_cache(records, None)
            elif field.type != "html":
                records._cache_copied_column(field, values, table.varying)

    def _cache_copied_column(self, field, values, varying):
        """The same for one column.

        :param field: field with one value
        :param list values: stored values, one for each record
        :param set varying: names of the fields that differ from record to record
        """
        linked = field.type in ("many2one", "many2one_reference")
        linked = linked and self.pool.field_inverses[field]
        if field.type in ALIKE and field.name not in varying:
            cached = field.convert_to_cache(values[0], self[:1])
            field._update_cache(self, cached)
            if linked:
                field._update_inverses(self.with_env(self.env), cached)
            return
        cached = [
            None if value is NOTHING else field.convert_to_cache(value, record)
            for record, value in zip(self, values, strict=True)
        ]
        # As _update_cache() does for each record; none of them is modified yet.
        field._get_cache(self.env).update(zip(self._ids, cached, strict=True))
        if linked:
            groups = defaultdict(list)
            for own, value, link in zip(self._ids, values, cached, strict=True):
                if value is not NOTHING:
                    groups[link].append(own)
            for link, ids in groups.items():
                field._update_inverses(self.browse(ids), link)

    def _create_copied_links(self, table, data_list):
        """Store fields that have no column, or more than one.

        :param table: ``ValueTable`` of the stored values
        :param list data_list: what ``_create()`` was called with
        """
        fields = [self._fields[name] for name in table.columns]
        fields = [f for f in fields if not f.column_type or f.type == "properties"]
        context = clean_context(self.env.context)
        others = self.with_context(context)  # pylint: disable=context-overridden
        for field in sorted(fields, key=attrgetter("_sequence")):
            pairs = [
                (other, data["stored"][field.name])
                for other, data in zip(others, data_list, strict=True)
                if field.name in data["stored"]
            ]
            if field.type == "properties":
                self.env.remove_to_compute(field, self)
                pairs = [pair for pair in pairs if _changes_labels(pair[1])]
            field.create(pairs)
        if fields:
            self.modified([field.name for field in fields], create=True)


def _changes_labels(value):
    """:return: bool, whether additional data include labels, which are stored
    elsewhere; values without labels are already stored"""
    items = value if isinstance(value, list) else []
    return any(
        i.get("definition_changed") or i.get("definition_deleted") for i in items
    )
