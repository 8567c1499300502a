from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import ClientCase


@tagged("post_install", "-at_install")
class TestClientSearch(ClientCase):
    """One box finds a client by whatever is known of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner.create({"name": "Madeleine Roy", "parent_id": cls.school.id})

    def find(self, text):
        domain = [("client_status", "!=", False), ("client_search", "ilike", text)]
        return self.as_user("user").search(domain)

    def test_it_finds_by_everything_that_is_known(self):
        known = {
            "name": ("Lefèv", self.family),
            "reference": ("T-0001", self.family),
            "email": ("lefevre@exa", self.family),
            "phone": ("+33 4 78 00 00 01", self.family),
            "phone as in the country": ("0478000001", self.family),
            "mobile": ("06 12 34 56 01", self.family),
            "city": ("Lyon", self.family),
            "VAT": ("23334175221", self.school),
            "contact": ("Madeleine", self.school),
        }
        for what, (text, client) in known.items():
            with self.subTest(what):
                self.assertIn(client, self.find(text))

    def test_it_finds_nothing_else(self):
        self.assertFalse(self.find("Zzyzx"))
        self.assertNotIn(self.supplier.id, self.find("Autocars").ids)

    def test_every_filter_finds_what_it_says(self):
        full = self.Partner.create(
            {
                "name": "Full",
                "client_status": "client",
                "user_id": self.users["user"].id,
                "client_business_unit_id": self.desk.id,
                "client_type_id": self.env["client.type"].create({"name": "T"}).id,
                "email": "full@example.com",
                "mobile": "+33 6 12 34 56 02",
            }
        )
        gone = full.copy({"name": "Gone", "active": False, "user_id": False})
        family, school = self.family, self.school
        (family | school).user_id = self.users["manager"]
        bare = self.Partner.create({"name": "Bare", "client_status": "prospect"})
        bare.user_id = False
        accounting = self.env.ref("client_extension.client_contact_role_accounting")
        # Who has no address is mailed nothing.
        self.supplier.email = "accounts@example.com"
        self.env["client.contact"].create(
            {
                "client_id": family.id,
                "contact_id": self.supplier.id,
                "is_main": True,
                "role_ids": accounting.ids,
            }
        )
        expected = {
            "filter_mine": full,
            "filter_prospect": family | bare,
            "filter_client": school | full,
            "filter_no_manager": bare,
            "filter_no_unit": family | school | bare,
            "filter_no_type": family | school | bare,
            "filter_no_email": school | bare,
            "filter_no_phone": school | bare,
            "filter_no_main_contact": school | full | bare,
            "filter_no_accounting_contact": school | full | bare,
            "filter_inactive": gone,
        }
        view = self.env.ref("client_extension.res_partner_view_search")
        arch = self.as_user("user").get_view(view.id, "search")["arch"]
        filters = etree.fromstring(arch).xpath("//filter[@domain]")
        domains = {
            node.get("name"): safe_eval(
                node.get("domain"), {"uid": self.users["user"].id}
            )
            for node in filters
            if node.get("name").startswith("filter_")
        }
        self.assertEqual(domains.keys(), expected.keys())
        known = [("id", "in", (family | school | full | gone | bare).ids)]
        for name, domain in domains.items():
            with self.subTest(name):
                found = self.as_user("user").search(known + domain)
                self.assertEqual(set(found.ids), set(expected[name].ids))

    def test_every_group_of_the_search_view_works(self):
        view = self.env.ref("client_extension.res_partner_view_search")
        partner = self.as_user("user")
        arch = view.arch
        groups = [
            "client_status",
            "client_type_id",
            "client_business_unit_id",
            "user_id",
            "category_id",
            "client_source_id",
            "country_id",
            "client_since:month",
        ]
        for group in groups:
            self.assertIn(group, arch)
            rows = partner.formatted_read_group(
                [("client_status", "!=", False)], [group], ["__count"]
            )
            self.assertTrue(rows, group)
