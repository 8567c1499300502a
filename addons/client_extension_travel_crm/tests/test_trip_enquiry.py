from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.client_extension.tests import common_closed
from odoo.addons.client_extension_travel.tests.common import GROUPS, TripCase
from odoo.addons.client_extension_travel.tests.test_trip_bridge import make_trip

SELLERS = "sales_team.group_sale_salesman_all_leads"


@tagged("post_install", "-at_install")
class TestTripEnquiry(TripCase):
    """An opportunity becomes a trip, which follows it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = new_test_user(
            cls.env, login="travel_agent", groups=f"{GROUPS['user']},{SELLERS}"
        )
        cls.seller = new_test_user(cls.env, login="travel_seller", groups=SELLERS)
        cls.rome = cls.trip(cls.family, title="Rome")

    @classmethod
    def enquiry(cls, **values):
        """:return: an opportunity, by default of nobody known"""
        return cls.env["crm.lead"].create(
            {
                "name": "Rome in spring",
                "type": "opportunity",
                "user_id": cls.agent.id,
                **values,
            }
        )

    def trip_of(self, lead):
        """:return: the trip that the agent makes of an opportunity"""
        action = lead.with_user(self.agent).action_client_new_trip()
        trips = self.Trip.with_user(self.agent).with_context(**action["context"])
        return Form(trips).save()

    def test_an_enquiry_of_a_client_becomes_its_trip(self):
        lead = self.enquiry(
            partner_id=self.family.id,
            client_date_from=self.day(30),
            client_date_to=self.day(34),
            client_adults=40,
            client_children=2,
        )
        trip = self.trip_of(lead)
        self.assertEqual(lead.client_trip_id, trip)
        self.assertEqual((trip.client_id, trip.title), (self.family, lead.name))
        self.assertEqual((trip.date_from, trip.nights), (self.day(30), 4))
        self.assertEqual((trip.adults, trip.children), (40, 2))
        self.assertEqual((trip.state, trip.user_id), ("enquiry", self.agent))
        found = trip.action_view_leads()
        self.assertEqual(trip.client_lead_count, 1)
        self.assertEqual(self.env["crm.lead"].search(found["domain"]), lead)
        self.assertEqual(lead.action_client_view_trip()["res_id"], trip.id)
        with self.assertRaises(UserError):
            lead.action_client_new_trip()

    def test_an_enquiry_of_somebody_new_makes_a_prospect(self):
        trip = self.trip_of(self.enquiry(contact_name="Ann", email_from="a@new.test"))
        self.assertEqual(trip.client_id.name, "Ann")
        self.assertEqual(trip.client_id.client_status, "prospect")

    def test_an_enquiry_with_a_known_address_is_that_client(self):
        self.family.email = "lefevre@known.test"
        trip = self.trip_of(self.enquiry(email_from="lefevre@known.test"))
        self.assertEqual(trip.client_id, self.family)

    def test_an_enquiry_of_nobody_makes_no_contact(self):
        lead = self.enquiry()
        before = self.Partner.search_count([])
        with self.assertRaises(UserError):
            lead.with_user(self.agent).action_client_new_trip()
        self.assertEqual(self.Partner.search_count([]), before)

    def test_a_won_opportunity_confirms_its_trip(self):
        lead = self.enquiry(partner_id=self.family.id, client_trip_id=self.rome.id)
        lead.with_user(self.seller).action_set_won()
        self.assertEqual(self.rome.state, "confirmed")

    def test_a_trip_without_dates_does_not_hold_its_opportunity_back(self):
        self.rome.write({"date_from": False, "date_to": False})
        lead = self.enquiry(partner_id=self.family.id, client_trip_id=self.rome.id)
        lead.with_user(self.seller).action_set_won()
        self.assertEqual((lead.won_status, self.rome.state), ("won", "enquiry"))
        self.assertIn("is won", self.rome.message_ids[0].body)

    def test_a_lost_opportunity_cancels_its_trip_while_nothing_is_promised(self):
        option = {"option_until": self.day(5), "state": "option"}
        for before, after in (
            ({}, "cancelled"),
            ({"state": "quoted"}, "cancelled"),
            (option, "option"),
            ({"state": "confirmed"}, "confirmed"),
        ):
            trip = self.trip(self.family, **before)
            lead = self.enquiry(partner_id=self.family.id, client_trip_id=trip.id)
            lead.with_user(self.seller).action_set_lost()
            self.assertEqual(trip.state, after)

    def test_a_trip_with_another_open_opportunity_stays(self):
        values = {"partner_id": self.family.id, "client_trip_id": self.rome.id}
        first, second = self.enquiry(**values), self.enquiry(**values)
        first.action_set_lost()
        self.assertEqual(self.rome.state, "enquiry")
        second.action_set_lost()
        self.assertEqual(self.rome.state, "cancelled")

    def test_merged_opportunities_keep_what_they_say_of_the_trip(self):
        client = {"partner_id": self.family.id}
        first = self.enquiry(**client, client_adults=3, client_date_from=self.day(9))
        second = self.enquiry(
            **client, client_trip_id=self.rome.id, client_date_to=self.day(2)
        )
        merged = (first | second).merge_opportunity()
        self.assertEqual((merged.client_trip_id, merged.client_adults), (self.rome, 3))
        self.assertEqual(bool(merged.client_date_from), not merged.client_date_to)

    def test_an_enquiry_does_not_end_before_it_begins(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.enquiry(client_date_from=self.day(2), client_date_to=self.day(1))

    # Rights

    def test_who_does_not_sell_or_travel_has_no_button(self):
        lead = self.enquiry(partner_id=self.family.id)
        with self.assertRaises(AccessError):
            lead.with_user(self.seller).action_client_new_trip()
        self.assertFalse(lead.client_trip_id)
        with self.assertRaises(AccessError):
            lead.with_user(self.desk).action_client_new_trip()
        trip = self.as_desk(self.rome)
        with self.assertRaises(AccessError):
            trip.action_view_leads()
        with self.assertRaises(AccessError):
            trip.read(["client_lead_count"])
        with Form(trip) as form:
            form.title = "Rome again"
        with Form(lead.with_user(self.seller)) as form:
            form.client_adults = 2


@tagged("post_install", "-at_install")
class TestTripEnquiryClosed(common_closed.ClosedUnitCase):
    """Trips and enquiries of clients of closed units."""

    groups = f"{GROUPS['user']},{SELLERS}"
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        trip = make_trip(cls.env, client)
        lead = cls.env["crm.lead"].create(
            {
                "name": "Trip",
                "type": "opportunity",
                "partner_id": client.id,
                "client_trip_id": trip.id,
            }
        )
        return [trip, lead]

    def test_a_hidden_trip_is_not_linked_to_an_opportunity(self):
        self.close()
        trip = self.hidden[self.client][0]
        lead = self.open[1].with_user(self.outsider)
        with self.assertRaises(common_closed.AccessError):
            lead.client_trip_id = trip.id
        with self.assertRaises(common_closed.AccessError):
            lead.create({"name": "Mine", "client_trip_id": trip.id})
