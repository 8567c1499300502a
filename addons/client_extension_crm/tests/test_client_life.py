from odoo.fields import Date
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.client_extension.tests.common import ClientCase


@tagged("post_install", "-at_install")
class TestClientLife(ClientCase):
    """A lead makes a prospect, a won opportunity makes a client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # No user of the Clients app: it works for whoever sells.
        cls.seller = new_test_user(
            cls.env, login="seller", groups="sales_team.group_sale_salesman_all_leads"
        )
        cls.source = cls.env["utm.source"].create({"name": "Trade fair in Lyon"})

    def lead(self, **values):
        leads = self.env["crm.lead"].with_user(self.seller)
        return leads.create({"type": "opportunity", "name": "Trip to Rome", **values})

    def convert(self, lead, action="create", partner=None):
        wizards = self.env["crm.lead2opportunity.partner"].with_user(self.seller)
        wizards = wizards.with_context(
            active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
        )
        wizards.create(
            {
                "name": "convert",
                "lead_id": lead.id,
                "action": action,
                **({"partner_id": partner.id} if partner else {}),
            }
        ).action_apply()

    # Won

    def test_a_won_opportunity_makes_a_client(self):
        lead = self.lead(partner_id=self.family.id)
        self.assertEqual(self.family.client_status, "prospect")
        lead.action_set_won()
        self.assertEqual(self.family.client_status, "client")
        self.assertEqual(self.family.client_since, Date.context_today(self.family))
        self.assertIn("Trip to Rome", self.family.message_ids[0].body)
        self.assertNotIn("invoice", self.family.message_ids[0].body)

    def test_so_does_one_that_is_created_as_won(self):
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        self.lead(partner_id=self.family.id, stage_id=won.id, probability=100)
        self.assertEqual(self.family.client_status, "client")

    def test_the_client_is_one_since_the_day_it_was_won(self):
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        self.lead(
            partner_id=self.family.id,
            stage_id=won.id,
            probability=100,
            date_closed="2025-03-14 10:00:00",
        )
        self.assertEqual(self.family.client_since, Date.to_date("2025-03-14"))

    def test_a_won_opportunity_of_a_contact_makes_its_company_a_client(self):
        self.school.client_status = "prospect"
        contact = self.Partner.create({"name": "Mme Roy", "parent_id": self.school.id})
        self.lead(partner_id=contact.id).action_set_won()
        self.assertEqual(self.school.client_status, "client")
        self.assertFalse(contact.client_status)

    def test_a_won_opportunity_makes_a_client_of_the_prospect_it_is_given_later(self):
        lead = self.lead()
        lead.action_set_won()
        lead.partner_id = self.family
        self.assertEqual(self.family.client_status, "client")

    def test_lost_ones_leads_and_partners_without_status_change_nothing(self):
        self.lead(partner_id=self.family.id).action_set_lost()
        self.lead(partner_id=self.family.id, type="lead").action_set_won()
        self.assertEqual(self.family.client_status, "prospect")
        self.lead(partner_id=self.supplier.id).action_set_won()
        self.assertFalse(self.supplier.client_status)

    def test_a_client_put_back_to_prospect_stays_one(self):
        lead = self.lead(partner_id=self.family.id)
        lead.action_set_won()
        self.family.client_status = "prospect"
        lead.write({"probability": 100, "expected_revenue": 5})
        self.assertEqual(self.family.client_status, "prospect")

    def test_the_company_can_switch_it_off(self):
        with Form(self.env["res.config.settings"]) as settings:
            self.assertTrue(settings.client_won_status)
            settings.client_won_status = False
        settings.record.execute()
        self.lead(partner_id=self.family.id).action_set_won()
        self.assertEqual(self.family.client_status, "prospect")

    # Leads

    def test_a_lead_made_into_a_customer_is_a_prospect_with_its_source(self):
        lead = self.lead(
            type="lead",
            partner_name="Lycée Ampère",
            contact_name="Mme Roy",
            email_from="roy@example.com",
            source_id=self.source.id,
        )
        self.convert(lead)
        company = lead.partner_id.parent_id
        self.assertEqual(company.client_status, "prospect")
        self.assertEqual(company.client_source_id, self.source)
        self.assertEqual(company.client_prospect_date, Date.context_today(company))
        self.assertFalse(lead.partner_id.client_status)

    def test_a_lead_of_a_private_person_as_well(self):
        lead = self.lead(type="lead", contact_name="Jan Smit", source_id=self.source.id)
        self.convert(lead)
        self.assertEqual(lead.partner_id.client_status, "prospect")
        self.assertEqual(lead.partner_id.client_source_id, self.source)

    def test_type_and_unit_are_the_defaults(self):
        family = self.env.ref("client_extension.client_type_family")
        self.env["ir.default"].set("res.partner", "client_type_id", family.id)
        lead = self.lead(type="lead", contact_name="Jan Smit")
        lead = lead.with_context(default_client_business_unit_id=self.desk.id)
        lead._handle_partner_assignment()
        self.assertEqual(lead.partner_id.client_type_id, family)
        self.assertEqual(lead.partner_id.client_business_unit_id, self.desk)

    def test_the_contact_to_whom_a_lead_is_linked_becomes_a_prospect(self):
        contact = self.Partner.create({"name": "Jan Smit"})
        lead = self.lead(type="lead", source_id=self.source.id)
        self.convert(lead, "exist", contact)
        self.assertEqual(contact.client_status, "prospect")
        self.assertEqual(contact.client_source_id, self.source)

    def test_a_client_keeps_its_status_and_its_source(self):
        known = self.env["utm.source"].create({"name": "Word of mouth in Lyon"})
        self.school.client_source_id = known
        lead = self.lead(type="lead", source_id=self.source.id)
        self.convert(lead, "exist", self.school)
        self.assertEqual(self.school.client_status, "client")
        self.assertEqual(self.school.client_source_id, known)

    def test_a_reference_that_a_client_has_does_not_stop_the_conversion(self):
        self.assertEqual(self.supplier.ref, self.family.ref)
        lead = self.lead(type="lead")
        self.convert(lead, "exist", self.supplier)
        self.assertEqual(lead.type, "opportunity")
        self.assertFalse(self.supplier.client_status)

    def test_a_colleague_is_no_prospect(self):
        colleague = self.users["employee"].partner_id
        self.convert(self.lead(type="lead"), "exist", colleague)
        self.assertFalse(colleague.client_status)

    def test_a_won_opportunity_without_a_customer_makes_a_client(self):
        lead = self.lead(contact_name="Jan Smit")
        lead.action_set_won()
        lead._handle_partner_assignment()
        self.assertEqual(lead.partner_id.client_status, "client")
