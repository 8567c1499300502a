from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.client_extension.tests.common import GROUPS, ClientCase

from .test_crm_bridge import OpportunityMixin


@tagged("post_install", "-at_install", "client_tour")
class TestCrmTour(OpportunityMixin, ClientCase, HttpCase):
    """A salesperson without accounting rights, on the overview of a client."""

    def test_a_salesperson_sees_opportunities_and_starts_one(self):
        self.make_documents(self.family)
        seller = new_test_user(
            self.env,
            "clients_seller",
            f"{GROUPS['user']},sales_team.group_sale_salesman_all_leads",
        )
        url = f"/odoo/clients/{self.family.id}"
        self.start_tour(url, "client_opportunity_overview_tour", login="clients_seller")
        started = [("partner_id", "=", self.family.id), ("create_uid", "=", seller.id)]
        self.assertEqual(self.env["crm.lead"].search_count(started), 1)
