import json
from unittest.mock import MagicMock, patch

from odoo.tests import tagged

from odoo.addons.bus.models import ir_websocket

from ...models.clients.ir_websocket import BUS_CHANNEL, CHANNEL
from ...models.imports.background.client_import_notify import NOTICE
from ..common_import import ImportCase

ROWS = "reference;name\n" + "".join(f"L{i:03};Client {i}\n" for i in range(25))


@tagged("post_install", "-at_install")
class TestImportNotify(ImportCase):
    """The pages of an import are notified of its progress, and no other pages."""

    def heard(self):
        """:return: list of (model, id, payload) that a commit sends now"""
        self.env["bus.bus"].search([]).unlink()
        self.env.flush_all()
        self.env.cr.precommit.run()
        found = []
        for sent in self.env["bus.bus"].search([], order="id"):
            message = json.loads(sent.message)
            if message["type"] == NOTICE:
                _db, model, record_id, channel = json.loads(sent.channel)
                self.assertEqual(channel, BUS_CHANNEL)
                found.append((model, record_id, message["payload"]))
        return found

    def channels(self, name):
        """:return: set of (model, id) that a page of that user listens to"""
        sockets = self.env["ir.websocket"].with_user(self.users[name])
        session = MagicMock(session=MagicMock(uid=self.users[name].id))
        with patch.object(ir_websocket, "wsrequest", session):
            found = sockets._build_bus_channel_list([CHANNEL])
        texts = [channel for channel in found if isinstance(channel, str)]
        self.assertNotIn(CHANNEL, texts, "nobody listens to the imports of all")
        pairs = [pair for pair in found if isinstance(pair, tuple)]
        return {(one._name, one.id) for one, channel in pairs if channel == BUS_CHANNEL}

    def test_one_message_for_each_commit_and_nothing_but_ids(self):
        record = self.make(ROWS)
        self.heard()
        record._as_engine().write({"state": "running", "rows_done": 10})
        record._as_engine().rows_done = 20
        payload = {"ids": record.ids}
        self.assertEqual(
            self.heard(),
            [
                ("res.partner", self.importer.partner_id.id, payload),
                ("res.company", self.company.id, payload),
            ],
        )
        self.assertEqual(self.heard(), [], "nothing has moved since")

    def test_what_no_page_shows_is_not_told(self):
        record = self.make(ROWS)
        self.heard()
        record._as_engine().check_matches = self.encode("x")
        self.assertEqual(self.heard(), [])

    def test_who_undoes_hears_of_it_too(self):
        record = self.make(ROWS)
        self.heard()
        manager = self.users["manager"]
        record._as_engine().write({"task": "undo", "actor_id": manager.id})
        self.assertIn(manager.partner_id.id, [heard[1] for heard in self.heard()])

    def test_a_deleted_import_is_not_told(self):
        record = self.make(ROWS)
        record.sudo().unlink()
        self.assertEqual(self.heard(), [])

    def test_importers_listen_to_their_own_imports(self):
        own = ("res.partner", self.importer.partner_id.id)
        self.assertEqual(self.channels("importer"), {own})

    def test_managers_listen_to_those_of_their_companies(self):
        manager = self.users["manager"]
        self.make_company()
        self.assertEqual(
            self.channels("manager"),
            {("res.partner", manager.partner_id.id), ("res.company", self.company.id)},
        )

    def test_others_hear_nothing(self):
        for name in ("user", "accountant", "employee", "portal"):
            self.assertEqual(self.channels(name), set())


@tagged("post_install", "-at_install")
class TestImportProgress(ImportCase):
    """What the pages show about the speed of an import."""

    def running(self, **values):
        record = self.make(ROWS)
        course = {"state": "running", "row_count": 25, "rows_done": 10, "seconds": 2.0}
        course |= values
        if course["state"] == "running":
            course["task"] = "run"
        course["task_total"], course["task_done"] = (
            course["row_count"],
            course["rows_done"],
        )
        record._as_engine().write({**course, "task_seconds": course["seconds"]})
        return record

    def test_progress_speed_and_time_left(self):
        record = self.running(row_count=1500, rows_done=300, seconds=3.0)
        self.assertEqual((record.progress, record.rows_per_second), (20.0, 100.0))
        self.assertEqual(record.seconds_left, 12)
        self.assertEqual(
            record.progress_note,
            "Rows: 300 of 1,500, 100 per second, about 12 seconds left",
        )

    def test_times_in_units_that_one_can_picture(self):
        spell = self.make(ROWS)._spell_seconds
        self.assertEqual(spell(0.2), "1 second")
        self.assertEqual(spell(85), "85 seconds")
        self.assertEqual(spell(1600), "27 minutes")
        self.assertEqual(spell(3 * 3600), "3 hours")

    def test_nothing_is_said_before_the_first_row_and_after_the_last(self):
        self.assertFalse(self.running(rows_done=0, seconds=0).time_left)
        self.assertFalse(self.running(rows_done=0, row_count=0).progress_note)
        record = self.running(rows_done=25, state="done")
        self.assertFalse(record.progress_note)
        self.assertFalse(record.time_left)
        self.assertEqual((record.progress, record.duration), (100.0, "2 seconds"))

    def test_an_undo_speaks_of_clients(self):
        record = self.running(state="done", rows_done=25)
        record._as_engine().write(
            {"task": "undo", "task_total": 20, "task_done": 5, "task_seconds": 1}
        )
        self.assertEqual((record.progress, record.rows_per_second), (25.0, 5.0))
        self.assertIn("Clients: 5 of 20, 5.0 per second", record.progress_note)

    def test_corrected_rows_are_counted_by_themselves(self):
        record = self.running()
        record._as_engine().write({"task": "correct", "task_total": 4, "task_done": 1})
        self.assertEqual(record.progress, 25.0)
        self.assertIn("Rows: 1 of 4", record.progress_note)

    def test_the_file_as_it_came_is_downloaded_under_its_name(self):
        record = self.make(ROWS, file_name="Été 1.csv")
        url = record.action_download_file()["url"]
        self.assertIn(f"/{record.id}/file?", url)
        self.assertIn("filename=%C3%89t%C3%A9%201.csv", url)
