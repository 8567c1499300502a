from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common_merge import MergeCase


@tagged("post_install", "-at_install")
class TestFindPersons(MergeCase):
    """A person who is a contact of two clients may be a duplicate."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        known = cls.family | cls.school
        cls.Partner.with_context(active_test=False).search(
            [("client_status", "!=", False), ("id", "not in", known.ids)]
        ).client_status = False
        cls.env["client.contact"].search([]).unlink()
        cls.paul = cls.person(cls.family, name="Paul Martin")
        cls.pol = cls.person(cls.school, name="Pol Martin")

    @classmethod
    def person(cls, client, **values):
        """:return: a new contact of a client, with a separate address"""
        person = cls.Partner.create(values)
        cls.env["client.contact"].create(
            {"client_id": client.id, "contact_id": person.id}
        )
        return person

    def found(self, user="manager"):
        """:return: dict: the partners of each group -> its reasons"""
        searches = self.env["client.duplicate.search"].with_user(self.users[user])
        search = searches.browse(searches.action_open_own()["res_id"])
        search.action_search()
        self.env.invalidate_all()
        groups = search.group_ids.sudo().with_env(self.env)
        return {group.partner_ids: group.reasons for group in groups}

    def test_by_email_phone_and_by_name_in_a_town(self):
        both = self.paul | self.pol
        self.assertEqual(self.found(), {})
        both.name = "Paul Martin"
        for reasons, values in (
            ("email", {"email": "paul@example.com"}),
            ("phone", {"mobile": "+33612345699"}),
            ("name", {"city": "Lyon"}),
            ("email,name", {"email": "paul@example.com", "city": "Lyon"}),
        ):
            with self.subTest(reasons), self.env.cr.savepoint() as savepoint:
                both.write(values)
                self.assertEqual(self.found(), {both: reasons})
                savepoint.rollback()
                self.env.invalidate_all()

    def test_who_share_a_mailbox_or_a_number_are_called_alike_to_be_one(self):
        self.person(self.school, name="Anna Petit", email="office@example.com")
        self.person(self.family, name="Hugo Blanc", email="office@example.com")
        self.assertEqual(self.found(), {})
        both = self.paul | self.pol
        both.write({"email": "office@example.com", "name": "Martin Paul"})
        self.assertEqual(self.found(), {both: "email"})

    def test_many_contacts_with_the_number_of_their_client_hide_nothing(self):
        phone = self.school.phone = "+33 4 72 00 00 09"
        for number in range(25):
            self.person(self.school, name=f"Teacher {number}", phone=phone)
        other = self.twin(name="Collège J. Moulin", phone=phone)
        self.assertEqual(self.found(), {self.school | other: "phone"})

    def test_contacts_have_the_tax_number_of_their_company_and_hide_nothing(self):
        for number in range(25):
            child = self.person(self.school, name=f"Teacher {number}")
            child.parent_id = self.school
        other = self.twin(vat=self.school.vat, country_id=self.france.id)
        self.assertEqual(self.found(), {self.school | other: "vat"})

    def test_a_contact_may_be_a_client_as_well_but_not_the_one_they_stand_with(self):
        self.paul.write({"name": "Famille Lefèvre", "email": self.family.email})
        self.assertEqual(self.found(), {})
        self.pol.write({"name": "Famille Lefevre", "email": self.family.email})
        [(group, reasons)] = self.found().items()
        self.assertEqual((group & self.pol, reasons), (self.pol, "email"))
        self.assertIn(self.family, group)

    def test_persons_who_stand_with_nobody_are_not_compared(self):
        both = self.paul | self.pol
        both.write({"name": "Paul Martin", "email": "paul@example.com"})
        self.pol.client_of_ids.unlink()
        self.assertEqual(self.found(), {})

    def test_only_persons_of_clients_whom_the_user_may_see(self):
        both = self.paul | self.pol
        both.write({"name": "Paul Martin", "email": "paul@example.com"})
        self.agency.members_only = True
        self.school.client_business_unit_id = self.agency
        self.assertEqual(self.found("importer"), {})
        self.assertEqual(self.found("manager"), {both: "email"})
        self.school.client_business_unit_id = False
        self.pol.company_id = self.make_company()
        self.assertEqual(self.found("manager"), {})

    def test_many_contacts_cost_few_queries(self):
        def count():
            before = self.env.cr.sql_log_count
            self.found()
            return self.env.cr.sql_log_count - before

        self.found()
        few = count()
        for number in range(40):
            client = (self.family, self.school)[number % 2]
            self.person(client, name=f"Mail {number}", email=f"m{number}@example.com")
        self.assertLessEqual(count(), few + 5)

    # From the list of contacts

    def lines(self, user="manager"):
        lines = (self.paul | self.pol).client_of_ids
        return lines.with_user(self.users[user])

    def test_the_persons_of_two_lines_are_compared_and_merged(self):
        roles = self.roles["escort"] | self.roles["traveller"]
        for line, role in zip(self.lines().sudo(), roles, strict=True):
            line.role_ids = [Command.set(role.ids)]
        page = self.env["client.merge.wizard"].with_user(self.users["manager"])
        page = page.browse(self.lines().action_client_compare()["res_id"])
        carried = {row["key"]: row["cells"] for row in page.comparison["carried"]}
        self.assertEqual(
            carried["contact_of"], ["Famille Lefèvre", "Collège Jean Moulin"]
        )
        page.action_merge()
        self.env.invalidate_all()
        self.assertFalse(self.pol.exists())
        lines = self.paul.client_of_ids
        self.assertEqual(lines.client_id, self.family | self.school)
        self.assertEqual(lines.role_ids, roles)
        self.assertFalse(self.paul.client_status)
        self.assertFalse(self.paul.client_former_reference_ids)

    def test_lines_of_one_person_are_nothing_to_compare(self):
        self.env["client.contact"].create(
            {"client_id": self.school.id, "contact_id": self.paul.id}
        )
        lines = self.paul.client_of_ids.with_user(self.users["user"])
        with self.assertRaisesRegex(UserError, "two people"):
            lines.action_client_compare()

    def test_who_may_compare_contacts(self):
        self.assertTrue(self.lines("user").action_client_compare()["res_id"])
        for user in ("employee", "portal"):
            with self.subTest(user), self.assertRaises(AccessError):
                self.lines(user).action_client_compare()
        self.agency.members_only = True
        self.school.client_business_unit_id = self.agency
        with self.assertRaises(AccessError):
            self.lines("user").action_client_compare()
