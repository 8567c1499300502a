from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_bridge


class OpportunityMixin:
    """Make opportunities of every kind."""

    @classmethod
    def make_documents(cls, client):
        cls.opportunity(client, 1000)
        cls.opportunity(client, 250)
        cls.opportunity(client, 2000).action_set_won()
        cls.opportunity(client, 4000).action_set_lost()

    @classmethod
    def opportunity(cls, client, revenue=100, **values):
        return cls.env["crm.lead"].create(
            {
                "type": "opportunity",
                "name": f"Trip for {revenue}",
                "partner_id": client.id,
                "expected_revenue": revenue,
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestCrmBridge(OpportunityMixin, common_bridge.BridgeCase):
    """Opportunities: open, won and lost with their revenue, and on the timeline."""

    sections = ("crm",)
    sources = ("opportunity",)
    blocks = 1
    groups = "sales_team.group_sale_salesman_all_leads"
    allow_inherited_tests_method = True
    # the names of the salespeople: users, and their partners
    timeline_more_queries = 2

    def figures(self, client, user=None):
        client = client.with_user(user or self.reader)
        values = client._read_client_figures()[client.id]
        return {
            key: (value["count"], value["amount"])
            for (section, key), value in values.items()
            if section == "crm"
        }

    def test_open_won_and_lost_with_their_revenue(self):
        self.assertEqual(
            self.figures(self.family),
            {"open": (2, 1250.0), "won": (1, 2000.0), "lost": (1, 4000.0)},
        )

    def test_a_lead_is_no_opportunity_yet(self):
        before = self.figures(self.family)
        lead = self.opportunity(self.family, 5000, type="lead")
        self.assertEqual(self.figures(self.family), before)
        names = {entry["title"] for entry in self.timeline(limit=200)}
        self.assertNotIn(lead.name, names)

    def test_opportunities_of_all_companies_count_those_of_another_do_not(self):
        before = self.figures(self.family)["open"]
        # A lead without a team belongs to no company.
        shared = self.opportunity(self.family, 10, company_id=False)
        other = self.make_company()
        self.opportunity(self.family, 20, company_id=other.id, team_id=False)
        self.assertFalse(shared.company_id)
        self.assertEqual(self.figures(self.family)["open"], (before[0] + 1, 1260.0))

    def test_salespeople_see_their_own_and_are_told_so(self):
        self.reader.group_ids -= self.env.ref(self.groups)
        self.reader.group_ids += self.env.ref("sales_team.group_sale_salesman")
        self.opportunity(self.family, 70, user_id=self.reader.id)
        self.env["crm.lead"].search(
            [("partner_id", "=", self.family.id), ("user_id", "!=", self.reader.id)]
        ).user_id = self.users["manager"]
        self.assertEqual(self.figures(self.family)["open"], (1, 70.0))
        self.assertTrue(self.overview(self.family)["crm"]["partial"])

    def test_lost_ones_are_on_the_timeline_with_their_state_and_revenue(self):
        entries = {entry["title"]: entry for entry in self.timeline(limit=200)}
        lost = entries["Trip for 4000"]
        self.assertEqual((lost["state"], lost["amount"]), ("Lost", 4000.0))
        self.assertEqual(lost["currency_id"], self.company.currency_id.id)

    def test_a_new_opportunity_is_for_the_client(self):
        action = self.as_reader(self.family).action_client_new_opportunity()
        leads = self.env["crm.lead"].with_user(self.reader)
        lead = leads.with_context(**action["context"]).create({"name": "Trip"})
        self.assertEqual(lead.partner_id, self.family)
        self.assertEqual(lead.type, "opportunity")

    def test_a_new_opportunity_needs_both_rights(self):
        for name in ("user", "employee"):
            client = self.family.with_user(self.users[name])
            with self.subTest(name), self.assertRaises(AccessError):
                client.action_client_new_opportunity()
