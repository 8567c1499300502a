import json
from contextlib import closing
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...importer.rows.columns import STANDARD
from ...tools.stored_field import stored_field
from ..common_import import ImportCase

FOLDER = Path(__file__).parents[1] / "fixtures" / "csv"
FIELDS = {column.key: column.field for column in STANDARD}
#: what no column of a file can fill, and the tables that no file can fill
UNTOUCHED = ("user_ids", "parent_id", "child_ids", "bank_ids", "barcode", "signup_type")
TABLES = ("res.users", "res.company", "res.groups", "res.partner.bank", "res.country")


@tagged("post_install", "-at_install")
class TestImportFiles(ImportCase):
    """Imports with Odoo the same odd files as the unit tests of the import engine."""

    def test_each_odd_file_ends_as_expected_in_check_and_run(self):
        paths = sorted(FOLDER.glob("*.csv"))
        self.assertGreaterEqual(len(paths), 100)
        for path in paths:
            expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            with self.subTest(path.stem), closing(self.cr.savepoint()):
                self._test_file(path, expected)
            self.env.invalidate_all(flush=False)
            self.env.transaction.clear()

    def _test_file(self, path, expected):
        given = expected.get("given", {})
        given["column_mapping"] = given.pop("mapping", False)
        before = self._count()
        encoding = given.pop("encoding", False)
        record = self.make(path.read_bytes(), **given)
        record.encoding = encoding
        record.check()
        self.assertEqual(self._count(), before, "a check makes nothing")
        if "import" not in expected:
            self.assertEqual(record.state, "failed")
            self.assertEqual(record.problem_ids.mapped("code"), [expected["problem"]])
            self.assertTrue(record.problem_ids.message)
            return
        self._assert_outcome(record, expected["import"])
        with mute_logger("odoo.sql_db"):
            record.run()
        self._assert_outcome(record, expected["import"])
        after = self._count()
        made = after.pop("res.partner") - before.pop("res.partner")
        self.assertEqual(made, record.created_count, "one partner for each new client")
        self.assertEqual(after, before, "an import makes clients and nothing else")
        self._assert_clients(record, expected["import"])

    def _count(self):
        """:return: dict: model -> number of records, regardless of access rights"""
        return {
            model: self.env[model].sudo().with_context(active_test=False)
            .search_count([])
            for model in ("res.partner", *TABLES)
        }  # fmt: skip

    def _assert_outcome(self, record, expected):
        self.assertEqual(list(self.counts(record)), expected["counts"])
        self.assertEqual(sum(self.counts(record)), record.row_count)
        problems = [[problem.line, problem.code] for problem in record.problem_ids]
        # Warnings about the whole file are not about a step of a single row.
        known = [*expected.get("problems", []), *expected.get("said", [])]
        self.assertEqual(sorted(problems), sorted(known))
        self.assertTrue(all(record.problem_ids.mapped("message")))
        if "columns" in expected:
            summary = record.columns_summary
            found = [f"{column['role']}:{column['key']}" for column in summary]
            self.assertEqual(found, expected["columns"])

    def _assert_clients(self, record, expected):
        clients = self._get_clients(record)
        self.assertEqual(bool(clients), bool(record.created_count))
        for client in clients:
            self.assertEqual(client.company_id, record.company_id)
            self.assertFalse(any(client[name] for name in UNTOUCHED))
        labels = self.env["client.import.columns"]._get_labels()
        names = {item["string"]: name for name, _label, item in labels.values()}
        for reference, values in expected.get("clients", {}).items():
            client = self.client(reference)
            self.assertEqual(len(client), 1, reference)
            for key, value in values.items():
                if key.startswith("+"):
                    found = client.client_properties._values.get(names[key[1:]], "")
                else:
                    field = client._fields[FIELDS[key]]
                    stored = stored_field(field)
                    raw = stored.from_record(client, field.name)
                    [found] = stored.to_values([raw])
                if key == "name":
                    value = self.kept_name(value)
                self.assertEqual(found, value, key)

    def _get_clients(self, record):
        journal = self.env["client.import.change"].sudo()
        return journal.search([("import_id", "=", record.id)]).partner_id
