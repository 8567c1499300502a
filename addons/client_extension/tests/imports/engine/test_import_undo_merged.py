from odoo.tests import tagged

from ...common_undo import UndoCase


@tagged("post_install", "-at_install")
class TestImportUndoMerged(UndoCase):
    """An import is undone after its clients were merged."""

    def merge(self, keep, *others):
        keep.with_user(self.users["manager"])._client_merge(keep.union(*others))

    def test_one_who_swallowed_another_is_kept_and_listed(self):
        record = self.run_import("reference;name\nV0;A\nV1;B\n")
        keep = self.client("V0")
        self.merge(keep, self.family)
        record.undo()
        self.assertTrue(keep.exists())
        self.assertFalse(self.client("V1"))
        self.assertEqual(self.outcomes(record), [("A [V0]", "kept", "merged")])

    def test_two_of_one_import_who_became_one_are_both_listed(self):
        record = self.run_import("reference;name\nV0;A\nV1;B\nV2;C\n")
        keep = self.client("V1")
        self.merge(keep, self.client("V0"))
        record.undo()
        self.assertTrue(keep.exists())
        self.assertEqual(
            sorted(self.outcomes(record)),
            [("A [V0]", "kept", "merged"), ("B [V1]", "kept", "merged")],
        )

    def test_an_old_client_who_swallowed_another_gets_its_values_back(self):
        record = self.run_import("reference;city\nT-0002;Nice\n")
        self.merge(self.school, self.family)
        record.undo()
        self.assertFalse(self.school.city)
        self.assertFalse(self.outcomes(record))

    def test_being_taken_for_a_duplicate_is_no_use(self):
        record = self.run_import("reference;name\nV0;A\nV1;B\n")
        both = self.client("V0") | self.client("V1")
        both.with_user(self.users["manager"]).action_client_not_duplicates()
        record.undo()
        self.assertFalse(both.exists())
