from odoo import api, models
from odoo.tools import SQL

from ....tools.record_links import (
    get_company_links,
    get_generic_links,
    get_property_links,
    get_reference_links,
)
from ...labels.client_label import EMPTY
from ...labels.res_partner_properties import PROPERTIES


class ClientImportUsage(models.AbstractModel):
    """Finds what refers to a client, or to a name, that an undo would delete.

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
        keys = self._get_keys()
        uses = {}
        for partner_id, table, column in self._find_uses(partners, keys, apart):
            uses.setdefault(partner_id, set()).add(self._get_model(table, column))
        return uses

    @api.model
    def _get_used(self, records):
        """Which labels, categories or sources something refers to.

        :param records: recordset
        :return: set of ids. Overridden by bridges that know of a use without a foreign
            key
        """
        found = self._find_uses(records, self._get_foreign_keys(records._table))
        used = {record_id for record_id, _table, _column in found}
        if records._name == "client.label":
            used |= self._get_used_labels(records)
        return used

    @api.model
    def _get_used_labels(self, labels):
        """:return: set of ids of the labels with a value on a client, or in a filter"""
        ids = dict(labels.mapped(lambda label: (label.key, label.id)))
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT value.key
                  FROM res_partner
                  CROSS JOIN LATERAL jsonb_each(client_properties) AS value
                 WHERE client_properties ?| %(keys)s AND value.key = ANY(%(keys)s)
                   AND value.value::text <> ALL(%(empty)s)
                """,
                keys=list(ids),
                empty=EMPTY,
            )
        )
        used = {ids[key] for (key,) in self.env.cr.fetchall()}
        # Superuser: a filter of any user counts as a use.
        filters = self.env["ir.filters"].sudo().with_context(active_test=False)
        mentions = filters.search(
            ["|", ("domain", "ilike", PROPERTIES), ("context", "ilike", PROPERTIES)]
        )
        text = " ".join(f"{one.domain} {one.context}" for one in mentions)
        return used | {ids[key] for key in ids if f"{PROPERTIES}.{key}" in text}

    @api.model
    def _find_uses(self, records, keys, apart=None):
        """What refers to these records, in one query.

        :param records: recordset
        :param keys: list of pairs (table, column): the foreign keys that count
        :param dict apart: table -> ids of records that do not count
        :return: list of triples (id of a record, table, column or an empty text)
        """
        self.env.flush_all()
        env, superuser = self.env, self.sudo().env
        queries = [
            *(
                self._get_foreign_key_sql(*key, records, (apart or {}).get(key[0]))
                for key in keys
            ),
            *(self._get_generic_sql(link, records) for link in get_generic_links(env)),
            *(
                self._get_reference_sql(link, records)
                for link in get_reference_links(env)
            ),
            *(
                self._get_company_sql(link, records)
                for link in get_company_links(env, records._name)
            ),
            *(
                self._get_property_sql(link, records)
                for link in get_property_links(superuser, records._name)
            ),
        ]
        # SQL ignores access rights: records hidden from the user count as uses too.
        env.cr.execute(SQL(" UNION ALL ").join(queries))
        return env.cr.fetchall()

    @api.model
    def _get_foreign_keys(self, name):
        """:return: list of pairs (table, column) that refer to a table"""
        self.env.cr.execute(
            SQL(
                """
                SELECT cls.relname, att.attname
                  FROM pg_constraint AS con
                  JOIN pg_class AS cls ON cls.oid = con.conrelid
                  JOIN pg_attribute AS att
                    ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
                 WHERE con.contype = 'f' AND con.confrelid = %s::regclass
                """,
                name,
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _get_keys(self):
        """:return: list of pairs (table, column) that refer to a partner"""
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
        return [key for key in self._get_foreign_keys("res_partner") if key not in own]

    @api.model
    def _get_foreign_key_sql(self, table, column, records, apart=None):
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
            ids=records.ids,
            other=itself if table == records._table else SQL(),
            apart=left_out,
        )

    @api.model
    def _get_generic_sql(self, link, records):
        return SQL(
            "SELECT DISTINCT t.%(column)s, %(table_name)s, ''"
            " FROM %(table)s AS t"
            " WHERE t.%(model)s = %(name)s AND t.%(column)s = ANY(%(ids)s)",
            table=SQL.identifier(link.table),
            column=SQL.identifier(link.id_column),
            model=SQL.identifier(link.model_column),
            name=records._name,
            table_name=link.table,
            ids=records.ids,
        )

    @api.model
    def _get_reference_sql(self, link, records):
        return SQL(
            "SELECT DISTINCT split_part(t.%(column)s, ',', 2)::int, %(table_name)s, ''"
            " FROM %(table)s AS t"
            " WHERE t.%(column)s = ANY(%(texts)s)",
            table=SQL.identifier(link.table),
            column=SQL.identifier(link.column),
            table_name=link.table,
            texts=[f"{records._name},{record_id}" for record_id in records.ids],
        )

    @api.model
    def _get_company_sql(self, link, records):
        return SQL(
            "SELECT DISTINCT used.value::int, %(table_name)s, ''"
            " FROM %(table)s AS t CROSS JOIN LATERAL jsonb_each(t.%(column)s) AS used"
            " WHERE CASE jsonb_typeof(used.value) WHEN 'number'"
            " THEN used.value::int = ANY(%(ids)s) ELSE FALSE END",
            table=SQL.identifier(link.table),
            column=SQL.identifier(link.column),
            table_name=link.table,
            ids=records.ids,
        )

    @api.model
    def _get_property_sql(self, link, records):
        itself = SQL("WHERE linked.id <> linked.linked")
        return SQL(
            "SELECT DISTINCT linked.linked, %(table_name)s, ''"
            " FROM (%(linked)s) AS linked %(other)s",
            linked=link.get_linked_sql(records.ids),
            table_name=link.table,
            other=itself if link.table == records._table else SQL(),
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
