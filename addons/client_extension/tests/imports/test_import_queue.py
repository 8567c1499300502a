from contextlib import suppress
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.imports.background.client_import_cron import LOCK
from ...models.imports.engine import context
from ..common_import import ImportCase, raise_end_of_time

ROWS = "reference;name\n" + "".join(f"Q{i:03};Client {i}\n" for i in range(25))


class Killed(BaseException):
    """A worker that stops half-way."""


@tagged("post_install", "-at_install")
class TestImportQueue(ImportCase):
    """An import in the background, chunk by chunk."""

    def setUp(self):
        super().setUp()
        self.patch(context, "CHUNK", 10)
        # waiting imports of the database that runs the tests are not touched
        self.env["client.import"].search([]).write(
            {"state": "cancelled", "task": False}
        )

    def cron(self, commit=None):
        """Run the cron; ``commit`` replaces Odoo's commit."""
        commits = []

        def committed(cron, processed=0, **kwargs):
            self.env.flush_all()
            commits.append((processed, kwargs.get("remaining")))
            return commit(len(commits)) if commit else 60.0

        model = type(self.env["ir.cron"])
        with patch.object(model, "_commit_progress", committed):
            self.env["client.import"]._cron_import()
        return commits

    def test_chunks_are_committed_with_their_progress(self):
        record = self.make(ROWS)
        record.enqueue()
        self.assertEqual((record.state, record.row_count), ("queued", 25))
        self.assertFalse(self.client("Q000"))
        commits = self.cron()
        self.assertEqual(commits, [(10, 15), (10, 5), (5, 0), (0, None)])
        self.assertEqual(record.state, "done")
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))
        self.assertEqual((record.rows_done, record.progress), (25, 100.0))
        self.assertEqual(self.client("Q000").create_uid, self.importer)

    def test_a_killed_worker_goes_on_where_it_stopped(self):
        record = self.make(ROWS + "Q001;Again\n;No reference\n", mode="create")
        record.enqueue()

        def killed(count):
            if count == 2:
                raise Killed
            return 60.0

        with suppress(Killed):  # Odoo's assertRaises would roll back what was committed
            self.cron(killed)
        self.assertEqual((record.state, record.rows_done), ("running", 20))
        self.cron()
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 2))
        self.assertEqual(record.state, "done_with_problems")
        self.assertEqual(
            self.codes(record), [(27, "match_repeated"), (28, "row_no_reference")]
        )
        self.assertTrue(record.rejects_file)

    def test_time_that_is_over_after_the_last_chunk_brings_the_cron_back(self):
        record, other = self.make(ROWS), self.make(ROWS, mode="create")
        (record | other).enqueue()
        commits = self.cron(lambda count: 0.0 if count == 3 else 60.0)
        self.assertEqual((record.state, record.rows_done), ("running", 25))
        self.assertEqual(commits[-1], (0, 1), "the cron has to know that it is awaited")
        commits = self.cron(lambda count: 0.0)
        self.assertEqual((record.state, other.state), ("done", "queued"))
        self.assertEqual(commits[-1], (0, 1))

    def test_time_that_is_over_leaves_the_rest_for_the_next(self):
        record = self.make(ROWS)
        record.enqueue()
        self.cron(lambda count: 0.0)
        self.assertEqual((record.state, record.rows_done), ("running", 10))
        self.assertAlmostEqual(record.progress, 40.0)
        self.cron()
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))

    def test_cancelled_between_two_chunks(self):
        record = self.make(ROWS)
        record.enqueue()

        def cancel(count):
            record.cancel()
            return 60.0

        self.cron(cancel)
        self.assertEqual((record.state, record.created_count), ("cancelled", 10))
        self.assertFalse(self.client("Q015"))

    def test_a_user_who_lost_the_right(self):
        record = self.make(ROWS)
        record.enqueue()
        group = self.env.ref("client_extension.group_client_importer")
        self.importer.group_ids -= group
        self.cron()
        self.assertEqual(record.sudo().state, "failed")
        self.assertFalse(self.client("Q000"))

    def test_a_bad_file_is_refused_at_once(self):
        record = self.make("name\nA\n")
        record.enqueue()
        self.assertEqual(record.state, "failed")

    def test_the_limit_decides(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("client_extension.import_limit", 10)
        record = self.make(ROWS)
        record.action_import()
        self.assertEqual(record.state, "queued")
        parameters.set_param("client_extension.import_limit", 25)
        record = self.make(ROWS)
        record.action_import()
        self.assertEqual(record.state, "done")

    def test_repeated_references_across_chunks(self):
        rows = ROWS + ROWS.partition("\n")[2].replace("Client", "Customer")
        record = self.run_import(rows)
        self.assertEqual(self.counts(record), (25, 25, 0, 0, 0))
        self.assertEqual(self.client("Q024").name, "Customer 24")

    def test_a_worker_whose_time_is_over_refuses_no_row(self):
        record = self.make(ROWS)
        record.enqueue()
        partners = type(self.env["res.partner"])
        create, calls = partners.create, []

        def slow(records, vals_list):
            calls.append(len(vals_list))
            if len(calls) == 2:
                raise_end_of_time()
            return create(records, vals_list)

        self.patch(partners, "create", slow)
        with suppress(Exception):
            self.cron()
        self.assertEqual((record.state, record.rows_done), ("running", 10))
        self.cron()
        self.assertEqual(self.counts(record), (25, 0, 0, 0, 0))

    def test_an_import_that_cannot_go_on_gives_way(self):
        broken, good = self.make(ROWS), self.make("reference;name\nZ1;After\n")
        broken.enqueue()
        good.enqueue()
        rooms = type(self.env["client.import.index"])
        search = rooms._search_partners

        def fail(room, client_import, *args):
            if client_import.id == broken.id and client_import.rows_done:
                raise ZeroDivisionError("bug")
            return search(room, client_import, *args)

        self.patch(rooms, "_search_partners", fail)
        with mute_logger(
            "odoo.addons.client_extension.models.imports.background.client_import_cron"
        ):
            self.cron()
        self.assertEqual((broken.state, broken.created_count), ("failed", 10))
        self.assertIn("bug", broken.problem_ids.message)
        self.assertEqual(good.state, "done")

    def test_a_busy_company_is_looked_at_again(self):
        record = self.make(ROWS)
        record.enqueue()
        cron = self.env.ref("client_extension.client_import_cron")
        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        with self.registry.cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, self.company.id]
            )
            self.cron()
        self.assertEqual(record.state, "queued")
        found = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.assertEqual(found, triggers + 1)

    def test_sentences_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.importer.lang = "fr_FR"
        record = self.make(ROWS)
        self.assertEqual(record._in_company().env.context["lang"], "fr_FR")
