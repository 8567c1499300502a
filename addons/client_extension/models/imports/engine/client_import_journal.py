from psycopg2.extras import Json

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ....tools.setting_number import get_days

#: fields that change on their own, or with every write
VOLATILE = {
    "calendar_last_notif_ack",
    "client_line_removed",
    "create_date",
    "create_uid",
    "customer_rank",
    "id",
    "message_bounce",
    "partner_latitude",
    "partner_longitude",
    "signup_type",
    "supplier_rank",
    "write_date",
    "write_uid",
}
PARAMETER = "client_extension.journal_days"
CLEAR_CHUNK = 10_000


class ClientImportJournal(models.AbstractModel):
    """Logs what an import changes, so that it can be undone.

    Columns are compared, not the values that were written: what an add-on computes or
    sets along with them is part of the change. PostgreSQL does all of it, which for a
    new client takes a twentieth of the time of its ``create()``.
    """

    _name = "client.import.journal"
    _description = "Client Import Change Log"

    # Notes

    @api.model
    def _get_snapshots(self, ids):
        """The stored values of some partners.

        :param ids: list of ids of ``res.partner``
        :return: dict: id -> dict of the columns that are not empty, as JSON has them;
            in the order of the ids
        """
        self.env["res.partner"].flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT p.id, %s FROM res_partner AS p WHERE p.id = ANY(%s)",
                self._get_snapshot_sql(),
                list(ids),
            )
        )
        found = dict(self.env.cr.fetchall())
        return {partner_id: found[partner_id] for partner_id in ids}

    @api.model
    def _note_created(self, client_import, partners):
        """Write a line of the change log for each new client.

        :param client_import: the ``client.import``
        :param partners: the new ``res.partner`` records
        """
        if not partners:
            return
        self.env["res.partner"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO client_import_change
                       (import_id, partner_id, partner_key, kind, label, new_values)
                SELECT %s, p.id, p.id, 'created', %s, %s
                  FROM res_partner AS p
                 WHERE p.id = ANY(%s)
                 ORDER BY p.id
                """,
                client_import.id,
                self._get_label_sql(),
                self._get_snapshot_sql(),
                partners.ids,
            )
        )

    @api.model
    def _note_updated(self, client_import, before):
        """Write a line of the change log for each client that was changed.

        :param client_import: the ``client.import``
        :param before: what :meth:`_get_snapshots` returned before the change
        """
        after = self._get_snapshots(list(before))
        # SQL: the ORM would take as long as the change itself.
        self.env.cr.execute_values(
            """
            INSERT INTO client_import_change
                   (import_id, partner_id, partner_key, kind, label,
                    old_values, new_values)
            VALUES %s
            """,
            [
                (
                    client_import.id,
                    partner_id,
                    partner_id,
                    "updated",
                    self._get_label(after[partner_id]),
                    *map(Json, _get_difference(old, after[partner_id])),
                )
                for partner_id, old in before.items()
            ],
        )

    # Columns

    @api.model
    def _get_journal_fields(self):
        """The fields of a partner that the change log keeps.

        :return: set of names of stored fields that are not computed from others;
            overridden by bridges to leave out what changes on its own
        """
        return {
            name
            for name, field in self.env["res.partner"]._fields.items()
            if field.store
            and field.column_type
            and not field.translate
            and not (field.compute and field.readonly)
            and name not in VOLATILE
        } | {field.name for field in self._get_journal_links()}

    @api.model
    def _get_journal_links(self):
        """:return: list of the many2many fields of a partner that a column fills"""
        partner_fields = self.env["res.partner"]._fields
        columns = self.env["client.import.columns"]._get_import_columns()
        found = (partner_fields[column.field] for column in columns)
        return [field for field in found if field.type == "many2many" and field.store]

    @api.model
    def _get_snapshot_sql(self):
        """:return: ``SQL``, the kept columns of ``p`` as one JSON value"""
        links = self._get_journal_links()
        linked = [
            SQL(
                "(SELECT jsonb_agg(r.%(other)s ORDER BY r.%(other)s)"
                " FROM %(table)s AS r WHERE r.%(own)s = p.id) AS %(name)s",
                name=SQL.identifier(field.name),
                other=SQL.identifier(field.column2),
                table=SQL.identifier(field.relation),
                own=SQL.identifier(field.column1),
            )
            for field in links
        ]
        names = self._get_journal_fields() - {field.name for field in links}
        columns = [SQL.identifier("p", name) for name in sorted(names)]
        # A row of only these columns: removing keys from JSON takes twice the time.
        return SQL(
            "jsonb_strip_nulls(to_jsonb((SELECT kept FROM (SELECT %s) AS kept)))",
            SQL(", ").join(columns + linked),
        )

    @api.model
    def _get_label_sql(self):
        return SQL("concat_ws(' ', p.name, '[' || p.ref || ']')")

    @api.model
    def _get_label(self, snapshot):
        reference = snapshot.get("ref")
        parts = (snapshot.get("name"), reference and f"[{reference}]")
        return " ".join(filter(None, parts))

    # Cron

    @api.model
    def _cron_clear(self):
        """Delete the change logs that are older than the setting allows."""
        self._expire()
        commit = self.env["ir.cron"]._commit_progress
        # Superuser: users have no write access to the change log.
        changes = self.env["client.import.change"].sudo()
        domain = [("import_id.journal_cleared", "=", True)]
        self.env["client.import.name"].sudo().search(domain).unlink()
        remaining = changes.search_count(domain)
        # A log is marked before its first line is deleted, so that a partial log
        # is never taken for a complete one.
        commit(remaining=remaining)
        while batch := changes.search(domain, limit=CLEAR_CHUNK):
            batch.unlink()
            remaining = max(remaining - len(batch), 0)
            if not commit(len(batch), remaining=remaining):
                break

    @api.model
    def _expire(self):
        # Superuser: how long change logs are kept is not confidential.
        days = get_days(self.env, PARAMETER, 90)
        if days <= 0:
            return
        retention = self.env["client.import.retention"]
        # Superuser: the logs of all users expire.
        imports = self.env["client.import"].sudo()
        kept = Domain("journal_cleared", "=", False)
        names = self.env["client.import.name"].sudo()
        of_kept = [("import_id.journal_cleared", "=", False)]
        noted = names._read_group(of_kept, ["import_id"])
        logged = Domain("change_ids", "!=", False)
        logged |= Domain("id", "in", [found.id for (found,) in noted])
        old = imports.search(retention._get_ended_domain(days) & kept & logged)
        old.journal_cleared = True


def _get_difference(before, after):
    """:return: pair of dicts: the columns that differ, before and after"""
    names = {
        name
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name)
    }
    return (
        {name: before[name] for name in names & before.keys()},
        {name: after[name] for name in names & after.keys()},
    )
