import io
import zipfile
from contextlib import suppress
from time import monotonic
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...importer.files.decode import opener
from ...models.imports.engine import check, context
from ...tools import long_file
from ...tools.long_file import is_long
from ..common_import import ImportCase

ROWS = "reference;name;city\n" + "".join(
    f"K{i % 17:03};Client {i};Lyon\n" for i in range(30)
)
BAD = (
    "T-0002;Collège Jean Moulin;Nice\n;No reference;\nT-0002;Collège Jean Moulin;Pau\n"
)


class Killed(BaseException):
    """A worker that stops half-way."""


@tagged("post_install", "-at_install")
class TestImportWait(ImportCase):
    """A long file is checked in the background, chunk by chunk."""

    def setUp(self):
        super().setUp()
        self.patch(context, "CHUNK", 10)
        self.patch(long_file, "LONG", 100)
        self.patch(check, "PACE", 0)
        self.env["client.import"].search([]).write(
            {"state": "cancelled", "task": False}
        )

    def cron(self, name="check", answer=None, **context):
        """Run a cron; ``answer`` replaces Odoo's commit."""
        commits = []

        def committed(cron, processed=0, **kwargs):
            self.env.flush_all()
            commits.append((processed, kwargs.get("remaining")))
            return answer(len(commits)) if answer else 60.0

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", committed):
            imports = self.env["client.import"].with_context(**context)
            getattr(imports, f"_cron_{name}")()
        return commits

    def waiting(self, text=ROWS + BAD, **values):
        record = self.make(text, **values)
        record.action_check()
        return record

    def found(self, record):
        """:return: everything that a check stored"""
        rows = record.preview_ids.mapped(
            lambda row: (row.line, row.outcome, row.summary, row.note)
        )
        matches = record._get_matches().tolist()
        return self.counts(record), self.codes(record), rows, matches, record.row_count

    def test_a_short_file_is_checked_at_once(self):
        record = self.waiting("reference;name\nK1;One\n")
        self.assertEqual((record.state, record.task), ("checked", False))

    def test_the_background_finds_what_the_foreground_finds(self):
        direct = self.make(ROWS + BAD)
        direct.check()
        record = self.waiting()
        self.assertEqual((record.state, record.task), ("draft", "check"))
        self.assertFalse(record.row_count, "nothing is read while the user waits")
        self.cron()
        self.assertEqual((record.state, record.task), ("checked", False))
        self.assertEqual(self.found(record), self.found(direct))
        self.assertFalse(self.client("K000"))

    def test_a_killed_check_goes_on_and_finds_the_same(self):
        direct = self.make(ROWS + BAD)
        direct.check()
        record = self.waiting()

        def killed(count):
            if count == 4:
                raise Killed
            return 60.0

        with suppress(Killed):
            self.cron(answer=killed)
        self.assertTrue(record.task)
        self.assertGreater(record.rows_done, 10)
        self.assertLess(record.rows_done, record.row_count)
        self.assertIn(f"Rows: {record.rows_done} of 33", record.progress_note)
        self.cron()
        self.assertEqual(self.found(record), self.found(direct))

    def test_a_check_that_goes_on_knows_former_references(self):
        former = {"partner_id": self.school.id, "reference": "OLD-1"}
        self.env["client.former.reference"].create(former)
        text = (
            "reference;city\nOLD-1;Nice\n" + ROWS.partition("\n")[2] + "T-0002;Nice\n"
        )
        direct = self.make(text)
        direct.check()
        record = self.waiting(text)
        while record.task:
            self.cron(answer=lambda count: 0.0)
        self.assertEqual(self.counts(record)[1:3], (1, 1))
        self.assertEqual(self.found(record), self.found(direct))

    def test_going_on_looks_rows_of_repeated_references_up_together(self):
        text = "reference;name\n" + "".join(f"R{i % 20:02};C {i}\n" for i in range(40))
        record = self.waiting(text)
        while record.rows_done < 30:
            self.cron(answer=lambda count: 0.0)
        index = type(self.env["client.import.index"])
        get, calls = index._get_index, []
        self.patch(index, "_get_index", lambda *args: calls.append(args) or get(*args))
        self.cron()
        self.assertEqual(self.counts(record), (20, 20, 0, 0, 0))
        self.assertEqual(len(calls), 4, "three for what was done, one for the rest")

    def test_nobody_is_left_in_whose_name_it_could_go_on(self):
        record = self.waiting()
        record._as_engine().write({"actor_id": False, "user_id": False})
        self.cron()
        record = record.sudo()
        self.assertEqual((record.state, record.task), ("failed", False))
        self.assertEqual(record.problem_ids.code, "apply_failed")

    def test_the_books_are_written_with_each_commit_alone(self):
        self.patch(check, "PACE", 60)
        record = self.waiting()
        model = type(record)
        count, written = model._add_counts, []
        self.patch(
            model, "_add_counts", lambda *args: written.append(args) or count(*args)
        )
        self.cron()
        self.assertEqual(len(written), 1, "who stops it would wait for each commit")
        self.assertEqual(record.rows_done, record.row_count)

    def test_a_check_that_failed_leaves_the_import_to_who_imports(self):
        record = self.waiting(ROWS.replace("reference", "telephone"))
        manager = self.users["manager"]
        record._as_engine().actor_id = manager
        self.cron()
        self.assertEqual(record.state, "failed")
        self.assertFalse(record.actor_id)
        record._as_engine().actor_id = manager
        record.file = self.encode(ROWS)
        record.enqueue()
        self.cron("import")
        self.assertEqual(self.client("K001").create_uid, self.importer)

    def test_a_check_whose_time_is_over_goes_on_in_the_next_round(self):
        record = self.waiting()
        commits = self.cron(answer=lambda count: 0.0)
        self.assertTrue(record.task)
        self.assertEqual(commits[-1], (0, 1), "the cron has to know that it is awaited")
        while record.task:
            self.cron(answer=lambda count: 0.0)
        direct = self.make(ROWS + BAD)
        direct.check()
        self.assertEqual(self.found(record), self.found(direct))

    def test_what_was_checked_is_what_is_imported(self):
        record = self.waiting()
        self.cron()
        checked = self.counts(record)
        record.action_import()
        self.assertEqual((record.state, record.row_count), ("queued", 0))
        self.cron("import")
        self.assertEqual(record.state, "done_with_problems")
        self.assertEqual(self.counts(record), checked)

    def test_a_client_that_came_in_between_is_a_problem(self):
        record = self.waiting(ROWS + "T-0002;Collège Jean Moulin;Nice\n")
        self.cron()
        self.school.ref = "T-0099"
        record.action_import()
        self.cron("import")
        said = [one for one in self.codes(record) if one[1] != "row_repeated"]
        self.assertEqual(said, [(32, "match_changed")])

    def test_a_bad_header_is_said_on_the_page(self):
        record = self.waiting(ROWS.replace("reference", "telephone"))
        self.cron()
        self.assertEqual((record.state, record.task), ("failed", False))
        self.assertEqual(record.problem_ids.code, "header_no_reference")
        self.assertTrue(record.can_map, "the user may say which column it is")

    def test_a_bad_long_file_that_is_imported_at_once(self):
        record = self.make(ROWS.replace("reference", "telephone"))
        record.action_import()
        self.assertEqual(record.state, "queued")
        self.cron("import")
        self.assertEqual(record.state, "failed")

    def test_nothing_else_meanwhile(self):
        record = self.waiting()
        for call in (record.run, record.enqueue, record.action_check, record.undo):
            with self.assertRaises(UserError):
                call()
        with self.assertRaises(UserError):
            record.mode = "update"
        self.assertFalse(record.can_map)

    def test_it_can_be_stopped(self):
        record = self.waiting()
        self.cron(answer=lambda count: 0.0)
        record.cancel()
        self.assertEqual((record.state, record.task), ("draft", False))
        self.assertFalse(record.row_count)
        self.cron()
        self.assertEqual(record.state, "draft")
        record.action_check()
        self.assertTrue(record.task)

    def test_only_importers_start_and_stop_it(self):
        record = self.waiting()
        stranger = record.with_user(self.users["user"])
        for call in (stranger.action_check, stranger.cancel):
            with self.assertRaises(AccessError):
                call()

    def test_a_user_who_lost_the_right(self):
        record = self.waiting()
        group = self.env.ref("client_extension.group_client_importer")
        self.importer.group_ids -= group
        self.cron()
        self.assertEqual((record.sudo().state, record.task), ("failed", False))

    def test_the_wizard_leads_to_the_page_of_the_import(self):
        wizard = self.env["client.import.wizard"].with_user(self.importer)
        wizard = wizard.create({"file": self.encode(ROWS), "file_name": "long.csv"})
        record = self.opened(wizard.action_check())
        self.assertEqual(record._name, "client.import")
        self.assertTrue(record.task)
        self.assertIn("in the background", record.next_step)

    def test_a_workbook_counts_as_unpacked(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("sheet.xml", b" " * 5000)
        self.patch(long_file, "LONG", len(packed.getvalue()))
        self.assertTrue(is_long(opener(packed.getvalue())))
        self.patch(long_file, "LONG", 5000)
        self.assertFalse(is_long(opener(packed.getvalue())))

    def test_a_file_is_long_by_its_rows_too(self):
        self.patch(long_file, "LONG", 1_000_000)
        for rows, most, is_now in ((ROWS, 30, False), (ROWS, 2000, True)):
            self.patch(check, "LONG_ROWS", most)
            record = self.make(rows)
            record.action_check()
            with self.subTest(most):
                self.assertEqual(record.state == "checked", is_now)
                self.assertEqual(bool(record.task), not is_now)
        plain = "reference\n" + "".join(f"L{i}\n" for i in range(30))
        for most, is_now in ((30, True), (29, False)):
            self.patch(check, "LONG_ROWS", most)
            record = self.make(plain)
            record.action_check()
            self.assertEqual(record.state == "checked", is_now)

    def test_very_wide_rows_are_done_fewer_at_a_time(self):
        self.patch(context, "CHUNK_CELLS", 9)
        self.patch(context, "KEPT_SIZE", 40)
        record = self.make(ROWS)
        found = record._make_task("check").open()
        self.assertEqual({len(rows) for rows in found.chunks()}, {3})

    def test_a_broken_workbook_is_as_long_as_it_is(self):
        self.assertFalse(is_long(opener(b"PK\x03\x04" + b"\0" * 20)))

    def test_a_cron_that_had_its_share_makes_room_and_comes_back(self):
        record = self.waiting()
        cron = self.env.ref("client_extension.client_import_check_cron")
        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        commits = self.cron(cron_end_time=monotonic() - 3600)
        self.assertEqual(commits, [(0, 1)])
        self.assertEqual(record.rows_done, 0)
        found = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.assertEqual(found, triggers + 1)

    def test_a_cron_goes_on_beyond_the_ten_seconds_of_odoo(self):
        record = self.waiting()
        self.cron(answer=lambda count: 0.0, cron_end_time=monotonic() - 1)
        self.assertEqual(record.state, "checked")
