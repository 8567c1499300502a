from unittest.mock import patch

from odoo.tests import tagged

from ...common_import import ImportCase

FILE = "reference;name;city;country\nW1;Anna;Lyon;France\nW2;Bert;Lyon;France\n"


@tagged("post_install", "-at_install")
class TestImportUnchanged(ImportCase):
    """Rows that change nothing are found before their cells are interpreted."""

    def compared(self, text, **values):
        """:return: the import of a text, and the references that took the long path"""
        index = type(self.env["client.import.index"])
        usual, asked = index._get_index, []

        def noted(self, client_import, references, columns, labels):
            asked.extend(references)
            return usual(self, client_import, references, columns, labels)

        with patch.object(index, "_get_index", noted):
            record = self.run_import(text, **values)
        return record, asked

    def test_a_file_that_comes_again_is_not_looked_into(self):
        self.run_import(FILE)
        record, asked = self.compared(FILE)
        self.assertEqual(self.counts(record), (0, 0, 2, 0, 0))
        self.assertEqual(asked, [])

    def test_a_row_with_another_value_is(self):
        self.run_import(FILE)
        record, asked = self.compared(FILE.replace("W2;Bert;Lyon", "W2;Bert;Nice"))
        self.assertEqual(self.counts(record), (0, 1, 1, 0, 0))
        self.assertEqual(asked, ["W2"])
        self.assertEqual(self.client("W2").city, "Nice")

    def test_a_partner_that_is_no_client_becomes_one(self):
        self.run_import(FILE)
        self.client("W1").write({"client_status": False})
        record, asked = self.compared(FILE)
        self.assertEqual(asked, ["W1"])
        self.assertEqual(self.counts(record), (0, 1, 1, 0, 0))
        self.assertEqual(self.client("W1").client_status, "client")

    def test_a_client_without_a_unit_gets_that_of_the_import(self):
        self.run_import(FILE)
        unit = self.env["client.business.unit"].create({"name": "Test unit"})
        self.client("W1").client_business_unit_id = unit
        record, asked = self.compared(FILE, business_unit_id=unit.id)
        self.assertEqual(asked, ["W2"])
        self.assertEqual(self.counts(record), (0, 1, 1, 0, 0))

    def test_two_partners_with_the_reference_are_still_a_problem(self):
        self.run_import(FILE)
        self.env["res.partner"].create({"name": "Anna", "ref": "W1"})
        record, asked = self.compared(FILE)
        self.assertEqual(asked, ["W1"])
        self.assertEqual(self.codes(record), [(2, "match_several")])

    def test_a_client_that_is_another_one_than_in_the_check_is_a_problem(self):
        self.run_import(FILE)
        record = self.make(FILE)
        record.check()
        self.client("W1").ref = "W9"
        self.run_import(FILE.splitlines()[0] + "\nW1;Anna;Lyon;France\n")
        record.run()
        self.assertEqual(self.codes(record), [(2, "match_changed")])
        self.assertEqual(record.unchanged_count, 1)

    def test_a_field_that_the_user_may_not_read_is_refused_as_ever(self):
        self.run_import(FILE)
        field = self.env["res.partner"]._fields["city"]
        with (
            patch.object(field, "groups", "base.group_system"),
            self.assertRaises(Exception) as caught,
        ):
            self.make(FILE).run()
        self.assertIn("city", str(caught.exception))

    def test_the_words_of_a_file_are_not_kept_beside_it(self):
        record = self.make(FILE)
        files = self.env["ir.attachment"].sudo()
        domain = [("res_model", "=", "client.import"), ("res_id", "=", record.id)]
        file = files.search([*domain, ("res_field", "=", "file")])
        self.assertEqual(file.raw.decode(), FILE)
        self.assertFalse(file.index_content)
        other = files.create({"name": "letter.txt", "raw": b"Dear Anna"})
        self.assertIn("Anna", other.index_content)
