from odoo import api, models
from odoo.tools import SQL

from ..models.duplicates.res_partner_merge import COUNTED
from .client_merge_comparison import PREFIX

#: of a partner itself, or of what it did, and of no merge
UNSEEN = {*models.MAGIC_COLUMNS, "active", "color", "company_id", "message_bounce"}
LINKS = ("many2many", "one2many")


class ClientMergeComparison(models.AbstractModel):
    """What the page does not let one choose: every other field that differs.

    Odoo's merge decides it: what the kept client has stays, what it lacks comes from
    the first of the others who has it. What many partners can be linked to is kept
    from all of them.
    """

    _inherit = "client.merge.comparison"

    @api.model
    def _compare(self, partners):
        rows = [*self._get_others(partners), *self._get_other_labels(partners)]
        rows = [row for row in rows if len(set(row["cells"])) > 1]
        rows.sort(key=lambda row: row["name"].casefold())
        return {**super()._compare(partners), "others": rows}

    @api.model
    def _get_other_fields(self, partners):
        """Which fields are shown though nobody chooses them.

        :return: dict: name of a stored field that the user may read -> its label;
            overridden to leave out what means nothing to users
        """
        chosen = {
            n for _, names in partners._get_client_merge_rows().values() for n in names
        }
        wizard = self.env["base.partner.merge.automatic.wizard"]
        unseen = UNSEEN | chosen | COUNTED | {*wizard._get_summable_fields()}
        return {
            name: described["string"]
            for name, described in partners.fields_get(attributes=["string"]).items()
            if name not in unseen and _is_decided(partners._fields[name])
        }

    @api.model
    def _get_others(self, partners):
        names = self._get_other_fields(partners)
        fields_ = [partners._fields[name] for name in names]
        partners = partners.with_context(bin_size=True)
        # All at once, for all of them.
        partners.fetch([field.name for field in fields_ if field.column_type])
        own = self._get_own_values(
            partners, [f for f in fields_ if f.company_dependent]
        )
        for field in fields_:
            cells = []
            for partner in partners:
                # What all have who have nothing of their own is nobody's.
                is_own = field.name in own.get(partner.id, (field.name,))
                text = (
                    self._get_text(partner, field.name, [field.name]) if is_own else ""
                )
                cells.append((text, bool(is_own and partner[field.name])))
            row = self._prepare_row(field.name, names[field.name], cells)
            # Odoo leaves those alone that can be computed.
            yield {**row, "stays": bool(field.compute)}

    @api.model
    def _get_own_values(self, partners, fields_):
        """Who has a value of their own where companies have one for all.

        :param fields_: list of fields that depend on the company
        :return: dict: id -> set of the names of those that the partner has, and of
            all that do not depend on the company
        """
        if not (fields_ and partners):
            return {}
        partners.flush_recordset([field.name for field in fields_])
        key = str(self.env.company.id)
        has_own = SQL(", ").join(
            SQL("jsonb_exists(%s, %s)", SQL.identifier(field.name), key)
            for field in fields_
        )
        rows = self.env.execute_query(
            SQL("SELECT id, %s FROM res_partner WHERE id IN %s", has_own, partners._ids)
        )
        shared = partners._fields.keys() - {field.name for field in fields_}
        return {
            partner_id: shared
            | {f.name for f, has in zip(fields_, found, strict=True) if has}
            for partner_id, *found in rows
        }

    @api.model
    def _get_other_labels(self, partners):
        """:return: the rows of Odoo's own properties"""
        for field in partners._get_client_merge_properties():
            definition = field._get_properties_definition(partners[:1])
            stored = [partner[field.name]._values or {} for partner in partners]
            prefix = PREFIX.replace("client_properties", field.name)
            yield from self._get_property_rows(prefix, definition, stored)


def _is_decided(field):
    """:return: bool, whether a merge keeps one value of the field and drops others"""
    return (
        field.store
        and field.type not in (*LINKS, "properties", "json")
        and not (field.compute and field.readonly)
    )
