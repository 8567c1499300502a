from contextlib import closing

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...common_import import ImportCase

ROWS = "reference;name;email\nH1;Hostile;h1@example.com\n"


@tagged("post_install", "-at_install")
class TestImportHostile(ImportCase):
    """What a malicious importer tries, without success."""

    def test_an_import_is_in_the_name_of_who_makes_it(self):
        admin = self.env.ref("base.user_admin")
        for user in (self.importer, self.users["manager"]):
            imports = self.env["client.import"].with_user(user)
            imports = imports.with_context(
                default_user_id=admin.id,
                default_state="queued",
                default_created_count=99,
                default_mode="update",
            )
            record = imports.create({"file": self.encode(ROWS), "file_name": "h.csv"})
            self.assertEqual(record.user_id, user)
            self.assertEqual(record.state, "draft")
            self.assertFalse(record.created_count)
            self.assertEqual(record.mode, "update", "what is a choice may be one")

    def test_an_importer_sees_no_dialog_of_another(self):
        wizards = self.env["client.import.wizard"]
        other = wizards.with_user(self.users["manager"])
        other = other.create({"file": self.encode(ROWS), "file_name": "h.csv"})
        own = wizards.with_user(self.importer)
        self.assertFalse(own.search([("id", "=", other.id)]))
        self.assertFalse(own.browse(other.id).has_access("read"))

    def test_a_mapping_that_is_none_is_refused(self):
        record = self.make(ROWS)
        for mapping in (["a"], "abc", 5, {"name": ["a"]}, {"name": 1}):
            with self.subTest(mapping), self.assertRaises(UserError):
                record.column_mapping = mapping

    def test_a_closed_unit_is_unknown_to_who_may_not_see_it(self):
        self.agency.members_only = True
        text = f"reference;name;business_unit\nH2;Hidden;{self.agency.name}\n"
        record = self.make(text)
        record.check()
        self.assertEqual(self.counts(record), (0, 0, 0, 0, 1))
        record.run()
        self.assertEqual(self.counts(record), (0, 0, 0, 0, 1))

    def test_a_reference_of_a_hidden_client_cannot_be_used_and_no_more_is_said(self):
        self.agency.members_only = True
        self.env["res.partner"].create(
            {
                "name": "Very secret",
                "ref": "H3",
                "client_status": "client",
                "client_business_unit_id": self.agency.id,
            }
        )
        self.assertFalse(self.client("H3").with_user(self.importer).has_access("read"))
        text = "reference;name\nH3;Mine\nH4;Other\n"
        for mode, counts in {
            "create": (1, 0, 0, 0, 1),
            "create_skip": (1, 0, 0, 0, 1),
            "create_update": (1, 0, 0, 0, 1),
            "update": (0, 0, 0, 0, 2),
            "update_skip": (0, 0, 0, 2, 0),
        }.items():
            with self.subTest(mode), closing(self.cr.savepoint()):
                record = self.make(text, mode=mode)
                record.check()
                self.assertEqual(self.counts(record), counts)
                said = str(record.problem_ids.mapped("message")) + str(
                    record.preview_ids.mapped("note")
                )
                self.assertNotIn("secret", said)
                record.run()
                self.assertEqual(self.counts(record), counts)
                if "create" in mode:
                    self.assertEqual(self.codes(record), [(2, "match_taken")])
                    self.assertEqual(
                        record.problem_ids.message,
                        "The reference “H3” is already used by a client you do not "
                        "have access to.",
                    )

    def test_a_user_who_imported_can_go(self):
        user = self.users["importer"]
        record = self.make(ROWS)
        record.enqueue()
        record = record.with_env(self.env)
        user.unlink()
        self.assertFalse(record.user_id)
        self.env["client.import"]._cron_import()
        self.assertEqual(record.state, "cancelled")
