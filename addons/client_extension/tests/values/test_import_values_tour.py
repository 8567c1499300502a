from odoo.tests import HttpCase, tagged

from ..common_import import ImportCase
from .test_import_values import MAPPING, NORTHWIND


@tagged("post_install", "-at_install", "client_tour")
class TestImportValuesTour(HttpCase, ImportCase):
    def test_an_importer_answers_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"].search(
            [("name", "=", "client_extension")]
        )._update_translations(["fr_FR"])
        self.importer.lang = "fr_FR"
        record = self.make(NORTHWIND, column_mapping=MAPPING)
        record.check()
        self.start_tour(
            f"/odoo/action-client_extension.client_import_action/{record.id}",
            "client_import_values_tour",
            login="clients_importer",
        )
        self.assertEqual(self.counts(record), (9, 0, 0, 0, 0))
        self.assertEqual(self.client("MEREP").state_id.code, "QC")
        self.assertFalse(self.client("ALFKI").state_id)
