from datetime import timedelta

from odoo import Command, fields
from odoo.tests import HttpCase, tagged

from ..common import ClientCase


class OverviewTourCase(ClientCase, HttpCase):
    """A family, documents and activities, for tours of the overview."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.Partner)
        cls.say(cls.family, "A note about the rooms")

    @classmethod
    def say(cls, record, text):
        """Write a message on a record."""
        record.message_post(body=text, message_type="comment")

    @classmethod
    def invoice(cls, line, due_in, **values):
        """:return: ``account.move`` of the family, draft, due in so many days"""
        due = cls.today + timedelta(days=due_in)
        return cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.family.id,
                "invoice_date": min(due, cls.today),
                "invoice_date_due": due,
                "ref": line,
                "invoice_line_ids": [Command.create({"name": line, "price_unit": 9})],
                **values,
            }
        )

    @classmethod
    def plan(cls, client, summary, due_in=0):
        """Plan an activity for the user of the tour, due in so many days."""
        client.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=cls.today + timedelta(days=due_in),
            summary=summary,
            user_id=cls.users["user"].id,
        )

    def open_family(self, tour, user):
        """Run a tour that starts on the form of the family."""
        self.start_tour(f"/odoo/clients/{self.family.id}", tour, login=user)


@tagged("post_install", "-at_install", "client_neighbours", "client_tour")
class TestOverviewTour(OverviewTourCase):
    """The overview page of a client, also beside an add-on that changes its form."""

    def test_an_accountant_sees_figures_and_documents(self):
        self.invoice("Deposit", -40).action_post()
        coach = self.invoice("Coach to Annecy", 30)
        coach.action_post()
        self.say(coach, "The coach leaves at eight")
        for number in range(40):
            self.invoice(f"Draft {number}", 30)
        self.users["accountant"].group_ids += self.env.ref(
            "client_extension.group_client_user"
        )
        self.open_family("client_overview_accountant_tour", "clients_accountant")


@tagged("post_install", "-at_install", "client_tour")
class TestOverviewTours(OverviewTourCase):
    """The overview page of a client in a real browser, by the rights of its reader."""

    def test_a_user_without_accounting_sees_no_money(self):
        self.invoice("Coach to Annecy", -40).action_post()
        self.plan(self.family, "Call about the rooms")
        self.open_family("client_overview_user_tour", "clients_user")
        self.assertFalse(self.family.activity_ids)

    def test_an_accountant_shows_figures_in_the_list(self):
        self.invoice("Deposit", -40).action_post()
        self.plan(self.family, "Call about the rooms")
        self.users["accountant"].group_ids += self.env.ref(
            "client_extension.group_client_user"
        )
        self.start_tour(
            "/odoo/clients", "client_list_figures_tour", login="clients_accountant"
        )

    def test_an_accountant_sees_the_most_urgent_first(self):
        for line, due_in in (("Deposit", -40), ("Balance", -10), ("Extra", 30)):
            self.invoice(line, due_in).action_post()
        self.plan(self.family, "Call about the rooms", -3)
        self.users["accountant"].group_ids += self.env.ref(
            "client_extension.group_client_user"
        )
        self.open_family("client_overview_urgent_tour", "clients_accountant")

    def test_a_user_fills_in_what_is_missing_before_the_first_invoice(self):
        self.plan(self.family, "Call about the rooms", 3)
        self.open_family("client_overview_gaps_tour", "clients_user")
        self.assertEqual(self.family.zip, "69002")

    def test_the_answer_for_another_client_never_shows(self):
        for name in ("Overview A", "Overview B"):
            client = self.Partner.create({"name": name, "client_status": "client"})
            if name == "Overview A":
                self.plan(client, "Call them")
        self.start_tour(
            "/odoo/clients", "client_overview_pager_tour", login="clients_user"
        )

    def test_a_page_that_could_not_be_loaded_is_asked_for_again(self):
        client = self.Partner.create({"name": "Overview A", "client_status": "client"})
        self.say(client, "A note about the rooms")
        self.start_tour(
            "/odoo/clients", "client_overview_failure_tour", login="clients_user"
        )
