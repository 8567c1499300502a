import logging

from odoo import api, models
from odoo.api import NewId
from odoo.tools import SQL

from odoo.addons.client_extension.tools.transient_error import is_transient

from ..tools.value_table import NOTHING, ValueTable

_logger = logging.getLogger(__name__)

#: types whose cached value has the form that ``create()`` takes
PLAIN_TYPES = {"boolean", "char", "date", "integer", "many2one", "selection", "text"}
LINKS = {"many2many", "one2many"}
#: where ``create()`` looks for the fields that it computed itself
PRECOMPUTED = "__precomputed__"


class ResPartner(models.Model):
    """Computes the computed fields of new clients before they are stored.

    Odoo stores a record, computes, and stores the result: PostgreSQL writes each row
    twice, with all of its indexes. Odoo's own solution to that is precomputed fields,
    which are computed on a record that is not stored yet. Here the same is done for
    computations whose code is all known. Each client is computed on its own record:
    none gets a value that was computed for another one.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _add_precomputed_values(self, vals_list):
        bulk = self._get_bulk()
        if bulk:
            self._add_computed_values(bulk, vals_list)
        # Odoo's own precomputed fields are either among them or still missing.
        return super()._add_precomputed_values(vals_list)

    @api.model
    def _get_precomputable_fields(self):
        """The fields that can be computed before the row is stored.

        :return: list of lists of fields, each computed by one method, without fields
            with an inverse, as Odoo would call it
        """
        closure = self._get_code_closure()
        by_method = {}
        for field in self._fields.values():
            if field.store and field.compute:
                by_method.setdefault(field.compute, []).append(field)
        return [
            fields
            for method, fields in by_method.items()
            if isinstance(method, str)
            and all(self._is_precomputable(field) for field in fields)
            and closure.is_known({method, *self._get_read_names(fields)})
        ]

    @api.model
    def _is_precomputable(self, field):
        """:return: bool, whether a field of this type can be computed beforehand"""
        return (
            field.type in PLAIN_TYPES
            and not field.inverse
            and not field.translate
            and not field.company_dependent
        )

    @api.model
    def _get_read_names(self, fields):
        """:return: set of the names on which some fields are declared to depend"""
        paths = [path for field in fields for path in self.pool.field_depends[field]]
        return {name for path in paths for name in path.split(".")[:1]}

    @api.model
    def _add_computed_values(self, bulk, vals_list):
        """Compute on records in memory that have the columns of the rows.

        :param bulk: ``Bulk``
        :param list vals_list: complete values; the computed ones are added to them
        """
        ids = self._draw_new_ids(len(vals_list))
        if not ids:
            return
        table = ValueTable(vals_list)
        # As in Odoo, a value given in the row is not computed.
        by_method = [
            fields
            for fields in bulk.fields
            if not any(field.name in table.columns for field in fields)
        ]
        computed = {field for fields in by_method for field in fields}
        records = self.browse(NewId() for _vals in vals_list)
        for vals, own in zip(vals_list, ids, strict=True):
            vals["id"] = own
        try:
            with self.env.cr.savepoint(flush=False):
                self._compute_on(bulk, records, table, vals_list, by_method)
        except Exception as error:
            if is_transient(error):
                raise
            # A computation needs what only a stored record has: leave it to Odoo.
            _logger.info("Clients cannot be computed before they are stored: %s", error)
            for field in computed:
                self.env.remove_to_compute(field, records)
            for vals in vals_list:
                for name in (*(field.name for field in computed), "id", PRECOMPUTED):
                    vals.pop(name, None)
            return
        # Constraints are checked for the columns that are stored.
        for name in self._get_checked_names() & {field.name for field in computed}:
            vals_list[0].setdefault(name, False)
        bulk.computed[ids] = {field for field in computed if not field.precompute}

    @api.model
    def _compute_on(self, bulk, records, table, vals_list, by_method):
        """Compute the fields of these methods on these records in memory."""
        # Otherwise Odoo creates them anew for each record.
        bulk.environments = [
            records.sudo().env,
            records.sudo().with_context({}).env,  # pylint: disable=context-overridden
        ]
        self._fill_new_cache(records, table)
        for fields in by_method:
            fields[0].compute_value(records)
            for field in fields:
                cache = field._get_cache(self.env)
                for vals, new_id in zip(vals_list, records._ids, strict=True):
                    value = cache.get(new_id)
                    if value is not None:
                        # The only new client that it can refer to is itself.
                        vals[field.name] = vals["id"] if value is new_id else value
                    elif field.precompute:
                        vals[field.name] = False
                    if field.precompute:
                        vals.setdefault(PRECOMPUTED, set()).add(field)

    @api.model
    def _draw_new_ids(self, count):
        """Draw the ids of the new rows in advance, as a client may refer to itself.

        :return: tuple of ids, empty if PostgreSQL generates them in another way
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
    def _fill_new_cache(self, records, table):
        """Give records in memory the columns that the rows will have.

        :param records: new records, one for each row
        :param table: ``ValueTable`` of the rows, defaults included
        """
        for field in self._fields.values():
            values = table.columns.get(field.name)
            if not field.store or field.type == "properties":
                continue
            if values is None:
                # Computed fields are computed when they are read.
                if not field.compute:
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
        """:return: set of names of the fields that constraints check"""
        return {
            name for check in self._constraint_methods for name in check._constrains
        }

    @api.private
    def modified(self, fnames, create=False, before=False):
        bulk = self._get_bulk() if create else None
        computed = bulk and bulk.computed.get(self._ids)
        if not computed:
            return super().modified(fnames, create, before)
        # As Odoo does for precomputed fields.
        with self.env.protecting(computed, self):
            return super().modified(fnames, create, before)
