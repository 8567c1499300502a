from odoo.tests import HttpCase, tagged

from ..common import ClientCase


@tagged("post_install", "-at_install", "client_tour")
class TestImportUndoTour(HttpCase, ClientCase):
    def test_correct_and_undo(self):
        self.start_tour(
            "/odoo/client-imports", "client_import_undo_tour", login="clients_importer"
        )
        record = self.env["client.import"].search([("file_name", "=", "undo_tour.csv")])
        self.assertEqual((record.state, record.row_count), ("undone", 2))
        self.assertFalse(self.Partner.search([("ref", "in", ("UT-1", "UT-2"))]))
