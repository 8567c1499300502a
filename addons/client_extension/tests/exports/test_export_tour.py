from odoo.tests import HttpCase, tagged

from ..common import ClientCase


@tagged("post_install", "-at_install", "client_tour")
class TestExportTour(ClientCase, HttpCase):
    def test_export_what_the_list_shows_then_a_selection(self):
        self.start_tour("/odoo/clients", "client_export_tour", login="clients_importer")
