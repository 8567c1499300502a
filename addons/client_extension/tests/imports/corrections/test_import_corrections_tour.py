from odoo.tests import HttpCase, tagged

from ...common_corrections import ROWS
from ...common_import import ImportCase


@tagged("post_install", "-at_install", "client_tour")
class TestImportCorrectionsTour(HttpCase, ImportCase):
    def test_an_importer_corrects_rows_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"].search(
            [("name", "=", "client_extension")]
        )._update_translations(["fr_FR"])
        self.importer.lang = "fr_FR"
        record = self.run_import(ROWS)
        self.start_tour(
            f"/odoo/action-client_extension.client_import_action/{record.id}",
            "client_import_corrections_tour",
            login="clients_importer",
        )
        self.assertEqual(self.counts(record), (4, 0, 0, 0, 0))
        self.assertEqual(self.client("M2").email, "deux@example.com")
        self.assertEqual(self.client("M3").city, "Pau")
        client = self.client("M4")
        self.assertEqual((client.client_status, client.city), ("prospect", "Rennes"))
        self.assertFalse(record.corrections)
