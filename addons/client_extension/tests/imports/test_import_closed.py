from odoo.tests import tagged

from ..common_import import ImportCase

ROWS = "reference;name;city\nX-1;Secret Travel;Lyon\nX-2;Open Travel;Lyon\n"


@tagged("post_install", "-at_install")
class TestImportClosed(ImportCase):
    """Who left a closed unit does not read its clients in their own imports."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        units = cls.env["client.business.unit"].with_context(active_test=False)
        units.search([("members_only", "=", True)]).members_only = False
        cls.closed = units.create(
            {
                "name": "Closed",
                "company_id": False,
                "members_only": True,
                "member_ids": cls.importer.ids,
            }
        )
        cls.secret = cls.Partner.create(
            {
                "name": "Secret Travel",
                "ref": "X-1",
                "client_status": "client",
                "client_business_unit_id": cls.closed.id,
            }
        )
        cls.Partner.create(
            {"name": "Open Travel", "ref": "X-2", "client_status": "client"}
        )

    def leave(self):
        """Let the importer leave the unit."""
        self.closed.member_ids = False
        self.env.flush_all()
        self.env.invalidate_all()

    def test_the_change_log(self):
        record = self.run_import(ROWS)
        self.assertEqual(len(record.change_ids), 2)
        self.leave()
        labels = record.change_ids.mapped("label")
        self.assertEqual(labels, ["Open Travel [X-2]"])
        found = self.env["client.import.change"].with_user(self.importer)
        found = found.search([("import_id", "=", record.id)])
        self.assertNotIn("Secret", str(found.mapped("label")))
        self.env.invalidate_all()
        manager = record.with_user(self.users["manager"])
        self.assertEqual(len(manager.change_ids), 2)

    def test_an_undo_leaves_them_as_they_are_and_counts_them(self):
        record = self.run_import(ROWS)
        self.leave()
        record.undo()
        self.assertEqual(record.state, "undone")
        self.assertEqual(self.secret.city, "Lyon")
        self.assertIn("kept: 1", record.next_step)
        self.assertIn("Restored: 1", record.next_step)
        self.assertFalse(record.kept_ids, "no name of whom is hidden")

    def test_the_rows_of_a_check(self):
        record = self.make(ROWS)
        record.check()
        self.assertEqual(len(record.preview_ids), 2)
        self.leave()
        self.assertEqual(record.preview_ids.mapped("name"), ["Open Travel"])

    def test_the_names_in_problems(self):
        record = self.run_import(ROWS, mode="create")
        secret, other = record.problem_ids
        self.assertIn("Secret Travel", secret.message)
        self.leave()
        self.assertNotIn("Secret", secret.message)
        self.assertIn("X-1", secret.message)
        self.assertIn("Open Travel", other.message)
        manager = secret.with_user(self.users["manager"])
        self.assertIn("Secret Travel", manager.message)

    def test_the_names_of_several_clients_with_one_reference(self):
        self.Partner.create(
            {"name": "Twin Travel", "ref": "X-3", "is_company": True},
        )
        twin = self.Partner.create({"name": "Secret Twin", "is_company": True})
        twin.write({"ref": "X-3", "client_business_unit_id": self.closed.id})
        record = self.run_import("reference;name\nX-3;A\n")
        self.assertEqual(self.codes(record), [(2, "match_several")])
        self.assertIn("Secret Twin", record.problem_ids.message)
        self.leave()
        self.assertNotIn("Secret Twin", record.problem_ids.message)

    def test_a_deleted_client_is_no_longer_named(self):
        record = self.run_import(ROWS, mode="create")
        self.secret.unlink()
        self.env.invalidate_all()
        self.assertNotIn("Secret", record.problem_ids[0].message)
