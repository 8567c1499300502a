from odoo.tests import tagged

from odoo.addons.client_extension.tests.common_import import ImportCase

SIRET = "73282932000074"


@tagged("post_install", "-at_install")
class TestFrenchImport(ImportCase):
    """The columns ``siret`` and ``ape`` of a file."""

    def test_siret_and_ape_are_kept(self):
        record = self.run_import(
            "reference;name;country;N° SIRET;Code APE\n"
            "FR1;Camping des Pins;FR;732 829 320 00074;5530Z\n"
        )
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 0))
        client = self.client("FR1")
        self.assertEqual(client.company_registry, SIRET)
        self.assertEqual(client.client_naf_id.code, "55.30Z")

    def test_a_wrong_siret_is_rejected_with_its_reason(self):
        record = self.run_import(
            "reference;name;siret\nFR1;A;73282932000075\nFR2;B;123\nFR3;C;\n"
        )
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 2))
        self.assertEqual(
            record.problem_ids.mapped("message"),
            [
                "“73282932000075” is not a valid SIRET. Check its digits.",
                "“123” is not a valid SIRET: a SIRET has 14 digits, and a SIREN 9.",
            ],
        )

    def test_a_siren_is_taken_as_on_the_form(self):
        record = self.run_import(
            "reference;name;type;country;siret\n"
            "SI1;Atelier;company;FR;732 829 320\nSI2;Four;company;FR;732829321\n"
        )
        self.assertEqual(self.codes(record), [(3, "cell.siret_checksum")])
        self.assertEqual(self.client("SI1").company_registry, SIRET[:9])
        export = self.env["client.export"].with_user(self.importer)
        text = b"".join(export.iter_csv([("ref", "=", "SI1")])).decode("utf-8-sig")
        self.assertIn(SIRET[:9], text)
        again = self.run_import(text, mode="update")
        self.assertEqual(self.counts(again), (0, 0, 1, 0, 0))

    def test_the_column_is_called_siret_where_columns_are_chosen(self):
        export = self.env["client.export"].with_user(self.importer)
        standard = export._get_column_choices()[0]["columns"]
        names = {column["header"]: column["label"] for column in standard}
        self.assertEqual(names["siret"], "SIRET")

    def test_an_unknown_activity_is_rejected(self):
        record = self.run_import("reference;name;ape\nFR1;A;98.76Z\n")
        self.assertEqual(self.codes(record), [(2, "cell_unknown")])

    def test_the_export_comes_back_unchanged(self):
        self.run_import(
            "reference;name;country;siret;ape\n"
            f"FR1;Camping des Pins;FR;{SIRET};55.30Z\n"
        )
        self.run_import("reference;name;country\nBE1;Camping;BE\n")
        self.client("BE1").company_registry = "0477.472.701"
        export = self.env["client.export"].with_user(self.importer)
        domain = [("ref", "in", ("FR1", "BE1"))]
        text = b"".join(export.iter_csv(domain)).decode("utf-8-sig")
        self.assertIn(f"{SIRET};55.30Z", text.splitlines()[0 + 1])
        self.assertNotIn("0477", text)
        record = self.run_import(text, mode="update")
        self.assertEqual(self.counts(record), (0, 0, 2, 0, 0))
