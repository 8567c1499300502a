from odoo.tests import Form, tagged

from odoo.addons.client_extension_travel_sale.tests.test_trip_order import TripOrderCase


@tagged("post_install", "-at_install")
class TestTripOpportunity(TripOrderCase):
    """A quotation belongs to the opportunity and to the trip that it became."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.opportunity()

    @classmethod
    def opportunity(cls, **values):
        """:return: an opportunity that became the trip to Rome"""
        return cls.env["crm.lead"].create(
            {
                "name": "Rome in spring",
                "type": "opportunity",
                "partner_id": cls.family.id,
                "user_id": cls.agent.id,
                "client_trip_id": cls.rome.id,
                **values,
            }
        )

    def quoted(self, record):
        """:return: the quotation that the agent makes from a trip or opportunity"""
        action = record.with_user(self.agent).action_new_quotation()
        orders = self.env["sale.order"].with_user(self.agent)
        return Form(orders.with_context(**action["context"])).save()

    def test_a_quotation_of_an_opportunity_is_for_its_trip(self):
        order = self.quoted(self.lead)
        self.assertEqual(order.client_trip_id, self.rome)
        self.assertEqual(order.opportunity_id, self.lead)
        self.assertEqual(self.rome.state, "quoted")

    def test_a_quotation_of_an_opportunity_without_a_trip_has_none(self):
        self.lead.client_trip_id = False
        self.assertFalse(self.quoted(self.lead).client_trip_id)

    def test_a_quotation_of_a_trip_belongs_to_its_open_opportunity(self):
        self.opportunity(active=False, probability=0)
        self.assertEqual(self.quoted(self.rome).opportunity_id, self.lead)
        self.assertEqual(self.lead.quotation_count, 1)

    def test_of_several_opportunities_none_is_guessed(self):
        self.opportunity(name="Rome in autumn")
        self.assertFalse(self.quoted(self.rome).opportunity_id)

    def test_a_trip_that_the_user_may_not_see_does_not_hold_the_quotation_back(self):
        unit = self.agency
        unit.members_only = True
        self.rome.client_id.client_business_unit_id = unit
        self.lead.partner_id = self.school
        self.assertFalse(self.rome.with_user(self.agent).has_access("read"))
        self.assertFalse(self.quoted(self.lead).sudo().client_trip_id)

    def test_a_confirmed_order_of_an_opportunity_confirms_the_trip(self):
        order = self.quoted(self.lead)
        order.order_line = [(0, 0, {"product_id": self.seat.id})]
        order.action_confirm()
        self.assertEqual(self.rome.state, "confirmed")
