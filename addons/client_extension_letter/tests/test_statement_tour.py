from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ..wizards import client_statement_wizard as dialog
from .test_statement import StatementCase


@tagged("post_install", "-at_install", "client_tour")
class TestStatementTour(StatementCase, HttpCase):
    """Who has access to invoices sends a statement from the menu of the client, and
    leaves many to the background. Who has none is not offered statements: see the tour
    of a letter."""

    def send_statement(self, name):
        """Let one of the users send the statement of a client by email."""
        self.invoice(self.school, 100, due=-10)
        self.school.email = "school@example.com"
        self.start_tour(
            f"/odoo/clients/{self.school.id}",
            "client_statement_tour",
            login=self.users[name].login,
        )
        message = self.school.message_ids.filtered("attachment_ids")
        self.assertIn("statement of account", message.subject)

    def test_an_accountant_sends_a_statement(self):
        self.send_statement("accountant")

    def test_a_manager_who_invoices_sends_a_statement(self):
        self.users["manager"].group_ids += self.env.ref("account.group_account_invoice")
        self.send_statement("manager")

    def test_an_accountant_leaves_many_to_the_background(self):
        self.invoice(self.school, 100, due=-10)
        with patch.object(dialog, "MOST_STATEMENTS", 0):
            self.start_tour(
                "/odoo/clients",
                "client_statement_run_tour",
                login="clients_accountant",
            )
        run = self.env["client.letter.run"].search([], limit=1)
        self.assertEqual((run.kind, run.state), ("print", "stopped"))
        self.assertEqual(run.user_id, self.users["accountant"])
