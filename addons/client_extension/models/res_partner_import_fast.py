from odoo import api, models
from odoo.exceptions import UserError

from ..tools.chunk_memo import ChunkMemo

#: in the context of one ``create()`` of an import; an object, which nobody can send
#: from outside
MEMO = "client_import_memo"
BASE = "odoo.addons.base.models.res_partner"
#: each record has another one, and base computes nothing from it before it is stored
TEXTS = {"char", "html", "properties", "text"}


class ResPartner(models.Model):
    """Makes many clients at once cheap, and nothing about them different.

    What Odoo asks again for each new record, though the answer is the same for a
    thousand of them, is asked a few times. Nothing of this acts outside an import, and
    where an add-on has its own word in a method, that is called as ever.
    """

    _inherit = "res.partner"

    def _with_import_memo(self):
        """:return: the same recordset, whose ``create()`` asks less often"""
        return self.with_context(**{MEMO: ChunkMemo(self)})

    @api.model
    def _get_import_memo(self, method, *owners):
        """The memo, where that method is not that of an add-on.

        :param str method: name of a method
        :param owners: prefixes of the Python modules which may define it
        :return: ``ChunkMemo``, or None
        """
        memo = self.env.context.get(MEMO)
        if isinstance(memo, ChunkMemo) and memo.is_plain(method, *owners, __name__):
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
        asked = tuple(
            (values.get(field.definition_record), bool(values.get(field.name)))
            for field in properties
        )
        known = memo.repeated(("missing", self.env, frozenset(values), asked))
        filled = [field for field in properties if values.get(field.name)]
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

    # Precomputed fields

    @api.model
    def _add_precomputed_values(self, vals_list):
        """Compute once for rows that do not differ in what the fields depend on."""
        memo = self._get_import_memo("_add_precomputed_values")
        names = memo and memo.once("precomputed", self._get_precomputed_sources, memo)
        if not names:
            return super()._add_precomputed_values(vals_list)
        groups = {}
        for vals in vals_list:
            key = tuple(
                (name, repr(value)) for name, value in vals.items() if name in names
            )
            groups.setdefault(key, []).append(vals)
        super()._add_precomputed_values([group[0] for group in groups.values()])
        for first, *others in groups.values():
            computed = first.get("__precomputed__", ())
            for vals in others if computed else ():
                vals.update({field.name: first[field.name] for field in computed})
                vals["__precomputed__"] = set(computed)
        return None

    @api.model
    def _get_precomputed_sources(self, memo):
        """:return: set of names of fields of which a precomputed one may be made; None
        when an add-on makes one, for nobody knows what it looks at"""
        fields = self._fields.values()
        computed = [f for f in fields if f.precompute and f.type != "properties"]
        for field in computed:
            method = field.compute
            if not isinstance(method, str) or not memo.is_plain(method, BASE):
                return None
        names = {field.name for field in fields if field.type not in TEXTS}
        while computed:
            for path in self.pool.field_depends[computed.pop()]:
                field = self._fields[path.partition(".")[0]]
                if field.name not in names:
                    names.add(field.name)
                    computed.append(field)
        return names

    # Companies

    def _check_company(self, fnames=None):
        """Check one record of those that have the same company and the same links."""
        memo = self._get_import_memo("_check_company")
        if not memo or len(self) < 2:
            return super()._check_company(fnames)
        names = memo.once("companies", self._get_checked_links)
        # Superuser, as in Odoo's own check: links are compared, none is shown.
        first = {
            tuple(partner[name]._ids for name in names): partner.id
            for partner in self.sudo()
        }
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
