from odoo.tests import tagged

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

    def test_every_filter_and_group_of_the_search_view_works(self):
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
