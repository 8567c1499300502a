from odoo.tests import tagged

from ...common_undo import UndoCase
from .test_import_contact import ANNE, HEADER, ImportContactCase


@tagged("post_install", "-at_install")
class TestImportContactUndo(ImportContactCase, UndoCase):
    """The undo of an import also reverts its main contacts."""

    def everything(self):
        """:return: every column of every partner, and the lines with their roles"""
        partners = self.dump()
        lines = self.Line.search([], order="id").read(
            ["client_id", "contact_id", "role_ids", "is_main", "date_end", "note"]
        )
        return partners, lines

    def test_created_clients_go_with_their_contacts(self):
        before = self.everything()
        record = self.run_import(
            f"{HEADER}N-1;Zed;{ANNE}\nN-2;Zed;Paul;Petit;;;;;Traveler\nN-3;Z;;;;;;;\n"
        )
        self.assertEqual(record.created_count, 3)
        record.undo()
        self.assertFalse(record.kept_ids)
        self.assertEqual(self.everything(), before)

    def test_a_contact_who_came_goes_and_the_former_one_is_main_again(self):
        self.line(self.school, last_name="Roux", role_ids=self.accounting.ids)
        before = self.everything()
        record, _outcome = self.take(ANNE)
        self.assertNotEqual(self.everything(), before)
        record.undo()
        self.assertFalse(record.kept_ids)
        self.assertEqual(self.everything(), before)

    def test_a_contact_who_was_there_has_what_they_had(self):
        self.line(
            self.school,
            first_name="Anne",
            last_name="Roux",
            email="anne@example.com",
            role_ids=self.accounting.ids,
        )
        self.line(self.school, last_name="Petit", is_main=True)
        before = self.everything()
        record, _outcome = self.take(ANNE)
        self.assertEqual(self.school.client_main_contact_id.name, "Anne de la Tour")
        record.undo()
        self.assertFalse(record.kept_ids)
        self.assertEqual(self.everything(), before)

    def test_a_contact_of_odoo_loses_the_line_and_stays(self):
        self.Partner.create({"name": "Anne de la Tour", "parent_id": self.school.id})
        before = self.everything()
        record, _outcome = self.take(ANNE)
        record.undo()
        self.assertEqual(self.everything(), before)

    def test_a_reference_twice_is_taken_back_twice(self):
        before = self.everything()
        record = self.run_import(
            f"{HEADER}T-0002;Zed;{ANNE}\nT-0002;Zed;Anne;Roux;anne@example.com;;;;\n"
            "T-0002;Zed;Paul;Petit;;;;;Escort\n"
        )
        self.assertEqual(record.updated_count, 3)
        record.undo()
        self.assertFalse(record.kept_ids)
        self.assertEqual(self.everything(), before)

    def test_what_somebody_changed_since_stays_and_is_listed(self):
        self.line(self.school, first_name="Anne", last_name="de la Tour", phone="1")
        record, _outcome = self.take(ANNE)
        anne = self.school.client_main_contact_id
        anne.phone = "999"
        record.undo()
        self.assertEqual((anne.phone, anne.email), ("999", False))
        self.assertEqual(self.outcomes(record), [("Zed [T-0002]", "kept", "changed")])
        self.assertIn("Contact Phone", record.kept_ids.reason)
        self.assertEqual(self.school.name, "Collège Jean Moulin")

    def test_a_new_contact_whom_somebody_changed_stays(self):
        record, _outcome = self.take(ANNE)
        anne = self.school.client_main_contact_id
        anne.phone = "999"
        record.undo()
        self.assertEqual(self.school.client_main_contact_id, anne)
        self.assertIn("Contact Phone", record.kept_ids.reason)

    def test_a_new_contact_who_stands_with_another_client_stays(self):
        record, _outcome = self.take(ANNE)
        anne = self.school.client_main_contact_id
        self.line(self.family, contact_id=anne.id)
        record.undo()
        self.assertTrue(anne.exists())
        self.assertEqual(self.outcomes(record)[0][1:], ("kept", "used"))

    def test_a_client_whose_contact_is_in_use_is_archived_with_it(self):
        record, _outcome = self.take(ANNE, "N-1")
        client = self.client("N-1")
        anne = client.client_main_contact_id
        self.line(self.family, contact_id=anne.id)
        record.undo()
        self.assertEqual(self.outcomes(record)[0][1:], ("archived", "used"))
        self.assertTrue(anne.exists())
        self.assertFalse(client.active)

    def test_a_contact_added_since_keeps_the_client(self):
        record, _outcome = self.take(ANNE, "N-1")
        client = self.client("N-1")
        self.line(client, last_name="Petit")
        record.undo()
        self.assertEqual(self.outcomes(record)[0][1:], ("archived", "used"))
        self.assertEqual(len(client.client_contact_ids), 2)

    def test_a_former_main_contact_who_is_gone_is_not_missed(self):
        former = self.line(self.school, last_name="Roux")
        record, _outcome = self.take(ANNE)
        former.unlink()
        record.undo()
        self.assertEqual(record.state, "undone")
        self.assertFalse(self.school.client_contact_ids)

    def test_the_main_contact_whom_somebody_chose_since_stays(self):
        self.line(self.school, last_name="Roux")
        record, _outcome = self.take(ANNE)
        chosen = self.line(self.school, last_name="Chosen", is_main=True)
        record.undo()
        self.assertEqual(self.school.client_contact_ids.filtered("is_main"), chosen)
