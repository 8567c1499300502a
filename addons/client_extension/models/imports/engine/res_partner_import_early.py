import logging

from odoo import api, models
from odoo.api import NewId
from odoo.tools import SQL

from ....tools.chunk_memo import ChunkMemo
from ....tools.transient_error import is_transient
from ....tools.value_table import NOTHING
from .res_partner_import_chunk import OWNERS
from .res_partner_import_fast import MEMO

_logger = logging.getLogger(__name__)

#: types of which the cache holds what ``create()`` takes
PLAIN_TYPES = {"boolean", "char", "date", "integer", "many2one", "selection", "text"}
LINKS = {"many2many", "one2many"}


class ResPartner(models.Model):
    """Computes what is made of the columns of new clients before they are stored.

    Odoo stores a record, computes, and stores what came out of it: PostgreSQL writes
    each row twice, with all of its indexes. Odoo's own way round that are precomputed
    fields, which are computed on a record that is not stored yet. Here the same is
    done, for an import alone, with the computations that are known to bear it.
    """

    _inherit = "res.partner"

    @api.model
    def _get_early_fields(self, memo):
        """The fields that need not wait until the row is stored.

        :param memo: ``ChunkMemo``
        :return: list of pairs (list of fields that one method computes, set of names
            of what these may be made of), in the order in which they are computed;
            empty where an add-on wants to know of each computation
        """
        if not memo.is_plain("_compute_field_value", *OWNERS):
            return []
        early = {}
        for field in self._fields.values():
            method = field.compute
            if (
                field.store
                and not field.precompute
                and field.type in PLAIN_TYPES
                and isinstance(method, str)
                and memo.is_plain(method, *OWNERS)
            ):
                early.setdefault(method, []).append(field)
        found = [
            (fields, self._get_import_sources(fields)) for fields in early.values()
        ]
        # What is made of another one is made of more, and comes after it.
        return sorted(found, key=lambda pair: len(pair[1]))

    @api.model
    def _add_early_values(self, memo, table, vals_list, early):
        """Compute on records in memory, whose columns are those of the rows.

        :param memo: ``ChunkMemo``
        :param table: ``ValueTable`` of the values
        :param list vals_list: complete values; the computed ones are added to them
        :param list early: what :meth:`_get_early_fields` returned
        """
        ids = self._draw_import_ids(len(vals_list))
        if not ids:
            return
        # What came with the row is computed no more than Odoo would.
        early = [
            (fields, sources)
            for fields, sources in early
            if not any(field.name in table.columns for field in fields)
        ]
        computed = {field for fields, _sources in early for field in fields}
        records = self.browse(NewId() for _vals in vals_list)
        for vals, own in zip(vals_list, ids, strict=True):
            vals["id"] = own
        try:
            with self.env.cr.savepoint(flush=False):
                self._compute_import_values(memo, records, table, vals_list, early)
        except Exception as error:
            if is_transient(error):
                raise
            # An add-on looks at what only a stored record has: Odoo computes as ever.
            _logger.info("Clients cannot be computed before they are stored: %s", error)
            memo.answers["early"] = []
            for field in computed:
                self.env.remove_to_compute(field, records)
            for vals in vals_list:
                for name in ("id", *(field.name for field in computed)):
                    vals.pop(name, None)
            return
        checked = self._get_checked_names()
        # Constraints are asked for the columns that are stored.
        for name in checked.intersection(field.name for field in computed):
            vals_list[0].setdefault(name, False)
        memo.early[ids] = computed | self._get_empty_copies(table, checked)

    @api.model
    def _compute_import_values(self, memo, records, table, vals_list, early):
        """The same, once it is known what is computed, and on which records."""
        # Odoo makes them for each record, and they are gone before the next one asks.
        memo.environments += [
            records.sudo().env,
            records.sudo().with_context({}).env,  # pylint: disable=context-overridden
        ]
        computed = {field for fields, _sources in early for field in fields}
        self._fill_import_cache(records, table, self._get_import_dependencies(computed))
        for fields, sources in early:
            groups = table.get_groups(sources)
            fields[0].compute_value(records.browse(records._ids[g[0]] for g in groups))
            for field in fields:
                cache = field._get_cache(self.env)
                for group in groups:
                    _share_computed(field.name, cache, records._ids, group, vals_list)

    @api.model
    def _draw_import_ids(self, count):
        """The ids of the new rows: a client refers to itself.

        :return: tuple of ids, empty where PostgreSQL counts another way
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
                " FROM generate_series(1, %s)",
                self._table,
                count,
            )
        )
        return tuple(own for (own,) in rows if own)

    @api.model
    def _fill_import_cache(self, records, table, names):
        """Let records in memory have the columns that the rows will have.

        :param records: new records, one for each row
        :param table: ``ValueTable`` of the rows
        :param set names: of the fields that are looked at; another one that no row has
            is a default, and thus none, where somebody looks at it all the same
        """
        for field in self._fields.values():
            values = table.columns.get(field.name)
            if not field.store or field.type == "properties":
                continue
            if values is None:
                # What is computed is so when it is looked at.
                if field.name in names and not field.compute:
                    field._update_cache(records, () if field.type in LINKS else None)
            elif (
                field.name in table.varying
                and field.type in PLAIN_TYPES
                and not field.translate
            ):
                cached = (
                    field.convert_to_cache(
                        None if value is NOTHING else value, records, validate=False
                    )
                    for value in values
                )
                field._get_cache(self.env).update(
                    zip(records._ids, cached, strict=True)
                )
            else:
                for group in table.get_groups({field.name}):
                    alike = records.browse(records._ids[n] for n in group)
                    value = values[group[0]]
                    cached = field.convert_to_cache(
                        None if value is NOTHING else value, alike[0], validate=False
                    )
                    field._update_cache(alike, cached)

    @api.model
    def _get_checked_names(self):
        """:return: set of names of the fields that a constraint looks at"""
        return {
            name for check in self._constraint_methods for name in check._constrains
        }

    @api.model
    def _get_empty_copies(self, table, checked):
        """Smaller images of no image, which Odoo makes for each record.

        :param table: ``ValueTable`` of the rows
        :param checked: set of names of fields that a constraint looks at
        :return: set of fields, copies of one that no row has
        """
        return {
            field
            for field in self._fields.values()
            if field.type == "binary"
            and field.store
            and field.related in self._fields
            and not self._fields[field.related].compute
            and type(field).__module__.startswith("odoo.orm.")
            and not checked.union(table.columns) & {field.name, field.related}
        }

    @api.private
    def modified(self, fnames, create=False, before=False):
        memo = self.env.context.get(MEMO) if create else None
        early = isinstance(memo, ChunkMemo) and memo.early.get(self._ids)
        if not early:
            return super().modified(fnames, create, before)
        # as Odoo does it with what was precomputed
        with self.env.protecting(early, self):
            return super().modified(fnames, create, before)


def _share_computed(name, cache, new_ids, group, vals_list):
    """Give the rows of a group what was computed for the first of them.

    :param str name: of the field
    :param dict cache: what the field is on the records in memory
    :param tuple new_ids: ids of these
    :param list group: positions of the rows that have it in common
    :param list vals_list: values of all rows
    """
    first = new_ids[group[0]]
    value = cache.get(first)
    for position in group:
        new_id, vals = new_ids[position], vals_list[position]
        # the one client that it can know of is itself
        cache[new_id] = new_id if value is first else value
        if value is not None:
            vals[name] = vals["id"] if value is first else value
