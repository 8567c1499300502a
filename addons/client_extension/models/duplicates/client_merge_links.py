import json

import psycopg2

from odoo import api, models
from odoo.tools import SQL, mute_logger

from ...tools.halves import in_halves
from ...tools.record_links import (
    get_generic_links,
    get_property_links,
    get_reference_links,
)
from ..labels.res_partner_properties import PROPERTIES

#: what Odoo's merge moves itself, by the ORM, and no unique index prevents
MOVED_BY_ODOO = ("ir.attachment", "ir.model.data", "mail.activity", "mail.message")


class ClientMergeLinks(models.AbstractModel):
    """Moves links to merged partners that Odoo's merge leaves or drops.

    Odoo moves foreign keys, and five models that refer to a record by model and id.
    Where a unique index refuses one row, it deletes the rows of all. Here each row is
    moved that can be, and only those that would be there twice are deleted.
    """

    _name = "client.merge.links"
    _description = "Links to Merged Clients"

    @api.model
    def _move(self, sources, partner):
        """Put a partner in the place of others, before Odoo's merge does.

        :param sources: ``res.partner`` that are about to be deleted
        :param partner: ``res.partner`` that is kept
        """
        self.env.flush_all()
        for table, column in self._get_unique_foreign_keys():
            self._move_rows(table, column, SQL(), sources, partner)
        for link in get_generic_links(self.env):
            if link.model in MOVED_BY_ODOO:
                continue
            of_partners = SQL(
                "AND %s = 'res.partner'", SQL.identifier(link.model_column)
            )
            moved = (link.table, link.id_column, of_partners, sources, partner)
            if ids := self._move_rows(*moved):
                # Recompute what an add-on computes from it.
                self.env[link.model].browse(ids).modified([link.id_column])
        self._move_references(sources, partner)
        self._move_properties(sources, partner)
        self.env.invalidate_all()

    @api.model
    def _get_unique_foreign_keys(self):
        """:return: list of pairs (table, column) that refer to a partner and are part
        of a unique index, so that moving them can be refused; the tables of contacts,
        former references and duplicates are empty of merged partners by then"""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT cls.relname, att.attname
                  FROM pg_constraint AS con
                  JOIN pg_class AS cls ON cls.oid = con.conrelid
                  JOIN pg_attribute AS att
                    ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
                  JOIN pg_index AS idx
                    ON idx.indrelid = con.conrelid AND idx.indisunique
                   AND att.attnum = ANY(idx.indkey)
                 WHERE con.contype = 'f'
                   AND con.confrelid = 'res_partner'::regclass
                   AND cls.relnamespace = current_schema::regnamespace
                 ORDER BY cls.relname, att.attname
                """
            )
        )
        return [key for key in rows if not key[0].startswith("base_partner_merge_")]

    @api.model
    def _move_rows(self, table, column, condition, sources, partner):
        """Move the rows of a table; delete those that a unique index refuses.

        :param condition: ``SQL`` that the rows fulfil, besides being of the sources
        :return: list of the ids of the rows that were moved, empty for a table
            without ids
        """
        names = {"table": SQL.identifier(table), "column": SQL.identifier(column)}
        rows = self.env.execute_query(
            SQL(
                "SELECT ctid FROM %(table)s WHERE %(column)s IN %(ids)s %(more)s",
                **names,
                ids=sources._ids,
                more=condition,
            )
        )
        places = [place for (place,) in rows]

        def update(part):
            return self._update_rows(names, part, partner)

        moved = []
        for part, ids, error in in_halves(self.env.cr, places, update):
            if isinstance(error, psycopg2.IntegrityError):
                # The partner that is kept has the same: nothing is lost.
                self.env.cr.execute(
                    SQL("DELETE FROM %s WHERE ctid = %s::tid", names["table"], part[0])
                )
            elif error:
                raise error
            else:
                moved += ids
        return moved

    @api.model
    def _update_rows(self, names, places, partner):
        """:return: list of the ids of the rows, see :meth:`_move_rows`"""
        with mute_logger("odoo.sql_db"):
            rows = self.env.execute_query(
                SQL(
                    "UPDATE %(table)s AS t SET %(column)s = %(partner)s"
                    " WHERE ctid = ANY(%(places)s::tid[])"
                    " RETURNING to_jsonb(t)->'id'",
                    **names,
                    partner=partner.id,
                    places=places,
                )
            )
        return [row_id for (row_id,) in rows if row_id]

    @api.model
    def _move_references(self, sources, partner):
        """Move stored references as text, those that an add-on computes too: Odoo's
        merge leaves them out, and what they are computed from may not change."""
        texts = tuple(f"res.partner,{source_id}" for source_id in sources.ids)
        for link in get_reference_links(self.env):
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(column)s = %(new)s"
                    " WHERE %(column)s IN %(old)s",
                    table=SQL.identifier(link.table),
                    column=SQL.identifier(link.column),
                    new=f"res.partner,{partner.id}",
                    old=texts,
                )
            )

    @api.model
    def _move_properties(self, sources, partner):
        """Move the links in the additional data and other properties of records."""
        for link in get_property_links(self.env, "res.partner"):
            names = {
                "table": SQL.identifier(link.table),
                "column": SQL.identifier(link.column),
            }
            rows = self.env.execute_query(
                SQL(
                    "SELECT id, %(column)s FROM %(table)s"
                    " WHERE id IN (SELECT linked.id FROM (%(linked)s) AS linked)",
                    **names,
                    linked=link.get_linked_sql(sources.ids),
                )
            )
            for row_id, values in rows:
                is_partner = link.model == "res.partner" and row_id == partner.id
                values = _replace(values, link.keys, sources.ids, partner.id)
                if is_partner:
                    # It would be linked to itself.
                    values = _replace(values, link.keys, [partner.id], None)
                self.env.cr.execute(
                    SQL(
                        "UPDATE %(table)s SET %(column)s = %(values)s"
                        " WHERE id = %(id)s",
                        **names,
                        values=json.dumps(values),
                        id=row_id,
                    )
                )

    @api.model
    def _get_unlinked(self, values, partners):
        """The additional data that a user chose for a merge, without links from one of
        the merged clients to another: these would end at a deleted record.

        :param dict values: key of the label -> value
        :param partners: ``res.partner`` that are merged, with the one that is kept
        :return: dict
        """
        links = get_property_links(self.env, "res.partner")
        own = (link for link in links if link.column == PROPERTIES)
        keys = [key for link in own for key in link.keys]
        return _replace(values, keys, partners.ids, None)


def _replace(values, keys, old, new):
    """Put one id in the place of others, in the values of a Properties field.

    :param dict values: key -> value, as stored
    :param keys: list of the keys of the links
    :param old: list of ids
    :param new: the id, or None to take them out
    :return: dict
    """
    replaced = dict(values)
    for key in values.keys() & set(keys):
        value = values[key]
        if isinstance(value, list):
            ids = (new if linked in old else linked for linked in value)
            replaced[key] = [one for one in dict.fromkeys(ids) if one is not None]
        elif value in old:
            replaced[key] = new if new is not None else False
    return replaced
