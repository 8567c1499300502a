from odoo import api, models
from odoo.exceptions import UserError

from ....tools.chunk_memo import ChunkMemo

#: in the context of one ``create()`` of an import; an object, which nobody can send
#: from outside
MEMO = "client_import_memo"
OWN = "odoo.addons.client_extension."
BASE = "odoo.addons.base."


class ResPartner(models.Model):
    """Makes many clients at once cheap, and nothing about them different.

    What Odoo asks again for each new record, though the answer is the same for a
    thousand of them, is asked a few times. Nothing of this acts outside an import, and
    where an add-on has its own word in a method, that is called as ever.
    """

    _inherit = "res.partner"

    @api.model
    def _create_with_import_memo(self, vals_list):
        """``create()``, which asks less often.

        :param list vals_list: values of new partners
        :return: ``res.partner`` recordset
        """
        memo = ChunkMemo(self)
        try:
            partners = self.with_context(**{MEMO: memo}).create(vals_list)
        finally:
            memo.forget()
        return partners.with_env(self.env)

    @api.model
    def _get_import_memo(self, method, *owners):
        """The memo, where that method is not that of an add-on.

        :param str method: name of a method
        :param owners: prefixes of the Python modules which may define it
        :return: ``ChunkMemo``, or None
        """
        memo = self.env.context.get(MEMO)
        if type(memo) is ChunkMemo and memo.is_plain(method, *owners, OWN):
            return memo
        return None

    # Defaults

    @api.model
    def default_get(self, fields):
        memo = self.env.context.get(MEMO)
        if not isinstance(memo, ChunkMemo):
            return super().default_get(fields)
        known = memo.repeated(("default_get", self.env, frozenset(fields)))
        if not known.is_known:
            values = super().default_get(fields)
            known.add(values)
            return values
        values = known.get()
        if known.changing:
            values.update(super().default_get(sorted(known.changing)))
        return values

    @api.model
    def _add_missing_default_values(self, values):
        memo = self._get_import_memo("_add_missing_default_values")
        if not memo:
            return super()._add_missing_default_values(values)
        properties = memo.once("properties", self._get_properties_fields)
        filled = [field for field in properties if values.get(field.name)]
        definitions = [values.get(field.definition_record) for field in properties]
        known = memo.repeated(("missing", self.env, *values, *definitions, *filled))
        if not known.is_known or known.changing:
            complete = super()._add_missing_default_values(values)
            if not known.is_known:
                given = values.keys() - {field.name for field in properties}
                given.update(field.name for field in filled)
                known.add({k: v for k, v in complete.items() if k not in given})
            return complete
        missing = known.get()
        complete = {**missing, **values}
        for field in properties:
            if field in filled:
                complete[field.name] = field._add_default_values(self.env, complete)
            else:
                complete[field.name] = missing[field.name]
        return complete

    @api.model
    def _get_properties_fields(self):
        return [field for field in self._fields.values() if field.type == "properties"]

    def _fields_sync(self, values):
        if (
            self._get_import_memo("_fields_sync", BASE)
            and self._get_import_memo("_children_sync", BASE)
            and not self.parent_id
            and not self.child_ids
        ):
            # nothing between which it could carry values
            return None
        return super()._fields_sync(values)

    # Checks

    def _validate_fields(self, field_names, excluded_names=()):
        # ``create()`` asks for each record, mostly about no field at all
        if not field_names and self._get_import_memo("_validate_fields"):
            return None
        return super()._validate_fields(field_names, excluded_names)

    def _check_company(self, fnames=None):
        """Check one record of those that have the same company and the same links."""
        memo = self._get_import_memo("_check_company")
        if not memo or len(self) < 2:
            return super()._check_company(fnames)
        names = memo.once("companies", self._get_checked_links)
        # Superuser, as in Odoo's own check: links are compared, none is shown.
        partners = self.sudo()
        links = zip(*(partners._get_import_links(name) for name in names), strict=True)
        first = dict(zip(links, self._ids, strict=True))
        try:
            return super(ResPartner, self.browse(first.values()))._check_company(fnames)
        except UserError:
            # to name the first of all that are at fault
            return super()._check_company(fnames)

    @api.model
    def _get_checked_links(self):
        """:return: list of names of fields that Odoo holds against the company"""
        return [
            "company_id",
            *(
                name
                for name, field in self._fields.items()
                if field.relational and field.check_company
            ),
        ]

    def _get_import_links(self, name):
        """:return: list of what each of these new records links, as keys of a dict"""
        field = self._fields[name]
        cache = field._get_cache(self.env)
        if not field.compute and cache.keys() >= set(self._ids):
            return [cache[partner_id] for partner_id in self._ids]
        return [partner[name]._ids for partner in self]
