from odoo.tests import HttpCase, tagged

from .common import LetterCase


@tagged("post_install", "-at_install", "client_tour")
class TestLetterTour(LetterCase, HttpCase):
    """A plain user and a manager write letters, a manager a template."""

    def test_user_writes_a_letter_and_keeps_it_for_later(self):
        url = f"/odoo/clients/{self.family.id}"
        self.start_tour(url, "client_letter_write_tour", login="clients_user")
        letter = self.Letter.search([("client_id", "=", self.family.id)])
        self.assertEqual(letter.name, "Your visit, Famille Lefèvre")
        self.assertEqual(letter.state, "draft")
        self.assertEqual(letter.user_id, self.users["user"])

    def write_to_many(self, name):
        """Let one of the users write to three clients, of whom one objects at first."""
        clients = self.Partner.create(
            [
                {
                    "name": f"Merge {name}",
                    "street": "1 rue A",
                    "city": "Lyon",
                    "client_status": "client",
                    "client_no_mailing": name == "C",
                }
                for name in "ABC"
            ]
        )
        user = self.users[name]
        self.start_tour("/odoo/clients", "client_letter_run_tour", login=user.login)
        run = self.env["client.letter.run"].search([], limit=1)
        self.assertEqual(run.letter_ids.client_id, clients)
        self.assertEqual(run.user_id, user)

    def test_user_writes_to_many_clients(self):
        self.write_to_many("user")

    def test_manager_writes_to_many_clients(self):
        self.write_to_many("manager")

    def test_manager_writes_a_letter(self):
        url = f"/odoo/clients/{self.family.id}"
        self.start_tour(url, "client_letter_write_tour", login="clients_manager")
        letter = self.Letter.search([("client_id", "=", self.family.id)])
        self.assertEqual(letter.user_id, self.users["manager"])

    def test_manager_writes_a_template(self):
        self.start_tour("/odoo", "client_letter_template_tour", login="clients_manager")
        template = self.env["mail.template"].search([("name", "=", "Tour letter")])
        self.assertTrue(template.client_is_letter)
        self.assertEqual(template.model, "res.partner")
