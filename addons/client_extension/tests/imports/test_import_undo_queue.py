from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.imports import client_import_change
from ..common_undo import UndoCase

ROWS = "reference;name\n" + "".join(f"W{i:03};Client {i}\n" for i in range(25))


class Killed(BaseException):
    """A worker that stops half-way."""


@tagged("post_install", "-at_install")
class TestImportUndoQueue(UndoCase):
    """A long undo, chunk by chunk in the background."""

    def setUp(self):
        super().setUp()
        self.patch(client_import_change, "CHUNK", 10)
        self.env["client.import"].search([]).task = False
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("client_extension.import_limit", 5)

    def start(self, text=ROWS):
        self.before = self.dump()
        record = self.run_import(text)
        record.undo()
        self.assertTrue(record.task)
        self.assertIn(record.state, ("done", "done_with_problems"))
        return record

    def cron(self, answer=None):
        with self.committing(answer) as commits:
            self.env["client.import"]._cron_undo()
        return commits

    def test_chunks_are_committed(self):
        record = self.start()
        self.assertEqual((record.task_total, record.progress), (25, 0.0))
        self.assertEqual(len(self.client("W024")), 1, "nothing is done at once")
        self.assertEqual(self.cron(), [10, 10, 5, 0])
        self.assertEqual((record.state, record.task), ("undone", False))
        self.assert_undone(self.before, self.dump())

    def test_a_killed_worker_goes_on_where_it_stopped(self):
        record = self.start()

        def killed(count):
            if count == 2:
                raise Killed
            return 60.0

        with suppress(Killed):
            self.cron(killed)
        self.assertEqual((record.task_done, record.progress), (20, 80.0))
        self.assertEqual((record.state, record.task), ("done", "undo"))
        self.assertIn("Clients: 20 of 25", record.progress_note)
        self.assertEqual(self.cron(), [5, 0])
        self.assertEqual(record.state, "undone")
        self.assert_undone(self.before, self.dump())

    def test_time_that_is_over(self):
        record = self.start()
        self.cron(lambda count: 0.0)
        self.assertEqual((record.task_done, record.task), (10, "undo"))
        self.cron()
        self.assertEqual(record.state, "undone")

    def test_nothing_else_meanwhile(self):
        record = self.start()
        record.undo()
        for call in (record.run, lambda: record.correct("eA==")):
            with self.assertRaises(UserError):
                call()
        self.assertFalse(record.can_undo)
        self.cron()
        self.assertEqual(record.state, "undone")

    def test_a_client_that_comes_twice_is_never_in_one_chunk(self):
        again = ROWS.partition("\n")[2].replace("Client", "Customer")
        record = self.start(ROWS + again)
        self.assertEqual(record.task_total, 50)
        self.cron()
        self.assertEqual(record.state, "undone")
        self.assert_undone(self.before, self.dump())

    def test_a_busy_company_is_looked_at_again(self):
        record = self.start()
        with patch.object(type(record), "_try_lock", lambda record: False):
            self.cron()
        self.assertEqual((record.task_done, record.task), (0, "undo"))

    def test_an_undo_that_cannot_go_on_gives_way(self):
        broken, good = self.start(), self.start(ROWS.replace("W", "X"))
        rooms = type(self.env["client.import.undo"])
        undo = rooms._undo

        def fail(room, changes):
            if changes.import_id == broken:
                raise ZeroDivisionError("bug")
            return undo(room, changes)

        self.patch(rooms, "_undo", fail)
        with mute_logger(
            "odoo.addons.client_extension.models.imports.background.client_import_cron"
        ):
            self.cron()
        self.assertEqual((broken.state, broken.task), ("done", False))
        self.assertEqual(good.state, "undone")

    def test_in_the_name_of_who_asked(self):
        record = self.run_import(ROWS)
        record.with_user(self.users["manager"]).undo()
        self.assertEqual(record.actor_id, self.users["manager"])
        self.cron()
        self.assertEqual((record.state, record.user_id), ("undone", self.importer))

    def test_nobody_is_left_in_whose_name_it_could_go_on(self):
        record = self.run_import(ROWS)
        record.undo()
        record._as_engine().write({"actor_id": False, "user_id": False})
        self.cron()
        record = record.sudo()
        self.assertEqual((record.state, record.task), ("done", False))

    def test_queries(self):
        self.patch(client_import_change, "CHUNK", 500)
        head = "reference;name;city;code SAP\n"
        rows = "".join(f"W{i:03};Client {i};Lyon;{i}\n" for i in range(100))
        created = self.run_import(head + rows)
        updated = self.run_import(head + rows.replace("Lyon", "Nice"))
        self.assertEqual(self.counts(updated), (0, 100, 0, 0, 0))
        for record, ceiling in ((updated, 60), (created, 260)):
            record.undo()
            self.env.flush_all()
            self.env.invalidate_all()
            count = self.env.cr.sql_log_count
            self.cron()
            self.env.flush_all()
            self.assertEqual(record.state, "undone")
            self.assertLess(self.env.cr.sql_log_count - count, ceiling)
