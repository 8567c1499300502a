import base64
import threading

import psycopg2

import odoo
from odoo import api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, common, tagged
from odoo.tools import mute_logger

from ..common_import import ImportCase

NAME = "Twins of a test"
FILE = (
    f"reference;name;category;source;{NAME} label\n"
    f"TWIN-{{0}};A;{NAME};{NAME} source;1\n"
)


@tagged("post_install", "-at_install")
class TestImportTwinsOfTwo(BaseCase):
    """Two imports at once that need the same new names."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(common.get_db_name())
        self.addCleanup(self.clean)

    def env(self, cursor):
        return api.Environment(cursor, odoo.SUPERUSER_ID, {})

    def clean(self):
        with self.registry.cursor() as cr:
            env = self.env(cr)
            imports = env["client.import"].search([("file_name", "=", f"{NAME}.csv")])
            env["client.import.change"].search(
                [("import_id", "in", imports.ids)]
            ).unlink()
            imports.unlink()
            env["res.partner"].search([("ref", "=like", "TWIN-%")]).unlink()
            for name, records in self.find(env).items():
                if name != "client.label":
                    records.unlink()
            labels = env["client.label"].with_context(active_test=False)
            labels.search([("name", "=", f"{NAME} label")]).unlink()

    def find(self, env):
        return {
            model: env[model].search([("name", "=like", f"{NAME}%")])
            for model in ("res.partner.category", "utm.source", "client.label")
        }

    def make(self, env, number):
        return env["client.import"].create(
            {
                "file": base64.b64encode(FILE.format(number).encode()),
                "file_name": f"{NAME}.csv",
                # of all companies, each import would wait for the other one as a whole
                "company_id": env["res.company"].search([], limit=1).id,
            }
        )

    def apply(self, env, number):
        """Write the row, as an import of another company does beside the first."""
        client_import = self.make(env, number)
        client_import.invalidate_recordset()
        task = client_import._make_task("run")
        context = task.open()
        for rows in context.chunks():
            task.do(context, rows)
        self.assertFalse(client_import.problem_ids.mapped("message"))

    def test_each_name_is_made_once(self):
        """The second one waits, begins again, and finds what the first one made."""
        errors, waiting = [], threading.Event()

        def second():
            try:
                with self.registry.cursor() as cr:
                    env = self.env(cr)
                    env["res.partner"].search([], limit=1)  # its snapshot begins
                    waiting.set()
                    begun.wait(20)
                    self.apply(env, 2)
            except psycopg2.errors.SerializationFailure as error:
                errors.append(error)

        begun = threading.Event()
        thread = threading.Thread(target=second)
        thread.start()
        self.assertTrue(waiting.wait(20))
        with self.registry.cursor() as cr:
            self.apply(self.env(cr), 1)
            begun.set()
            thread.join(1)
            self.assertTrue(thread.is_alive(), "it waits for the first one")
        thread.join(30)
        self.assertEqual(len(errors), 1)
        with self.registry.cursor() as cr:
            self.apply(self.env(cr), 2)
        with self.registry.cursor() as cr:
            env = self.env(cr)
            for model, records in self.find(env).items():
                self.assertEqual(len(records), 1, model)
            clients = env["res.partner"].search([("ref", "=like", "TWIN-%")])
            self.assertEqual(len(clients), 2)
            self.assertEqual(len(clients.category_id), 1)
            self.assertEqual(len(clients.client_source_id), 1)


@tagged("post_install", "-at_install")
class TestImportTwins(ImportCase):
    """Records of the same name that exist already."""

    def twins(self):
        categories = self.env["res.partner.category"]
        return categories.create([{"name": NAME}, {"name": f" {NAME.upper()} "}])

    def test_the_older_one_counts(self):
        older, _younger = self.twins()
        record = self.run_import(f"reference;name;category\nTW1;A;{NAME}\n")
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 0))
        self.assertEqual(self.client("TW1").category_id, older)

    def test_an_active_one_goes_before_an_older_archived_one(self):
        older, younger = self.twins()
        older.active = False
        self.run_import(f"reference;name;category\nTW1;A;{NAME}\n")
        self.assertEqual(self.client("TW1").category_id, younger)

    def test_the_younger_one_of_a_client_stays(self):
        _older, younger = self.twins()
        client = self.Partner.create(
            {"name": "A", "ref": "TW1", "client_status": "client"}
        )
        client.category_id = younger
        record = self.run_import(f"reference;category\nTW1;{NAME}\n")
        self.assertEqual(self.counts(record), (0, 0, 1, 0, 0))
        self.assertEqual(client.category_id, younger)
        record = self.run_import(f"reference;category\nTW1;{NAME}, Test VIP\n")
        self.assertEqual(client.category_id, younger | self.vip)

    def test_names_below_two_parents_are_still_unclear(self):
        categories = self.env["res.partner.category"]
        parents = categories.create([{"name": "Above 1"}, {"name": "Above 2"}])
        categories.create([{"name": NAME, "parent_id": p.id} for p in parents])
        record = self.run_import(f"reference;name;category\nTW1;A;{NAME}\n")
        self.assertEqual(self.codes(record), [(2, "cell_several")])

    def test_a_name_made_between_two_chunks_is_found(self):
        record = self.make(f"reference;name;category\nTW1;A;{NAME}\n")
        task = record._make_task("run")
        context = task.open()
        made = self.env["res.partner.category"].create({"name": NAME})
        for rows in context.chunks():
            task.do(context, rows)
        self.assertEqual(self.client("TW1").category_id, made)

    @mute_logger("odoo.sql_db")
    def test_what_the_database_refuses_is_said_in_words(self):
        self.env.cr.execute(
            "CREATE UNIQUE INDEX client_test_unique ON res_partner (barcode, website)"
            " WHERE website IS NOT NULL"
        )
        self.env.cr.execute(
            "CREATE UNIQUE INDEX client_test_unique_2 ON res_partner (website)"
        )
        self.env.cr.execute(
            "ALTER TABLE res_partner ADD CONSTRAINT client_test_check"
            " CHECK (city IS DISTINCT FROM 'Nowhere')"
        )
        rows = "reference;name;website;city\n"
        rows += "TW1;A;http://secret.example;\nTW2;B;http://secret.example;\n"
        rows += "TW3;C;;Nowhere\nTW4;D;;\n"
        record = self.run_import(rows)
        self.assertEqual(
            self.codes(record), [(3, "apply_refused"), (4, "apply_refused")]
        )
        twice, odd = record.problem_ids.mapped("message")
        self.assertIn("already has the same value (Website", twice)
        self.assertIn("cannot store one of the values", odd)
        for text in (twice, odd, record.rejects_file and ""):
            for raw in (
                "DETAIL",
                "Detail",
                "Key (",
                "secret",
                "Failing row",
                "client_",
            ):
                self.assertNotIn(raw, text or "")
