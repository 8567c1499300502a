from odoo.tests import HttpCase, tagged

from ..common import ClientCase
from ..common_import import ImportCase


@tagged("post_install", "-at_install", "client_tour")
class TestImportUndoTour(HttpCase, ClientCase):
    def test_correct_and_undo(self):
        self.start_tour(
            "/odoo/client-imports", "client_import_undo_tour", login="clients_importer"
        )
        record = self.env["client.import"].search([("file_name", "=", "undo_tour.csv")])
        self.assertEqual((record.state, record.row_count), ("undone", 2))
        self.assertFalse(self.Partner.search([("ref", "in", ("UT-1", "UT-2"))]))


@tagged("post_install", "-at_install", "client_tour")
class TestImportDeleteTour(HttpCase, ImportCase):
    def test_who_deletes_an_import_is_told_that_its_change_log_goes(self):
        record = self.run_import("reference;name\nUD-1;A\n", file_name="goes.csv")
        self.start_tour(
            f"/odoo/client-imports/{record.id}",
            "client_import_delete_tour",
            login="clients_manager",
        )
        self.assertTrue(record.exists())
