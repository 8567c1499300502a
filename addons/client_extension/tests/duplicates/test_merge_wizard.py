from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common_merge import MergeCase


@tagged("post_install", "-at_install")
class TestMergeWizard(MergeCase):
    """The page on which clients are compared."""

    def rows(self, page, part="rows"):
        return {row["key"]: row["cells"] for row in page.comparison[part]}

    def test_it_shows_what_each_has(self):
        definition = self.Partner._get_client_properties_definition()
        definition.properties_definition = [
            {"name": "dorm", "type": "char", "string": "Dormitory"}
        ]
        other = self.twin(
            street="3 rue A", zip="69001", city="Lyon", vat="FR23334175221"
        )
        other.client_properties = {"dorm": "Blue"}
        page = self.page(self.family | other)
        ids = [partner["id"] for partner in page.comparison["partners"]]
        self.assertEqual(ids, [other.id, self.family.id])
        rows = self.rows(page)
        self.assertEqual(rows["name"], ["Fam. Lefevre", "Famille Lefèvre"])
        self.assertEqual(rows["address"], ["3 rue A\n69001 Lyon", "Lyon\nFrance"])
        self.assertEqual(rows["client_properties.dorm"], ["Blue", ""])
        self.assertNotIn("website", rows)
        self.assertEqual(self.rows(page, "carried")["status"], ["Client", "Prospect"])

    def test_a_client_is_kept_rather_than_a_prospect_and_the_oldest_of_two(self):
        other = self.twin()
        page = self.page(self.family | other | self.school)
        self.assertEqual(page._get_kept()[0], self.school)

    def test_the_user_chooses_who_stays_and_which_value_wins(self):
        definition = self.Partner._get_client_properties_definition()
        definition.properties_definition = [
            {"name": "dorm", "type": "char", "string": "Dormitory"}
        ]
        other = self.twin(
            street="3 rue A", city="Lyon", email="fam@example.com", ref="T-0100"
        )
        other.client_properties = {"dorm": "Blue"}
        self.family.client_properties = {"dorm": "Red"}
        self.merge(
            self.family,
            other,
            email=other.id,
            address=other.id,
            ref=other.id,
            mobile=other.id,
            **{"client_properties.dorm": other.id},
        )
        self.assertEqual(self.family.email, "fam@example.com")
        self.assertEqual(self.family.street, "3 rue A")
        self.assertFalse(self.family.country_id)
        self.assertFalse(self.family.mobile)
        self.assertEqual(self.family.ref, "T-0100")
        self.assertEqual(self.family.client_former_references, "T-0001")
        self.assertEqual(self.family.client_properties._values["dorm"], "Blue")
        self.assertEqual(self.family.name, "Famille Lefèvre")

    def test_addresses_are_not_mixed(self):
        other = self.twin(street="9 rue B", zip="75001", city="Paris")
        self.merge(self.family, other)
        self.assertEqual((self.family.city, self.family.street), ("Lyon", False))
        self.assertFalse(self.family.zip)

    def test_a_person_stays_one_whoever_is_merged_into_it(self):
        company = self.twin(is_company=True)
        self.merge(self.family, company)
        self.assertFalse(self.family.is_company)

    def test_an_archived_client_who_is_kept_is_active_where_another_was(self):
        other = self.twin(active=False)
        self.merge(other, self.family)
        self.assertTrue(other.active)

    def test_who_is_left_out_stays(self):
        one, other = self.twin(), self.twin()
        page = self.page(self.family | one | other, keep=one.id, out=[other.id])
        page.action_merge()
        self.assertTrue(other.exists() and one.exists())
        self.assertFalse(self.family.exists())

    def test_whatever_a_caller_chooses_only_these_clients_are_merged(self):
        other = self.twin()
        for choices in (
            {"keep": self.school.id, "out": "x", "rows": [1]},
            ["x"],
            {"rows": {"name": self.school.id, "nothing": 1}},
        ):
            with self.subTest(choices), self.env.cr.savepoint() as savepoint:
                page = self.page(self.family | other)
                page.choices = choices
                page.action_merge()
                self.assertEqual(len((self.family | other).exists()), 1)
                self.assertTrue(self.school.exists())
                savepoint.rollback()
                self.env.invalidate_all()
        page = self.page(self.family | other, out=[other.id])
        with self.assertRaisesRegex(UserError, "two clients"):
            page.action_merge()

    def test_users_compare_and_tell_apart_but_do_not_merge(self):
        other = self.twin()
        page = self.page(self.family | other, user="user")
        self.assertFalse(page.can_merge)
        self.assertTrue(self.rows(page))
        with self.assertRaises(AccessError):
            page.action_merge()
        page.action_not_duplicates()
        pairs = self.env["client.not.duplicate"]._get_pairs(other.ids)
        self.assertEqual(pairs, {(self.family.id, other.id)})
        with self.assertRaises(AccessError):
            page.with_user(self.users["manager"]).read(["choices"])

    def test_the_page_says_why_a_merge_cannot_be(self):
        child = self.Partner.create({"name": "Paul", "parent_id": self.family.id})
        page = self.page(self.family | child)
        self.assertIn("is a contact or address of", page.refusal)
        self.assertFalse(self.page(self.family | self.school).refusal)

    def test_how_many_can_be_compared(self):
        for partners in (self.family, self.family.browse()):
            with self.assertRaisesRegex(UserError, "2 to 20"):
                self.page(partners)

    # Marked as not duplicates

    def test_nothing_warns_of_who_was_told_apart_in_either_direction(self):
        other = self.twin(email="lefevre@example.com")
        user = self.as_user("user")

        def find(partner):
            values = {"email": "lefevre@example.com"}
            return [r["id"] for r in user.client_find_duplicates(values, partner.id)]

        self.assertEqual(
            (find(self.family), find(other)), ([other.id], [self.family.id])
        )
        (other | self.family).with_user(user.env.user).action_client_not_duplicates()
        (self.family | other).with_user(user.env.user).action_client_not_duplicates()
        self.assertEqual((find(self.family), find(other)), ([], []))
        pairs = self.env["client.not.duplicate"]
        self.assertEqual(len(pairs.search([("other_id", "=", other.id)])), 1)

    def test_who_may_tell_apart(self):
        both = self.family | self.school
        self.school.company_id = self.make_company()
        for user in ("user", "employee", "portal"):
            with self.subTest(user), self.assertRaises(AccessError):
                both.with_user(self.users[user]).action_client_not_duplicates()

    def test_what_was_told_of_one_that_is_merged_is_told_of_the_one_that_stays(self):
        one, other, third = self.twin(), self.twin(), self.twin()
        pairs = self.env["client.not.duplicate"]
        pairs._add([(one.id, third.id), (one.id, other.id), (other.id, third.id)])
        self.merge(one, other)
        self.assertEqual(pairs._get_pairs(third.ids), {(one.id, third.id)})
        left = pairs.search([("other_id", "=", third.id)])
        self.assertEqual(len(left), 1)
        third.unlink()
        self.assertFalse(left.exists())
