import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...models.imports.background.client_import_cron import LOCK
from ..common_import import ImportCase

ROWS = "reference;name\nR1;Right\n"


@tagged("post_install", "-at_install")
class TestImportRights(ImportCase):
    """Which users can import what, and for whom."""

    def test_importer_without_accounting_rights(self):
        self.assertFalse(self.importer.has_group("account.group_account_invoice"))
        record = self.run_import(ROWS)
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 0))
        self.assertEqual(self.client("R1").create_uid, self.importer)

    def test_others_may_not_import(self):
        record = self.make(ROWS)
        for name in ("user", "accountant", "employee", "portal"):
            user = self.users[name]
            with self.subTest(name), self.assertRaises(AccessError):
                self.make(ROWS, user=user)
            for method in ("check", "run", "enqueue", "cancel"):
                with self.subTest(name + method), self.assertRaises(AccessError):
                    getattr(record.with_user(user), method)()

    def test_importers_see_their_own_and_managers_all(self):
        other = new_test_user(
            self.env, "clients_other", "client_extension.group_client_importer"
        )
        record = self.run_import("reference;name\n;A\nR2;B\n")
        imports = self.env["client.import"]
        self.assertIn(record, imports.with_user(self.importer).search([]))
        self.assertIn(record, imports.with_user(self.users["manager"]).search([]))
        self.assertNotIn(record, imports.with_user(other).search([]))
        problems = self.env["client.import.problem"].with_user(other)
        self.assertFalse(problems.search([("import_id", "=", record.id)]))
        with self.assertRaises(AccessError):
            record.with_user(other).check()

    def test_books_are_not_for_users_to_write(self):
        record = self.make(ROWS)
        for values in (
            {"user_id": self.env.ref("base.user_admin").id},
            {"state": "queued"},
            {"created_count": 9},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                record.write(values)
            with self.subTest(values), self.assertRaises(AccessError):
                self.make(ROWS, **values)

    def test_a_check_is_void_when_the_file_changes(self):
        record = self.make(ROWS)
        record.check()
        record.mode = "update"
        self.assertEqual((record.state, record.created_count), ("draft", 0))

    def test_an_import_is_done_once(self):
        record = self.run_import(ROWS)
        for method in ("run", "check", "enqueue"):
            with self.assertRaises(UserError):
                getattr(record, method)()
        with self.assertRaises(UserError):
            record.mode = "update"

    def test_two_companies_do_not_meet(self):
        other = self.make_company()
        stranger = new_test_user(
            self.env,
            "clients_stranger",
            "client_extension.group_client_importer",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        mine = self.run_import("reference;name\nR1;Mine\n")
        self.assertFalse(mine.is_shared)
        self.assertEqual(self.client("R1").company_id, self.company)
        theirs = self.run_import(
            "reference;name\nR1;Theirs\n", user=stranger, mode="create"
        )
        self.assertEqual(self.counts(theirs), (1, 0, 0, 0, 0))
        self.assertEqual(theirs.company_id, other)
        self.assertEqual(self.client("R1").mapped("company_id"), self.company + other)
        with self.assertRaises(AccessError):
            mine.with_user(stranger).read(["created_count"])
        with self.assertRaises(AccessError):
            self.make(ROWS, user=stranger, company_id=self.company.id)

    def test_one_import_at_a_time(self):
        running = self.make(ROWS)
        running.sudo().state = "running"
        record = self.make(ROWS)
        with self.assertRaisesRegex(UserError, "is running for"):
            record.run()
        record.check()
        self.assertEqual(record.state, "checked")

    def test_the_lock_is_that_of_the_company(self):
        record = self.make(ROWS)
        with self.registry.cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, self.company.id]
            )
            with self.assertRaisesRegex(UserError, re.escape(self.company.name)):
                record.run()
        record.run()
        self.assertEqual(record.state, "done")
