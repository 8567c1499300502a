from odoo import api, models
from odoo.tools import SQL

from ....tools.record_links import (
    get_generic_links,
    get_property_links,
    get_reference_links,
)


class ClientImportUsage(models.AbstractModel):
    """Finds what refers to a client that an undo would delete.

    Odoo silently deletes a client that has contacts, opportunities, notes or messages,
    and deletes these too or leaves them without a client. An undo must not.
    """

    _name = "client.import.usage"
    _description = "Usage of Imported Clients"

    @api.model
    def _get_uses(self, partners, apart=None):
        """What refers to these partners, in one query.

        :param partners: ``res.partner`` recordset
        :param dict apart: table -> ids of records that do not count
        :return: dict: id of a partner -> set of names of models, without the partners
            that nothing refers to. Overridden by bridges that know of a use without
            a foreign key
        """
        self.env.flush_all()
        queries = [
            *(
                self._get_foreign_key_sql(*key, partners, (apart or {}).get(key[0]))
                for key in self._get_keys()
            ),
            *(
                self._get_generic_sql(link, partners)
                for link in get_generic_links(self.env)
            ),
            *(
                self._get_reference_sql(link, partners)
                for link in get_reference_links(self.env)
            ),
            *(
                self._get_property_sql(link, partners)
                for link in get_property_links(self.env, "res.partner")
            ),
        ]
        # SQL ignores access rights: records hidden from the user count as uses too.
        self.env.cr.execute(SQL(" UNION ALL ").join(queries))
        uses = {}
        for partner_id, table, column in self.env.cr.fetchall():
            uses.setdefault(partner_id, set()).add(self._get_model(table, column))
        return uses

    @api.model
    def _get_keys(self):
        """:return: list of pairs (table, column) that refer to a partner"""
        self.env.cr.execute(
            SQL(
                """
                SELECT cls.relname, att.attname
                  FROM pg_constraint AS con
                  JOIN pg_class AS cls ON cls.oid = con.conrelid
                  JOIN pg_attribute AS att
                    ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
                 WHERE con.contype = 'f' AND con.confrelid = 'res_partner'::regclass
                """
            )
        )
        links = self.env["client.import.journal"]._get_journal_links()
        own = {(field.relation, field.column1) for field in links}
        own.add(("client_import_change", "partner_id"))
        # Being in the preview of a check is not a use.
        own.add(("client_import_preview", "partner_id"))
        # Being a detected or dismissed duplicate is not a use.
        own.update(
            (
                ("client_duplicate_group_res_partner_rel", "res_partner_id"),
                ("client_not_duplicate", "other_id"),
                ("client_not_duplicate", "partner_id"),
            )
        )
        return [key for key in self.env.cr.fetchall() if key not in own]

    @api.model
    def _get_foreign_key_sql(self, table, column, partners, apart=None):
        left_out = SQL("AND t.id <> ALL(%s)", apart) if apart else SQL()
        itself = SQL("AND t.id <> t.%s", SQL.identifier(column))
        return SQL(
            "SELECT DISTINCT t.%(column)s, %(table_name)s, %(column_name)s"
            " FROM %(table)s AS t"
            " WHERE t.%(column)s = ANY(%(ids)s) %(other)s %(apart)s",
            table=SQL.identifier(table),
            column=SQL.identifier(column),
            table_name=table,
            column_name=column,
            ids=partners.ids,
            other=itself if table == "res_partner" else SQL(),
            apart=left_out,
        )

    @api.model
    def _get_generic_sql(self, link, partners):
        return SQL(
            "SELECT DISTINCT t.%(column)s, %(table_name)s, ''"
            " FROM %(table)s AS t"
            " WHERE t.%(model)s = 'res.partner' AND t.%(column)s = ANY(%(ids)s)",
            table=SQL.identifier(link.table),
            column=SQL.identifier(link.id_column),
            model=SQL.identifier(link.model_column),
            table_name=link.table,
            ids=partners.ids,
        )

    @api.model
    def _get_reference_sql(self, link, partners):
        return SQL(
            "SELECT DISTINCT split_part(t.%(column)s, ',', 2)::int, %(table_name)s, ''"
            " FROM %(table)s AS t"
            " WHERE t.%(column)s = ANY(%(texts)s)",
            table=SQL.identifier(link.table),
            column=SQL.identifier(link.column),
            table_name=link.table,
            texts=[f"res.partner,{partner_id}" for partner_id in partners.ids],
        )

    @api.model
    def _get_property_sql(self, link, partners):
        itself = SQL("WHERE linked.id <> linked.linked")
        return SQL(
            "SELECT DISTINCT linked.linked, %(table_name)s, ''"
            " FROM (%(linked)s) AS linked %(other)s",
            linked=link.get_linked_sql(partners.ids),
            table_name=link.table,
            other=itself if link.table == "res_partner" else SQL(),
        )

    @api.model
    def _get_model(self, table, column):
        """:return: name of the model of a table, or the name of the table itself"""
        for name, model in self.env.items():
            if not model._abstract and model._table == table:
                return name
        for name, model in self.env.items():
            for field in model._fields.values():
                if field.type == "many2many" and field.store:
                    pair = (field.relation, field.column2)
                    if pair == (table, column) and name != "res.partner":
                        return name
        return table
