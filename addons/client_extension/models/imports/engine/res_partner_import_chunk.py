from odoo import api, models
from odoo.fields import Command

from ....tools.value_table import ValueTable

#: modules whose computations look at the columns of a partner, and at nothing that it
#: has only when it is stored
OWNERS = (
    "odoo.addons.account_edi_ubl_cii.",
    "odoo.addons.base.",
    "odoo.addons.client_extension.",
    "odoo.addons.mail.",
    "odoo.addons.phone_validation.",
)
#: each record has another one, and nothing is made of it unless it is said so
TEXTS = {"char", "html", "properties", "text"}


class ResPartner(models.Model):
    """Looks at all rows of a chunk before the first of them is stored."""

    _inherit = "res.partner"

    @api.model
    def _add_precomputed_values(self, vals_list):
        memo = self._get_import_memo("_add_precomputed_values")
        if not memo:
            return super()._add_precomputed_values(vals_list)
        table = ValueTable(vals_list)
        sources = memo.once("precomputed", self._get_precomputed_sources, memo)
        if sources is None:
            super()._add_precomputed_values(vals_list)
        else:
            # once for rows that do not differ in what the fields depend on
            groups = [
                [vals_list[position] for position in positions]
                for positions in table.get_groups(sources)
            ]
            super()._add_precomputed_values([group[0] for group in groups])
            for group in groups:
                _share_precomputed(*group)
        self._drop_empty_links(table, vals_list)
        if early := memo.once("early", self._get_early_fields, memo):
            precomputed = set().union(
                *(v.get("__precomputed__", ()) for v in vals_list)
            )
            table.add(vals_list, [field.name for field in precomputed])
            self._add_early_values(memo, table, vals_list, early)
        return None

    @api.model
    def _get_precomputed_sources(self, memo):
        """:return: set of names of fields of which a precomputed one may be made; None
        when an add-on makes one, for nobody knows what it looks at"""
        fields = self._fields.values()
        computed = [f for f in fields if f.precompute and f.type != "properties"]
        for field in computed:
            method = field.compute
            if not isinstance(method, str) or not memo.is_plain(method, *OWNERS):
                return None
        return self._get_import_sources(computed)

    @api.model
    def _get_import_sources(self, computed):
        """What some computed fields may be made of.

        :param computed: collection of fields
        :return: set of names: whatever is no text, and the texts that they depend on
        """
        others = {f.name for f in self._fields.values() if f.type not in TEXTS}
        return others | self._get_import_dependencies(computed)

    @api.model
    def _get_import_dependencies(self, computed):
        """What some computed fields depend on.

        :param computed: collection of fields
        :return: set of names of fields of this model
        """
        todo, seen = list(computed), set(computed)
        names = set()
        while todo:
            for path in self.pool.field_depends[todo.pop()]:
                # A path may lead to the partner itself.
                for name in path.split("."):
                    field = self._fields.get(name)
                    if field is not None and field not in seen:
                        seen.add(field)
                        names.add(name)
                        todo.append(field)
        return names

    @api.model
    def _drop_empty_links(self, table, vals_list):
        """Leave out defaults that link nothing to a record that has no links.

        :param table: ``ValueTable`` of the rows
        :param list vals_list: complete values
        """
        checked = self._get_checked_names()
        for name in sorted(table.columns.keys() - table.varying - checked):
            field = self._fields.get(name)
            if (
                field is not None
                and field.type == "many2many"
                and not field.compute
                and not field.inverse
                and table.columns[name][0] == [Command.set([])]
            ):
                del table.columns[name]
                for vals in vals_list:
                    del vals[name]


def _share_precomputed(first, *others):
    """Give the other rows what was precomputed for the first one."""
    computed = first.get("__precomputed__", ())
    for vals in others if computed else ():
        vals.update({field.name: first[field.name] for field in computed})
        vals["__precomputed__"] = set(computed)
