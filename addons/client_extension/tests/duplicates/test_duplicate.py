from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import ClientCase


@tagged("post_install", "-at_install")
class TestDuplicate(ClientCase):
    """Which duplicates are found while a client is entered, and for which users."""

    def find(self, user="user", partner_id=None, **values):
        found = self.as_user(user).client_find_duplicates(values, partner_id)
        return {row["id"]: row["reasons"] for row in found}

    def test_each_value_finds_the_client_and_says_why(self):
        cases = [
            ({"name": "Famille Lef"}, "name_start"),
            ({"name": "famille lef"}, "name_start"),
            ({"name": "FAMILLE LEFEVRE"}, "name_start"),
            ({"name": "Familles Lefèvre"}, "name_similar"),
            ({"email": "LEFEVRE@example.com "}, "email"),
            ({"phone": "04 78 00 00 01", "country_id": self.france.id}, "phone"),
            ({"phone": "0033612345601", "country_id": self.france.id}, "phone"),
            ({"mobile": "+33 6 12 34 56 01"}, "phone"),
            ({"ref": " T-0001 "}, "ref"),
        ]
        for values, reason in cases:
            with self.subTest(values):
                self.assertIn(reason, self.find(**values).get(self.family.id, []))

    def test_the_vat_number_is_found_however_it_is_spelled(self):
        for vat in ("FR23334175221", "fr 23 334 175 221", "23334175221"):
            with self.subTest(vat):
                found = self.find(vat=vat, country_id=self.france.id)
                self.assertEqual(found.get(self.school.id), ["vat"])

    def test_it_finds_what_people_take_for_the_same(self):
        france = {"country_id": self.france.id}
        vat = {"vat": "BE 0477.472.701", "country_id": self.env.ref("base.be").id}
        cases = (
            ({"name": "L\u2019Oréal Voyages"}, {"name": "L'Oréal"}, "name_start"),
            ({"name": "Le Bœuf Rouge"}, {"name": "LE BOEUF"}, "name_start"),
            ({"name": "Hôtel  du\u00a0Pont"}, {"name": "hotel du p"}, "name_start"),
            ({"name": "Zo\u200bé\u00ad Maes"}, {"name": "zoe maes"}, "name_start"),
            ({"name": "Łukasz Sørensen"}, {"name": "Lukasz So"}, "name_start"),
            ({"name": "Jean-Pierre Noël"}, {"name": "Jean Pierre N"}, "name_start"),
            (
                {"name": "Brasserie Bœuf Ardent"},
                {"name": "Brasserie Boeufs Ardent"},
                "name_similar",
            ),
            ({"name": "V", **vat}, {"vat": "BE0477472701"}, "vat"),
            ({"name": "V", **vat}, {**vat, "vat": "0477 472 701"}, "vat"),
            (
                {"name": "W", "company_registry": "732 829 320"},
                {"company_registry": "732.829.320"},
                "registry",
            ),
            (
                {"name": "E", "email": "info@smit.example, Boek@smit.example"},
                {"email": "boek@smit.example"},
                "email",
            ),
            (
                {"name": "E", "email": "Jo <jo@smit.example>; al@smit.example"},
                {"email": "AL@smit.example"},
                "email",
            ),
            (
                {"name": "E", "email": "\u200eann@smit.example"},
                {"email": "ann@smit.example"},
                "email",
            ),
            (
                {"name": "E", "email": "one@smit.example"},
                {"email": "x@smit.example; one@smit.example"},
                "email",
            ),
            (
                {"name": "T", "phone": "06 12 34 56 80", **france},
                {"phone": "+33 (0)6 12 34 56 80"},
                "phone",
            ),
            (
                {"name": "T", "phone": "+33612345681"},
                {"phone": "06.12.34.56.81", **france},
                "phone",
            ),
        )
        for stored, typed, reason in cases:
            partner = self.Partner.with_context(no_vat_validation=True).create(stored)
            with self.subTest(stored=stored, typed=typed):
                self.assertIn(reason, self.find(**typed).get(partner.id, []))
            partner.unlink()

    def test_each_look_up_uses_an_index(self):
        # In a table of a few rows, all other plans are cheaper. An index of Odoo's on
        # which of them have a number would do as well there, by the statistics.
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("DROP INDEX IF EXISTS res_partner__company_registry_index")
        cases = {
            "ref": ({"ref": "T-0001"}, "res_partner__ref_index"),
            "vat": ({"vat": "BE0477472701"}, "res_partner_client_vat_idx"),
            "registry": (
                {"company_registry": "732829320"},
                "res_partner_client_registry_idx",
            ),
            "email": ({"email": "a@example.com"}, "res_partner_client_emails_idx"),
            "phone": ({"phone": "+33612345601"}, "res_partner_client_phone_idx"),
        }
        for reason, (values, index) in cases.items():
            found = dict(self.Partner._get_client_duplicate_domains(values))
            query = self.Partner._search(found[reason], order="id", active_test=False)
            self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
            plan = " ".join(line for (line,) in self.env.cr.fetchall())
            with self.subTest(reason):
                self.assertIn(index, plan)
                self.assertNotIn("Seq Scan on res_partner", plan)

    def test_partners_that_are_no_clients_are_found(self):
        self.assertIn(self.supplier.id, self.find(name="Autocars"))

    def test_archived_clients_are_found_and_marked(self):
        self.school.active = False
        rows = self.as_user("user").client_find_duplicates({"ref": "T-0002"})
        self.assertEqual(
            [(r["id"], r["active"]) for r in rows], [(self.school.id, False)]
        )

    def test_the_strongest_reasons_come_first(self):
        found = self.find(name="Famille Lefèvre", email="lefevre@example.com")
        self.assertEqual(next(iter(found)), self.family.id)
        self.assertEqual(found[self.family.id], ["email", "name_start"])

    def test_names_that_are_alike_are_found_beside_those_that_begin_alike(self):
        longer, alike = self.Partner.create(
            [
                {"name": "Transports Vercors Express"},
                {"name": "Transport Vercors"},
            ]
        )
        found = self.find(name="Transports Vercors")
        self.assertEqual(found[longer.id], ["name_start"])
        self.assertEqual(found[alike.id], ["name_similar"])

    def test_the_very_same_name_comes_before_those_that_go_on(self):
        vals = [{"name": f"Famille Petitjean {letter}"} for letter in "ABCDEFGHIJ"]
        self.Partner.create(vals)
        same = self.Partner.create({"name": "Famille Petitjean"})
        self.assertEqual(next(iter(self.find(name="Famille Petitjean"))), same.id)

    def test_a_long_name_may_have_two_slips_of_the_pen(self):
        right = self.Partner.create(
            {"name": "Association des parents du lycée Descartes"}
        )
        found = self.find(name="Asociation des parents du licée Descartes")
        self.assertEqual(found, {right.id: ["name_similar"]})

    def test_a_contact_being_typed_may_be_any_person_but_the_client(self):
        email = "accueil@example.com"
        names = [f"Martin {letter}" for letter in "ABCDEFGHIJ"]
        companies = [{"name": name, "is_company": True} for name in names]
        self.Partner.create([{**vals, "email": email} for vals in companies])
        child, person = self.Partner.create(
            [
                {"name": "Martin Paul", "parent_id": self.family.id},
                {"name": "Martin Pia", "email": email},
            ]
        )
        self.family.write({"name": "Martin", "email": email})
        users = self.as_user("user")
        values = {"name": "Martin", "email": email}
        asked = {"persons_only": True, "client_id": self.family.id}
        found = users.client_find_duplicates(values, **asked)
        self.assertEqual({row["id"] for row in found}, {child.id, person.id})
        found = users.client_find_duplicates(values, persons_only=True)
        ids = {row["id"] for row in found}
        self.assertEqual(ids, {child.id, person.id, self.family.id})

    def test_whatever_a_caller_asks_of_contacts_is_no_error(self):
        for client_id in ("x", -1, [1], {}, None, True, 10**12):
            with self.subTest(client_id):
                found = self.as_user("user").client_find_duplicates(
                    {"ref": "T-0001"}, False, persons_only="x", client_id=client_id
                )
                self.assertIn(self.family.id, [row["id"] for row in found])

    def test_a_client_is_no_duplicate_of_itself_nor_of_its_contacts(self):
        self.Partner.create(
            {
                "name": "Accueil",
                "parent_id": self.school.id,
                "email": "accueil@example.com",
            }
        )
        self.assertFalse(self.find(partner_id=self.school.id, ref="T-0002"))
        self.assertFalse(
            self.find(partner_id=self.school.id, email="accueil@example.com")
        )

    def test_wildcards_and_odd_values_are_taken_literally(self):
        for values in (
            {"name": "%%%"},
            {"name": "___"},
            {"name": "\\\\\\"},
            {"name": "   "},
            {"name": None, "email": False, "phone": 0},
            {"phone": "abc"},
            {"email": "no address"},
            {"vat": "/"},
            {"unknown": "x"},
            {"name": "x" * 5000},
            {"country_id": 999999999, "phone": "12"},
        ):
            with self.subTest(values):
                self.assertEqual(self.find(**values), {})

    def test_whatever_a_caller_sends_gets_an_answer(self):
        partners = self.as_user("user")
        for values, partner_id in (
            (None, None),
            ("text", "abc"),
            ([1], {}),
            ({"country_id": "abc", "name": "a\0b"}, 2**40),
            ({"ref": "\0"}, -1),
        ):
            with self.subTest((values, partner_id)):
                found = partners.client_find_duplicates(values, partner_id)
                self.assertEqual(found, [])

    def test_the_same_company_number_is_found(self):
        self.school.company_registry = "334 175 221"
        found = self.find(company_registry=" 334 175 221 ")
        self.assertEqual(found, {self.school.id: ["registry"]})
        self.assertFalse(self.find(company_registry=""))

    def test_only_what_the_user_may_read_is_found(self):
        self.agency.members_only = True
        self.school.client_business_unit_id = self.agency
        self.assertFalse(self.find(ref="T-0002"))
        self.assertTrue(self.find(user="manager", ref="T-0002"))
        other = self.make_company()
        self.school.write({"client_business_unit_id": False, "company_id": other.id})
        self.assertFalse(self.find(user="manager", ref="T-0002"))

    def test_it_is_for_users_of_the_clients_app(self):
        for name in ("employee", "portal"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.find(user=name, name="Famille")

    def test_a_look_up_by_everything_stays_under_its_ceiling(self):
        values = {
            "name": "Famille Lefèvre",
            "email": "lefevre@example.com",
            "phone": "+33 4 78 00 00 01",
            "vat": "FR23334175221",
            "ref": "T-0001",
            "country_id": self.france.id,
        }
        self.find(**values)
        self.env.invalidate_all()
        with self.assertQueryCount(13):
            self.find(**values)

    def test_who_is_found_is_read_along_with_the_search(self):
        self.find(ref="T-0001")
        self.env.invalidate_all()
        # Companies, former references, the client.
        with self.assertQueryCount(3):
            self.find(ref="T-0001")

    def test_a_partner_has_its_other_number_only_when_it_has_two(self):
        self.assertEqual(self.family.phone_sanitized, "+33612345601")
        self.assertEqual(self.family.client_other_phone_sanitized, "+33478000001")
        self.family.mobile = False
        self.assertFalse(self.family.client_other_phone_sanitized)
        self.assertEqual(self.family.phone_sanitized, "+33478000001")
