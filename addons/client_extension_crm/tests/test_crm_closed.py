from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_closed


@tagged("post_install", "-at_install")
class TestCrmClosed(common_closed.ClosedUnitCase):
    """Leads of clients of closed units, with their names, emails and phones."""

    groups = "sales_team.group_sale_salesman_all_leads"
    reports = ("crm.activity.report",)
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        lead = cls.env["crm.lead"].create(
            {"name": "Trip", "partner_id": client.id, "type": "opportunity"}
        )
        lead.activity_schedule("mail.mail_activity_data_todo").action_feedback()
        cls.env.flush_all()
        report = cls.env["crm.activity.report"].search([("lead_id", "=", lead.id)])
        return [lead, report]

    def test_a_lead_without_a_customer_stays(self):
        self.close()
        lead = self.env["crm.lead"].create({"name": "Somebody called"})
        self.assertTrue(self.sees(self.outsider, lead))

    def test_the_contact_data_of_a_hidden_client_is_not_copied_to_a_lead(self):
        self.close()
        leads = self.env["crm.lead"].with_user(self.outsider)
        with self.assertRaises(common_closed.AccessError):
            leads.create({"name": "Mine", "partner_id": self.client.id})
