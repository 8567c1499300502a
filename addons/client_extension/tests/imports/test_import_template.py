from odoo.tests import HttpCase, tagged

from ..common_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportTemplate(HttpCase, ImportCase):
    """The empty file with three examples."""

    def download(self, login):
        self.authenticate(login, login)
        return self.url_open("/client_extension/import_template")

    def test_it_checks_clean(self):
        answer = self.download("clients_importer")
        self.assertIn("clients_template.csv", answer.headers["Content-Disposition"])
        record = self.make(answer.content)
        record.check()
        self.assertFalse(record.problem_ids.mapped("message"))
        self.assertEqual(self.counts(record), (3, 0, 0, 0, 0))
        roles = {target["role"] for target in record.columns_summary}
        self.assertEqual(roles, {"standard"})
        columns = self.env["client.import.columns"]._get_import_columns()
        self.assertEqual(len(record.columns_summary), len(columns))

    def test_it_imports(self):
        record = self.make(self.download("clients_importer").content)
        record.run()
        self.assertEqual(self.counts(record), (3, 0, 0, 0, 0))
        self.assertEqual(self.client("0001").user_id, self.importer)
        self.assertIn("<br>", self.client("0001").comment)

    def test_names_that_hold_a_separator(self):
        category = self.env["res.partner.category"].search([], limit=1)
        category.name = "00 Food, drinks"
        record = self.make(self.download("clients_importer").content)
        record.run()
        self.assertEqual(self.client("0001").category_id, category)

    def test_for_importers_only(self):
        self.assertEqual(self.download("clients_employee").status_code, 404)
