from odoo.tests import HttpCase, tagged

from .test_statement import StatementCase


@tagged("post_install", "-at_install", "client_tour")
class TestStatementTour(StatementCase, HttpCase):
    """An accountant sends a statement from the menu of the client."""

    def test_an_accountant_sends_a_statement(self):
        self.invoice(self.school, 100, due=-10)
        self.school.email = "school@example.com"
        self.start_tour(
            f"/odoo/clients/{self.school.id}",
            "client_statement_tour",
            login="clients_accountant",
        )
        message = self.school.message_ids.filtered("attachment_ids")
        self.assertIn("statement of account", message.subject)
