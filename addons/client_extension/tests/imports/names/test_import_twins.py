from threading import Thread

import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...clients.test_reference_race import RaceCase
from ...common_import import ImportCase

NAME = "Twins of a test"
FILE = (
    f"reference;name;category;source;{NAME} label\n"
    f"TWIN-{{0}};A;{NAME};{NAME} source;1\n"
)
#: of each transaction: who waits longer than this for another one is refused
PATIENCE = "SET lock_timeout = '10s'"


@tagged("post_install", "-at_install")
class TestImportTwinsOfTwo(RaceCase):
    """Two imports at once that need the same new names."""

    def setUp(self):
        super().setUp()
        # Odoo holds this lock while it runs tests, and each thread that begins a
        # transaction waits for it.
        self.patch(Registry, "_lock", DummyRLock())

    def open(self):
        env = super().open()
        env.cr.execute(PATIENCE)
        return env

    def delete(self, env):
        env.cr.execute(PATIENCE)
        imports = env["client.import"].search([("file_name", "=", f"{NAME}.csv")])
        env["client.import.change"].search([("import_id", "in", imports.ids)]).unlink()
        imports.unlink()
        env["res.partner"].search([("ref", "=like", "TWIN-%")]).unlink()
        for records in self.find(env):
            records.unlink()
        return super().delete(env)

    def find(self, env):
        return [
            env[model].search([("name", "=like", f"{NAME}%")])
            for model in ("res.partner.category", "utm.source", "client.label")
        ]

    def apply(self, env, number):
        """Write the row, as an import of another company does beside the first."""
        client_import = env["client.import"].create(
            {
                "file": self.encode(FILE.format(number)),
                "file_name": f"{NAME}.csv",
                # of all companies, each import would wait for the other one as a whole
                "company_id": self.base,
                "is_shared": False,
            }
        )
        task = client_import._make_task("run")
        context = task.open()
        for rows in context.chunks():
            task.do(context, rows)
        self.assertFalse(client_import.problem_ids.mapped("message"))

    def assert_one_of_each(self):
        env = self.open()
        for records in self.find(env):
            self.assertEqual(len(records), 1, records._name)
        clients = env["res.partner"].search([("ref", "=like", "TWIN-%")])
        self.assertEqual(len(clients), 2)
        self.assertEqual(len(clients.category_id), 1)
        self.assertEqual(len(clients.client_source_id), 1)

    def test_each_name_is_made_once(self):
        """The second one begins again, and finds what the first one made."""
        other = self.assert_second_is_told(
            lambda env: self.apply(env, 1), lambda env: self.apply(env, 2)
        )
        self.apply(other, 2)
        self.commit(other)
        self.assert_one_of_each()

    def test_who_comes_second_waits_for_the_first(self):
        one, other = self.open(), self.open()
        self.apply(one, 1)
        raised = []

        def wait():
            try:
                self.apply(other, 2)
            except psycopg2.errors.SerializationFailure as error:
                raised.append(error)

        with mute_logger("odoo.sql_db"):
            thread = Thread(target=wait, daemon=True)
            thread.start()
            thread.join(0.5)
            self.assertTrue(thread.is_alive(), "it waits for the first one")
            self.commit(one)
            thread.join(20)
        self.assertTrue(raised)
        other.cr.rollback()
        other.invalidate_all(flush=False)
        self.apply(other, 2)
        self.commit(other)
        self.assert_one_of_each()

    def test_a_label_added_by_hand_beside_an_import(self):
        def add(env):
            return env["client.label"].create({"name": f"{NAME} label"})

        def rename(env):
            other = env["client.label"].create({"name": f"{NAME} other"})
            other.name = f"{NAME} LABEL"

        other = self.assert_second_is_told(lambda env: self.apply(env, 1), add)
        for again in (add, rename):
            with self.assertRaises(ValidationError), other.cr.savepoint():
                again(other)

    def test_two_labels_added_by_hand(self):
        def add(env):
            return env["client.label"].create({"name": f"{NAME} label"})

        other = self.assert_second_is_told(add, add)
        with self.assertRaises(ValidationError), other.cr.savepoint():
            add(other)

    def test_who_waits_for_one_that_gives_up_goes_on(self):
        one, other = self.open(), self.open()
        self.apply(one, 1)
        one.cr.rollback()
        self.apply(other, 2)
        self.assertEqual([len(found) for found in self.find(other)], [1, 1, 1])


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
        made, _younger = self.twins()
        for rows in context.chunks():
            task.do(context, rows)
        self.assertEqual(self.client("TW1").category_id, made)

    def test_what_an_app_quotes_of_the_database_is_left_out(self):
        create = type(self.Partner).create
        quoted = "No room.\nDETAIL:  Key (email)=(secret) already exists."

        def refuse(records, vals_list):
            if any(vals.get("ref") == "TW1" for vals in vals_list):
                raise UserError(quoted)
            return create(records, vals_list)

        self.patch(type(self.Partner), "create", refuse)
        record = self.run_import("reference;name\nTW1;A\nTW2;B\n")
        self.assertEqual(self.codes(record), [(2, "apply_refused")])
        self.assertIn("No room.", record.problem_ids.message)
        self.assertNotIn("secret", record.problem_ids.message)

    @mute_logger("odoo.sql_db")
    def test_what_the_database_refuses_is_said_in_words(self):
        self.env.cr.execute(
            "CREATE UNIQUE INDEX client_test_unique ON res_partner (barcode, website)"
            " WHERE website IS NOT NULL"
        )
        self.env.cr.execute(
            "CREATE UNIQUE INDEX client_test_unique_2 ON res_partner (website)"
            " WHERE website LIKE '%secret%'"
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
