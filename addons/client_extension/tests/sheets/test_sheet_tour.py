from odoo.tests import HttpCase, tagged

from ..common import ClientCase


@tagged("post_install", "-at_install", "client_tour")
class TestSheetTour(ClientCase, HttpCase):
    """Sheets and lists are printed from the menus of Odoo, in a real browser."""

    def test_a_client_user_prints_the_selected_clients(self):
        self.start_tour("/odoo/clients", "client_list_tour", login="clients_user")

    def test_an_accountant_prints_a_sheet(self):
        self.start_tour(
            f"/odoo/clients/{self.school.id}",
            "client_sheet_form_tour",
            login="clients_accountant",
        )
