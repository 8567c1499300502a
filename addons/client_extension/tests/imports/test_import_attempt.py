import time
from contextlib import suppress
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.imports import client_import_change
from ...models.imports.background import client_import_attempt
from ...models.imports.engine import check, context
from ..common_undo import UndoCase
from ..common_worker import Killed, WorkerMixin

ROWS = "reference;name\n" + "".join(f"L{i:03};Client {i}\n" for i in range(25))
CRON = "odoo.addons.client_extension.models.imports.background.client_import_cron"


@tagged("post_install", "-at_install")
class TestImportAttempt(WorkerMixin, UndoCase):
    """What was begun and not finished is known, halved, and refused in the end."""

    def setUp(self):
        super().setUp()
        self.patch(context, "CHUNK", 16)
        self.patch(client_import_change, "CHUNK", 16)
        self.patch(check, "PACE", 0)
        self.env["client.import"].search([]).write(
            {"state": "cancelled", "task": False}
        )
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("client_extension.import_limit", 5)

    def cron(self, name):
        """Run a cron in a worker; a kill loses what it did since its last commit."""
        with self.worker("client.import", "_commit_attempt"):
            getattr(self.env["client.import"], f"_cron_{name}")()

    def crons(self, name, record, most=30):
        """:return: number of workers that were killed until the task ended"""
        for killed in range(most):
            with suppress(Killed):
                self.cron(name)
                return killed
        self.fail(f"the task goes on: {record.task_done} of {record.task_total}")

    def kill_at(self, model, method, is_slow, error=Killed):
        """Stop a worker in a method when it gets something slow."""
        models = type(self.env[model])
        original = getattr(models, method)

        def slow(records, *args):
            if is_slow(records, *args):
                raise error
            return original(records, *args)

        self.patch(models, method, slow)

    def slow_row(self, error=Killed):
        def is_slow(_records, vals_list):
            return any(vals.get("ref") == "L009" for vals in vals_list)

        self.kill_at("res.partner", "_create_imported", is_slow, error)

    def test_a_row_that_is_too_slow_is_refused_by_name(self):
        self.slow_row()
        record = self.make(ROWS)
        record.enqueue()
        killed = self.crons("import", record)
        self.assertEqual(self.counts(record), (24, 0, 0, 0, 1))
        self.assertEqual(self.codes(record), [(11, "apply_time")])
        self.assertIn("takes too long", record.problem_ids.message)
        self.assertEqual(record.state, "done_with_problems")
        self.assertIn(b"L009", record.rejects_file and self.rejects(record))
        self.assertEqual(record.attempt_count, killed)
        self.assertLessEqual(killed, 7)
        self.assertIn("too long", record.last_error)
        self.assertFalse(record.attempt or record.retry_at)

    def rejects(self, record):
        with record._get_opener("rejects_file")() as stream:
            return stream.read()

    def test_the_attempts_are_shown_while_it_goes_on(self):
        self.slow_row()
        record = self.make(ROWS)
        record.enqueue()
        for _worker in range(2):
            with suppress(Killed):
                self.cron("import")
        self.assertEqual((record.state, record.attempt_count), ("running", 1))
        self.assertTrue(record.last_error)
        form = record.get_view(view_type="form")["arch"]
        for name in ("attempt_count", "last_error"):
            self.assertIn(f'name="{name}"', form)

    def test_a_lost_import_lets_the_others_go_first(self):
        self.slow_row()
        record = self.make(ROWS)
        other = self.make("reference;name\nL900;Other\n", is_shared=False)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.importer.company_ids |= company
        other.company_id = company
        record.enqueue()
        other.enqueue()
        with suppress(Killed):
            self.cron("import")
        self.assertEqual(other.state, "queued")
        with suppress(Killed):
            self.cron("import")
        self.assertEqual(other.state, "done")
        self.assertEqual(record.state, "running")

    def test_the_next_file_of_a_company_waits_for_the_one_before(self):
        self.slow_row()
        record, after = self.make(ROWS), self.make(ROWS, mode="update")
        (record | after).enqueue()
        for _worker in range(3):
            with suppress(Killed):
                self.cron("import")
        self.assertEqual((record.state, after.state), ("running", "queued"))

    @mute_logger(CRON)
    def test_a_statement_timeout_does_not_stop_the_others(self):
        quoted = "\nDETAIL:  secret\nCONTEXT: a row"
        self.slow_row(psycopg2.errors.QueryCanceled(f"statement timeout{quoted}"))
        record = self.make(ROWS)
        other = self.make("reference;name\nL900;Other\n")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.importer.company_ids |= company
        other.company_id = company
        record.enqueue()
        other.enqueue()
        with patch.object(self.env.cr, "rollback"):  # the savepoint of the chunk did
            self.cron("import")
            self.assertEqual((record.attempt_count, other.state), (1, "done"))
            self.assertEqual(record.last_error, "statement timeout")
            for _run in range(12):
                self.cron("import")
        self.assertEqual(self.counts(record), (24, 0, 0, 0, 1))

    def test_a_check_refuses_a_row_that_is_too_slow(self):
        self.patch(client_import_attempt, "FIRST", 16)
        self.kill_at(
            "client.import.resolve",
            "_resolve",
            lambda _model, _context, rows, _index: (
                "L009" in [r.reference for r in rows]
            ),
        )
        record = self.make(ROWS)
        record._make_task("check").enqueue()
        self.crons("check", record)
        self.assertEqual(record.state, "checked")
        self.assertEqual(self.counts(record), (24, 0, 0, 0, 1))
        self.assertEqual(self.codes(record), [(11, "apply_time")])
        self.assertEqual(len(record._get_matches()), 25)

    def test_an_undo_keeps_a_client_that_is_too_slow(self):
        record = self.run_import(ROWS)
        record.undo()
        self.kill_at(
            "client.import.undo",
            "_undo",
            lambda _model, changes: "Client 9 [L009]" in changes.mapped("label"),
        )
        self.crons("undo", record)
        self.assertEqual(record.state, "undone")
        self.assertEqual(record.kept_ids.label, "Client 9 [L009]")
        self.assertIn("longer than the server allows", record.kept_ids.reason)
        self.assertEqual(len(self.client("L009")), 1)
        self.assertFalse(self.client("L008"))

    def test_an_undo_keeps_a_name_that_is_too_slow_to_delete(self):
        lines = ROWS.splitlines()
        rows = (f"{line};Slow {n}" for n, line in enumerate(lines[1:]))
        record = self.run_import("\n".join([f"{lines[0]};category", *rows]))
        record.undo()
        self.kill_at(
            "res.partner.category",
            "unlink",
            lambda categories: "Slow 9" in categories.mapped("name"),
        )
        killed = self.crons("undo", record)
        self.assertEqual((record.state, record.task), ("undone", False))
        left = self.env["res.partner.category"].search([("name", "=like", "Slow %")])
        self.assertEqual(left.mapped("name"), ["Slow 9"])
        self.assertIn("names deleted: 24, kept: 1.", record.next_step)
        self.assertEqual(record.attempt_count, killed)
        self.assertFalse(self.client("L009"))

    def test_a_check_that_cannot_be_closed_is_refused(self):
        record = self.make(ROWS)
        record._make_task("check").enqueue()
        self.kill_at("client.import", "_find_unknown_values", lambda *args: True)
        self.crons("check", record)
        self.assertEqual((record.state, record.task), ("failed", False))
        self.assertEqual(record.problem_ids.code, "file_time")

    def test_corrections_refuse_a_row_that_is_too_slow(self):
        text = ROWS.replace("reference;name", "reference;name;email")
        text = "".join(
            f"{line};x\n" if ";email" not in line else f"{line}\n"
            for line in text.splitlines()
        )
        record = self.run_import(text)
        self.assertEqual(record.rejected_count, 25)
        fixed = self.rejects(record).decode().replace(";x;", ";x@example.com;")
        self.slow_row()
        record.correct(self.encode(fixed))
        self.crons("import", record)
        self.assertEqual(self.counts(record), (24, 0, 0, 0, 1))
        self.assertEqual(self.codes(record), [(11, "apply_time")])
        self.assertIn(b"L009", self.rejects(record))

    def test_a_file_that_cannot_be_read_in_time_is_refused(self):
        record = self.make(ROWS)
        record.enqueue()
        self.kill_at("client.import", "_note_file", lambda *args: True)
        self.assertEqual(self.crons("import", record), 3)
        self.assertEqual((record.state, record.task), ("failed", False))
        self.assertEqual(record.problem_ids.code, "file_time")

    def test_chunks_are_cut_by_time(self):
        self.patch(client_import_attempt, "FIRST", 4)
        self.patch(
            type(self.env["client.import"]), "_get_chunk_seconds", lambda record: 0.1
        )
        partners, sizes = type(self.env["res.partner"]), []
        create = partners._create_imported

        def slow(records, vals_list):
            sizes.append(len(vals_list))
            if len(sizes) < 3:
                time.sleep(0.05 * len(vals_list))
            return create(records, vals_list)

        self.patch(partners, "_create_imported", slow)
        record = self.make(ROWS)
        record.enqueue()
        self.cron("import")
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))
        self.assertEqual(sizes[0], 4)
        self.assertLessEqual(sizes[1], 2)
        self.assertFalse(record.attempt_count)
