from unittest.mock import MagicMock, patch

from lxml import etree

from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ...models.clients import res_partner_search
from ...models.clients.res_partner_search import _get_name_index, _get_text_index
from ..common import ClientCase


@tagged("post_install", "-at_install")
class TestClientSearch(ClientCase):
    """One search box finds a client by any of its data."""

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
            "name without its accents": ("lefev", self.family),
            "name in capital letters": ("LEFÈVRE", self.family),
            "VAT": ("23334175221", self.school),
            "contact": ("Madeleine", self.school),
        }
        for what, (text, client) in known.items():
            with self.subTest(what):
                self.assertIn(client, self.find(text))

    def test_it_finds_nothing_else(self):
        self.assertFalse(self.find("Zzyzx"))
        self.assertNotIn(self.supplier.id, self.find("Autocars").ids)

    def test_nothing_is_found_across_two_columns(self):
        self.family.write({"complete_name": "Zz", "ref": "yx"})
        self.assertFalse(self.find("zzyx"))

    def test_what_was_just_written_is_found(self):
        self.family.ref = "JUST-NOW"
        self.assertEqual(self.find("just-now"), self.family)

    def test_an_empty_box_finds_all_and_odd_signs_do_no_harm(self):
        self.assertIn(self.family, self.find(" "))
        for odd in ("\0", "\\", "'; --", "%", "_" * 300, "ß" * 3):
            with self.subTest(odd):
                self.find(odd)

    def test_persons_of_very_many_clients_are_found_too(self):
        self.patch(res_partner_search, "MAX_PERSONS", 0)
        self.assertIn(self.school, self.find("Madeleine"))
        self.assertIn(self.family, self.find("Lefèv"))

    def test_postgresql_uses_the_index(self):
        if not self.env.registry.has_trigram:
            self.skipTest("PostgreSQL has no trigrams here")
        domain = [("client_status", "!=", False), ("client_search", "ilike", "lefev")]
        query = self.Partner._search(domain)
        # In a table of a few rows, all other plans are cheaper.
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("SET LOCAL enable_indexscan = off")
        for other in (
            "res_partner__client_status_index",
            "res_partner_client_list_idx",
        ):
            self.env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(other)))
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        plan = " ".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("res_partner_client_search_idx", plan)

    def test_the_index_is_one_that_the_database_can_have(self):
        def get_index(trigram):
            known = {"res.partner": self.Partner}
            registry = MagicMock(has_trigram=trigram)
            registry.__getitem__.side_effect = known.__getitem__
            return _get_text_index(registry), _get_name_index(registry)

        self.assertEqual(get_index(False), ("", ""))
        for definition in get_index(True):
            self.assertIn("client_fold(", definition)
        with patch.object(self.Partner._fields["name"], "translate", True):
            self.assertEqual(get_index(True)[1], "")
        with patch.object(self.Partner._fields["ref"], "company_dependent", True):
            self.assertEqual(get_index(True)[0], "")

    def test_it_finds_what_people_take_for_the_same(self):
        cases = (
            (
                {"name": "L\u2019Oréal Voyages"},
                ("L'Oréal", "l`oreal v", "L\u2019OREAL"),
            ),
            ({"name": "L'Atelier"}, ("L\u2019Atelier",)),
            ({"name": "Le Bœuf Rouge"}, ("Boeuf", "BŒUF", "le boeuf r")),
            ({"name": "Maison Boeuf"}, ("Bœuf",)),
            ({"name": "Atelier  du   Lac"}, ("Atelier du Lac", "atelier  du lac")),
            ({"name": "Hôtel\u00a0du Pont"}, ("Hôtel du Pont", "hotel du")),
            ({"name": "Lefe\u0300vre Anna"}, ("Lefèvre Anna", "lefevre an")),
            ({"name": "Jean-Pierre Maes"}, ("Jean Pierre", "Jean\u2011Pi", "Jean-")),
            ({"name": "Zo\u00ad\u200bé Maes"}, ("Zoé Maes", "zoe m")),
            ({"name": "Weißstraße"}, ("weissstrasse", "WEISSSTRAẞE")),
            ({"name": "Łukasz Sørensen"}, ("lukasz sor", "Łukasz")),
            ({"name": "A", "city": "Saint-Étienne"}, ("saint etienne", "étienne")),
            (
                {"name": "B", "vat": "BE 0477.472.701"},
                ("0477.472.701", "BE0477472701", "be 0477 472", "0477472701"),
            ),
            (
                {"name": "C", "company_registry": "732 829 320"},
                ("732829320", "732.829.320", "732 829"),
            ),
            (
                {"name": "D", "phone": "06 12 34 56 79", "country_id": self.france.id},
                (
                    "+33612345679",
                    "0033612345679",
                    "+33 6 12 34 56 79",
                    "+33 (0)6 12 34",
                    "06.12.34.56.79",
                    "0612345679",
                ),
            ),
            (
                {"name": "E", "email": "info@smit.example, boek@smit.example"},
                ("boek@s",),
            ),
        )
        for values, typed in cases:
            client = self.Partner.with_context(no_vat_validation=True).create(
                {"client_status": "client", **values}
            )
            for text in typed:
                with self.subTest(values=values, typed=text):
                    self.assertIn(client, self.find(text))

    def test_a_contact_is_found_however_the_name_is_spelled(self):
        self.Partner.create(
            {"name": "Zoë\u00a0d\u2019Hœur", "parent_id": self.school.id}
        )
        self.assertIn(self.school, self.find("zoe d'hoeur"))

    def test_a_number_in_two_pieces_is_looked_for_among_numbers_alone(self):
        self.family.ref = "T-00120034"
        self.assertNotIn(self.family, self.find("0012 0034"))

    def test_wildcards_are_those_of_odoo_and_a_backslash_is_a_sign(self):
        self.family.ref = "T\\0001"
        self.assertIn(self.family, self.find("T\\0001"))
        self.assertIn(self.family, self.find("Lef_vre"))
        self.assertIn(self.family, self.find("Fam%vre"))

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
        # Clients without an address receive no email.
        self.supplier.email = "accounts@example.com"
        self.env["client.contact"].create(
            {
                "client_id": family.id,
                "contact_id": self.supplier.id,
                "is_main": True,
                "role_ids": accounting.ids,
            }
        )
        called = {"body": "Called", "message_type": "comment"}
        school.message_post(**called)
        expected = {
            "filter_mine": full,
            "filter_prospect": family | bare,
            "filter_client": school | full,
            "filter_quiet": family | full | bare,
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
