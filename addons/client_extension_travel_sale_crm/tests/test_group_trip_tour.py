from odoo import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.client_extension_travel_sale.tests.test_trip_order import TripOrderCase


@tagged("post_install", "-at_install", "client_tour")
class TestGroupTripTour(TripOrderCase, HttpCase):
    """A school asks for a trip to Rome, and leaves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent.write(
            {
                "email": "agent@example.com",
                "group_ids": [
                    Command.link(cls.env.ref("account.group_account_invoice").id)
                ],
            }
        )
        cls.seat.default_code = "SEAT"
        cls.group.write(
            {"need_birth_date": "leave", "need_paper": "leave", "need_room": "leave"}
        )
        cls.travelers = cls.Partner.create(
            [
                {"name": f"{name} Traveler", "email": f"{name}@example.com"}
                for name in ("Ann", "Bob")
            ]
        )
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Rome in spring",
                "type": "opportunity",
                "partner_id": cls.school.id,
                "user_id": cls.agent.id,
                "client_date_from": cls.day(9),
                "client_date_to": cls.day(13),
                "client_adults": 2,
            }
        )

    def test_a_group_trip_from_the_enquiry_to_the_departure(self):
        self.tour_of(f"crm/{self.lead.id}", "client_group_trip_tour")
        trip = self.lead.client_trip_id
        self.assertEqual((trip.client_id, trip.state), (self.school, "confirmed"))
        self.assertEqual(trip.order_ids.opportunity_id, self.lead)
        self.assertEqual(trip.order_ids.invoice_ids, trip.invoice_ids)
        self.assertEqual((trip.invoice_ids.state, trip.amount_open), ("posted", 100))
        rooms = {one.contact_id.name: one.room_id for one in trip.participant_ids}
        self.assertEqual(rooms["Ann Traveler"].name, "Single")
        self.assertEqual(rooms["Bob Traveler"].name, "Twin")
        self.assertFalse(trip.is_ready)

        self.answer()
        self.pay(trip.invoice_ids)
        trip.write({"date_from": self.today, "date_to": self.day(4)})
        self.tour_of("client-trips-not-ready", "client_group_trip_departure_tour")

    def tour_of(self, path, name):
        """Run a tour as the agent, from a page of the web client"""
        self.start_tour(f"/odoo/{path}", name, login=self.agent.login)

    def answer(self):
        """The travelers answer, and somebody notes their identities"""
        travellers = self.env["client.traveller"].create(
            [
                {"person_id": person.id, "birth_date": "1980-04-02"}
                for person in self.travelers
            ]
        )
        self.env["client.identity.paper"].create(
            [
                {"traveller_id": one.id, "number": "XK-77", "expires": self.day(999)}
                for one in travellers
            ]
        )

    def pay(self, invoice):
        """The school pays"""
        wizards = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizards.create({})._create_payments()
