from odoo.tests import tagged

from ...common_undo import UndoCase
from .test_import_contact import ANNE, ImportContactCase


@tagged("post_install", "-at_install", "client_neighbours")
class TestImportQuiet(ImportContactCase, UndoCase):
    """Neither an import nor its undo writes into the chatter.

    Odoo also notes what is computed, when that happens in an environment without our
    context: a name that another add-on computes and stores, or here its own one.
    """

    def setUp(self):
        super().setUp()
        field = self.Partner._fields["complete_name"]
        field.tracking = 1
        self.addCleanup(self.registry.clear_cache)
        self.addCleanup(delattr, field, "tracking")
        self.registry.clear_cache()
        self.listen()

    def listen(self):
        # Odoo does not track changes of a record until its creation is flushed.
        self.env.cr.flush()
        self.last = self.env["mail.message"].search([], limit=1, order="id desc").id

    def assert_quiet(self):
        self.env.cr.flush()
        self.assertFalse(self.get_posted())

    def get_posted(self):
        """:return: list of the names of records about which somebody was notified"""
        found = self.env["mail.message"].search([("id", ">", self.last)])
        return found.mapped("record_name")

    def test_these_tests_would_notice_a_message(self):
        self.school.with_context(tracking_disable=False).name = "Lycée Moulin"
        self.env.cr.flush()
        self.assertEqual(self.get_posted(), ["Lycée Moulin"])

    def test_a_client_created_and_changed_in_one_file(self):
        before = self.dump()
        record = self.run_import("reference;name\nU1;A\nU1;B\n")
        self.assert_quiet()
        record.undo()
        self.assert_quiet()
        self.assertFalse(record.kept_ids)
        self.assert_undone(before, self.dump())

    def test_a_client_and_a_contact_who_were_there(self):
        self.line(
            self.school,
            first_name="Anne",
            last_name="Roux",
            email="anne@example.com",
        )
        self.listen()
        record, _outcome = self.take(ANNE)
        self.assert_quiet()
        record.undo()
        self.assert_quiet()
        self.assertFalse(record.kept_ids)
