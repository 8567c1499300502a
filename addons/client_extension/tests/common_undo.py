"""What the tests of the undo share."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.tools import SQL

from .common_import import ImportCase

#: what an undo cannot restore
ALWAYS_NEW = ["write_date", "write_uid"]


class UndoCase(ImportCase):
    """Reads the table of partners directly from PostgreSQL."""

    def dump(self, *ids):
        """:return: dict: id -> every stored column of that partner, and its tags

        Without ids, of every partner there is.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT p.id, (to_jsonb(p) - %s::text[]) || jsonb_build_object(
                    'tags', (SELECT jsonb_agg(category_id ORDER BY category_id)
                               FROM res_partner_res_partner_category_rel r
                              WHERE r.partner_id = p.id))
                  FROM res_partner p
                 WHERE %s
                """,
                ALWAYS_NEW,
                SQL("p.id = ANY(%s)", list(ids)) if ids else SQL("TRUE"),
            )
        )
        return dict(self.env.cr.fetchall())

    def assert_undone(self, before, after):
        """Check that every partner is back, with every column as before."""
        self.assertEqual(before.keys(), after.keys())
        for partner_id, columns in before.items():
            self.assertEqual(columns, after[partner_id])

    def changes(self, record, **values):
        """:return: the records of the change log with these values"""
        changes = self.env["client.import.change"]
        domain = [(name, "=", value) for name, value in values.items()]
        return changes.search([("import_id", "=", record.id), *domain])

    def outcomes(self, record):
        """:return: list of (name, outcome, reason) that the undo listed"""
        kept = self.changes(record).filtered(
            lambda change: change.outcome in ("kept", "archived")
        )
        return [(change.label, change.outcome, change.reason_code) for change in kept]

    @contextmanager
    def committing(self, answer=None):
        """Run a cron without committing; ``answer`` replaces Odoo's commit."""
        commits = []

        def committed(cron, processed=0, **kwargs):
            self.env.flush_all()
            commits.append(processed)
            return answer(len(commits)) if answer else 60.0

        model = type(self.env["ir.cron"])
        with patch.object(model, "_commit_progress", committed):
            yield commits
