from odoo.tests import tagged

from ...common_import import ImportCase

#: cells with characters that have a meaning in PostgreSQL
ODD = (r"\N", r"C:\new\table", "Tab\there", "End\\", r"\.", "Ünï “код” 客")
HEADER = "reference;name;address;city;email\n"


@tagged("post_install", "-at_install")
class TestImportStore(ImportCase):
    """The content of a cell is stored unchanged."""

    def clients(self):
        return self.Partner.search([("ref", "=like", "STORE%")], order="id")

    def patch_create(self, asked):
        """Simulate an add-on that changes how partners are stored."""
        partners = type(self.env["res.partner"])
        origin = partners._create

        def _create(records, data_list):
            asked.append(len(data_list))
            return origin(records, data_list)

        _create.__module__ = "odoo.addons.another.models.res_partner"
        self.patch(partners, "_create", _create)

    def test_odd_texts_are_stored_as_they_are(self):
        lines = "".join(
            f'STORE{n};Client {n};"{text}";"{text}\nline";\n'
            for n, text in enumerate(ODD)
        )
        record = self.run_import(HEADER + lines)
        self.assertEqual(record.created_count, len(ODD))
        self.env.invalidate_all()
        for client, text in zip(self.clients(), ODD, strict=True):
            self.assertEqual(client.street, text)
            self.assertEqual(client.city, f"{text}\nline")

    def test_rows_with_other_columns_filled_go_in_together(self):
        record = self.run_import(
            HEADER + "STORE0;A;Rue 1;;\nSTORE1;B;;Gent;\nSTORE2;C;;;c@example.com\n"
        )
        self.assertEqual(record.created_count, 3)
        self.env.invalidate_all()
        first, second, third = self.clients()
        self.assertEqual((first.street, first.city), ("Rue 1", False))
        self.assertEqual((second.street, second.city), (False, "Gent"))
        self.assertEqual(third.email_normalized, "c@example.com")

    def test_an_addon_that_stores_partners_otherwise_is_called(self):
        asked = []
        self.patch_create(asked)
        record = self.run_import(HEADER + "STORE0;A;;;\nSTORE1;B;;;\n")
        self.assertEqual(record.created_count, 2)
        self.assertTrue(asked)
        self.assertEqual(len(self.clients()), 2)

    def test_a_column_with_a_default_of_the_database_gets_it(self):
        self.env.cr.execute(
            "ALTER TABLE res_partner ALTER COLUMN street SET DEFAULT 'Default road'"
        )
        record = self.run_import(HEADER + "STORE0;A;Rue 1;;\nSTORE1;B;;;\n")
        self.assertEqual(record.created_count, 2)
        self.env.invalidate_all()
        self.assertEqual(self.clients().mapped("street"), ["Rue 1", "Default road"])
