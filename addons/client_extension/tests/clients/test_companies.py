from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from ..common import GROUPS, ClientCase


@tagged("post_install", "-at_install")
class TestCompanies(ClientCase):
    """Two companies in one database: each sees its own clients and those of both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north = cls.make_company()
        cls.north_user = new_test_user(
            cls.env,
            "north_user",
            GROUPS["manager"],
            company_id=cls.north.id,
            company_ids=[Command.set(cls.north.ids)],
        )
        cls.north_unit = cls.env["client.business.unit"].create(
            {"name": "Pitches", "company_id": cls.north.id}
        )
        cls.camper = cls.Partner.create(
            {
                "name": "Familie De Wit",
                "client_status": "client",
                "ref": "N-0001",
                "email": "dewit@example.com",
                "company_id": cls.north.id,
                "client_business_unit_id": cls.north_unit.id,
            }
        )
        cls.school.company_id = cls.company
        cls.family.client_business_unit_id = cls.desk

    def clients(self, user):
        domain = [("client_status", "!=", False), ("ref", "=like", "_-000_")]
        return self.Partner.with_user(user).search(domain)

    def test_each_company_sees_its_own_clients_and_those_of_both(self):
        own = self.clients(self.users["manager"])
        self.assertIn(self.school, own)
        self.assertIn(self.family, own)
        self.assertNotIn(self.camper, own)
        others = self.clients(self.north_user)
        self.assertIn(self.camper, others)
        self.assertIn(self.family, others)
        self.assertNotIn(self.school, others)

    def test_counts_of_the_search_panel_stop_at_the_company(self):
        shared = {self.agency.id: 1, self.desk.id: 1}
        for user, counts in (
            (self.users["manager"], shared),
            (self.north_user, {**shared, self.north_unit.id: 1}),
        ):
            panel = self.Partner.with_user(user).search_panel_select_range(
                "client_business_unit_id",
                enable_counters=True,
                search_domain=[("client_status", "!=", False), ("ref", "like", "-000")],
                limit=200,
            )
            told = {row["id"]: row["__count"] for row in panel["values"]}
            self.assertEqual(told, counts, user.login)

    def test_the_unit_of_one_company_is_not_for_a_client_of_all(self):
        with self.assertRaisesRegex(ValidationError, "select a shared business unit"):
            self.family.client_business_unit_id = self.north_unit
        with self.assertRaises(ValidationError):
            self.camper.company_id = False
        self.family.write(
            {"client_business_unit_id": self.north_unit.id, "company_id": self.north.id}
        )

    def test_where_there_is_one_company_a_unit_belongs_to_all(self):
        companies = self.env["res.company"]
        self.assertTrue(companies._client_are_several())
        units = self.env["client.business.unit"]
        self.assertEqual(units.create({"name": "a"}).company_id, self.company)
        self.patch(type(companies), "_client_are_several", lambda companies: False)
        self.assertFalse(units.create({"name": "b"}).company_id)
        below = units.create({"name": "c", "parent_id": self.north_unit.id})
        self.assertEqual(below.company_id, self.north)
        # An existing unit that gets a company: nothing changes for its clients.
        self.family.client_business_unit_id = self.north_unit

    def test_the_other_company_cannot_be_read_changed_or_taken_over(self):
        camper = self.camper.with_user(self.users["manager"])
        with self.assertRaises(AccessError):
            camper.read(["name"])
        with self.assertRaises(AccessError):
            camper.action_client_mark_prospect()
        with self.assertRaises(AccessError):
            self.north_unit.with_user(self.users["manager"]).write({"name": "Taken"})

    def test_a_duplicate_of_the_other_company_is_not_told(self):
        values = {"name": "Familie De Wit", "email": "dewit@example.com"}
        for user, told in ((self.users["manager"], False), (self.north_user, True)):
            partners = self.Partner.with_user(user)
            found = [row["id"] for row in partners.client_find_duplicates(values)]
            self.assertEqual(self.camper.id in found, told, user.login)

    def test_asking_for_a_company_of_others_is_refused(self):
        partners = self.as_user("manager").with_context(
            allowed_company_ids=self.north.ids
        )
        with self.assertRaises(AccessError):
            partners.client_find_duplicates({"name": "Familie De Wit"})

    def test_the_settings_of_a_company_are_its_own(self):
        self.north.client_auto_reference = True
        self.company.client_auto_reference = False
        values = {"name": "New", "client_status": "client"}
        self.assertNoNumber(self.as_user("manager").create(dict(values)))
        partners = self.Partner.with_user(self.north_user)
        self.assertTrue(partners.create(dict(values)).ref)
