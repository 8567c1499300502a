import base64
from unittest.mock import patch

from odoo.tests import tagged

from ....models.imports import client_import_problem
from ....models.imports.engine import context
from ...common_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportSpeed(ImportCase):
    """An import costs queries per chunk, not per row."""

    def rows(self, count, city="Lyon"):
        return "reference;name;city;country;code SAP;category\n" + "".join(
            f"S{i:04};Client {i};{city};FR;{i:06};Test VIP\n" for i in range(count)
        )

    def queries(self, text):
        record = self.make(text)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        record.run()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, self.counts(record)

    def test_queries_of_new_clients(self):
        self.needs_batches()
        self.queries(self.rows(1))
        few, _counts = self.queries(self.rows(101))
        new, counts = self.queries(self.rows(301))
        self.assertEqual(counts, (200, 0, 101, 0, 0))
        self.assertLess(few, 100)
        self.assertLess(new, 100)

    def test_queries_of_clients_who_exist(self):
        self.queries(self.rows(301))
        changed, counts = self.queries(self.rows(301, city="Nice"))
        self.assertEqual(counts, (0, 301, 0, 0, 0))
        same, counts = self.queries(self.rows(301, city="Nice"))
        self.assertEqual(counts, (0, 0, 301, 0, 0))
        self.assertLess(changed, 100)
        self.assertLess(same, 70)

    def test_rejected_rows_are_read_some_at_a_time(self):
        """However many there are, at most a thousand of them are in memory."""
        bad = "".join(f"R{i:04};Bad {i};Lyon;Nowhere;;\n" for i in range(25))
        record = self.make(self.rows(5) + bad)
        read = []
        problems = type(self.env["client.import.problem"])
        errors = problems._get_errors

        def noted(self, client_import, lines):
            read.append(len(lines))
            return errors(self, client_import, lines)

        with (
            patch.object(problems, "_get_errors", noted),
            patch.object(client_import_problem, "ERRORS_READ", 10),
        ):
            record.run()
        self.assertEqual(read, [10, 10, 5])
        self.assertEqual(record.rejected_count, 25)
        text = base64.b64decode(record.rejects_file).decode("utf-8-sig")
        lines = text.splitlines()
        self.assertEqual(len(lines), 26)
        self.assertTrue(lines[1].startswith("R0000;Bad 0;Lyon;Nowhere;;;7;"))
        self.assertTrue(lines[-1].startswith("R0024;Bad 24;Lyon;Nowhere;;;31;"))

    def test_a_chunk_without_changes_costs_few_queries(self):
        text = "reference;name\n" + "".join(f"Q{i:03};Few {i}\n" for i in range(60))
        self.queries(text)
        with patch.object(context, "CHUNK", 20):
            three, counts = self.queries(text)
        self.assertEqual(counts, (0, 0, 60, 0, 0))
        with patch.object(context, "CHUNK", 10):
            six, _counts = self.queries(text)
        # the query that finds the clients
        self.assertLessEqual(six - three, 3)
