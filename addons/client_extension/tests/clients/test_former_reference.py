from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common_import import ImportCase


@tagged("post_install", "-at_install")
class TestFormerReference(ImportCase):
    """A former reference of a merged client still finds the client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.former = cls.env["client.former.reference"].create(
            {"partner_id": cls.school.id, "reference": "OLD-1"}
        )

    def test_it_finds_the_client_in_searches(self):
        partners = self.as_user("user")
        found = partners.search([("client_search", "ilike", "old-1")])
        self.assertEqual(found, self.school)
        self.assertEqual(partners.name_search("OLD-1")[0][0], self.school.id)
        rows = partners.client_find_duplicates({"ref": "OLD-1"})
        self.assertEqual([row["id"] for row in rows], [self.school.id])

    def test_who_may_not_see_the_client_does_not_find_it(self):
        self.agency.members_only = True
        self.school.client_business_unit_id = self.agency
        formers = self.env["client.former.reference"]
        mine = [("reference", "=", "OLD-1")]
        self.assertFalse(formers.with_user(self.users["user"]).search(mine))
        self.assertTrue(formers.with_user(self.users["manager"]).search(mine))
        self.school.write(
            {"client_business_unit_id": False, "company_id": self.make_company().id}
        )
        self.assertFalse(formers.with_user(self.users["manager"]).search(mine))

    def test_users_read_and_managers_take_away(self):
        former = self.former.with_user(self.users["user"])
        self.assertEqual(former.reference, "OLD-1")
        with self.assertRaises(AccessError):
            former.unlink()
        with self.assertRaises(AccessError):
            former.reference = "x"
        self.former.with_user(self.users["manager"]).unlink()

    def test_portal_users_search_partners_as_ever(self):
        partners = self.as_user("portal")
        self.assertFalse(partners.name_search("OLD-1"))

    def test_no_new_client_is_numbered_so(self):
        taken = self.Partner._get_taken_client_references(["OLD-1", "FREE", "T-0002"])
        self.assertEqual(taken, {"OLD-1", "T-0002"})

    def test_a_file_of_the_old_system_writes_the_client(self):
        record = self.run_import("reference;name;city\nOLD-1;Lefèvre;Nice\n")
        self.assertEqual(self.counts(record)[:2], (0, 1))
        self.assertEqual(self.school.city, "Nice")
        self.assertEqual(self.school.ref, "T-0002")
        self.assertFalse(self.client("OLD-1"))

    def test_create_refuses_it_and_names_the_client(self):
        record = self.run_import("reference;name\nOLD-1;A\n", mode="create")
        [problem] = record.problem_ids
        self.assertEqual(problem.code, "match_exists")
        self.assertIn("Collège", problem.message)

    def test_both_references_in_one_file_act_in_its_order(self):
        text = "reference;city\nT-0002;Nice\nOLD-1;Paris\nT-0002;Nantes\nOLD-1;Brest\n"
        record = self.run_import(text)
        self.assertEqual(self.school.city, "Brest")
        self.assertEqual(self.counts(record)[:2], (0, 4))
        checked = self.make(text)
        checked.check()
        self.assertEqual(checked.updated_count, 4)

    def test_a_living_client_wins(self):
        other = self.Partner.create(
            {"name": "Other", "client_status": "client", "ref": "OLD-1"}
        )
        self.run_import("reference;city\nOLD-1;Nice\n")
        self.assertEqual((other.city, self.school.city), ("Nice", False))

    def test_a_former_reference_of_two_is_a_problem_that_names_both(self):
        self.supplier.ref = False
        self.former.create({"partner_id": self.family.id, "reference": "OLD-1"})
        record = self.run_import("reference;name\nOLD-1;A\nNEW-1;B\n")
        [problem] = record.problem_ids
        self.assertEqual(problem.code, "match_several")
        self.assertIn("Famille Lefèvre", problem.message)
        self.assertIn("Collège", problem.message)
        self.assertTrue(self.client("NEW-1"))

    def test_other_companies_do_not_know_it(self):
        self.school.company_id = self.make_company()
        self.env.flush_all()
        self.run_import("reference;name\nOLD-1;A\n")
        self.assertTrue(self.client("OLD-1"))
