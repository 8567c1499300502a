from pathlib import Path

from odoo.tests import tagged

from ...common_import import ImportCase

FILE = Path(__file__).parents[2] / "fixtures" / "sample_database.csv"
#: what three clicks on each column say
MAPPING = {
    "customerID": "reference",
    "companyName": "name",
    "region": "state",
    "postalCode": "zip",
    **dict.fromkeys(("contactName", "contactTitle", "fax"), "-"),
}


@tagged("post_install", "-at_install")
class TestImportSampleDatabase(ImportCase):
    """Rows in the form of a sample database: commas without quotes, NULL, regions."""

    def check(self, **values):
        record = self.make(FILE.read_bytes(), column_mapping=MAPPING, **values)
        record.check()
        return record

    def test_it_is_asked_once_instead_of_refused_in_each_row(self):
        record = self.check()
        self.assertEqual(record.row_count, 12)
        warnings = record.problem_ids.filtered("is_warning")
        self.assertEqual(
            [(p.column, p.code, p.params["count"]) for p in warnings],
            [("postalCode", "header_nulls", "1"), ("region", "cell_null", "3")],
        )
        self.assertEqual(
            {(noted["word"], noted["count"]) for noted in record.unknown_values},
            {("Táchira", 1), ("DF", 1), ("Co. Cork", 1)},
        )
        self.assertEqual(record.rejected_count, 6)
        record.value_answers = {
            "state": dict.fromkeys(("Táchira", "DF", "Co. Cork"), "")
        }
        record.file_answers = {"nulls:postalCode": "empty"}
        record.check()
        record.run()
        self.assertEqual(self.counts(record), (9, 0, 0, 0, 3))
        self.assertEqual(self.client("ERABL").state_id.code, "QC")
        self.assertEqual(self.client("CEDAR").state_id.code, "BC")
        self.assertEqual(self.client("RIMRO").country_id.code, "US")
        self.assertFalse(self.client("KERZE").state_id + self.client("ARAGU").state_id)
        self.assertEqual(self.client("KERZE").zip, "14467")
        self.assertFalse(self.client("HARPR").zip)

    def test_a_comma_without_quotes_rejects_its_row_and_says_why(self):
        rejected = self.check().problem_ids.filtered(
            lambda p: p.code == "row_extra_cells"
        )
        self.assertEqual(rejected.mapped("line"), [4, 6, 8])
        self.assertIn("“03.89.00.11.21”", rejected[0].message)
        self.assertIn("put it in quotation marks", rejected[0].message)
