from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from ..common import ContactCase


@tagged("post_install", "-at_install")
class TestContactRights(ContactCase):
    """Which users can see and change the contacts of clients."""

    def seen_by(self, name):
        lines = self.Line.with_user(self.users[name])
        return lines.search([("client_id", "in", (self.school | self.family).ids)])

    def test_users_of_the_app_keep_the_lines(self):
        for name in ("user", "importer", "manager"):
            with self.subTest(name):
                lines = self.Line.with_user(self.users[name])
                line = lines.create({"client_id": self.school.id, "last_name": name})
                line.write({"is_main": True, "email": f"{name}@example.com"})
                line.unlink()

    def test_employees_and_accountants_read_them(self):
        line = self.line(self.school, last_name="Roux", email="roux@example.com")
        for name in ("employee", "accountant"):
            with self.subTest(name):
                theirs = line.with_user(self.users[name])
                self.assertEqual(theirs.email, "roux@example.com")
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(theirs.has_access(operation))
                with self.assertRaises(AccessError):
                    theirs.email = "other@example.com"

    def test_the_portal_sees_nothing_of_them(self):
        line = self.line(self.school, last_name="Roux")
        self.assertFalse(line.with_user(self.users["portal"]).has_access("read"))
        own = self.users["portal"].partner_id.with_user(self.users["portal"])
        with self.assertRaises(AccessError):
            own.read(["client_contact_ids"])

    def test_managers_alone_change_the_roles(self):
        for name in ("user", "importer", "manager", "accountant", "employee"):
            role = self.escort.with_user(self.users[name])
            self.assertTrue(role.has_access("read"), name)
            self.assertEqual(role.has_access("write"), name == "manager", name)
        self.assertFalse(self.escort.with_user(self.users["portal"]).has_access("read"))

    def test_lines_of_a_closed_unit_are_seen_by_its_members_alone(self):
        self.line(self.school, last_name="Roux")
        shared = self.line(self.family, last_name="Petit")
        self.school.client_business_unit_id = self.desk
        self.agency.members_only = True
        self.assertEqual(self.seen_by("user"), shared)
        self.assertEqual(len(self.seen_by("manager")), 2)
        self.assertEqual(len(self.seen_by("accountant")), 2)
        self.agency.member_ids = self.users["user"]
        self.assertEqual(len(self.seen_by("user")), 2)

    def test_a_person_who_is_hidden_shows_in_no_form_that_tries_them(self):
        hidden = self.Partner.create(
            {
                "name": "Anne Roux",
                "client_status": "client",
                "email": "roux@example.com",
                "client_business_unit_id": self.agency.id,
            }
        )
        line = self.line(self.school, last_name="Petit")
        self.agency.members_only = True
        self.env.flush_all()
        self.env.invalidate_all()
        tried = {"client_id": self.family.id, "contact_id": hidden.id}
        lines = self.Line.with_user(self.users["user"])
        for name in (
            *("has_name_parts", "email", "first_name", "last_name", "salutation"),
        ):
            with self.subTest(name):
                shown = lines.onchange(tried, [], {name: {}})["value"]
                self.assertFalse(shown[name])
        for vals in ({"contact_id": hidden.id}, {"client_id": hidden.id}):
            with self.assertRaises(AccessError):
                line.with_user(self.users["user"]).write(vals)

    def test_users_sort_and_group_lines_by_what_persons_have(self):
        for name in ("b", "a"):
            email = f"{name}@example.com"
            self.line(self.school, last_name=name, email=email, function="Guide")
        lines = self.Line.with_user(self.users["user"])
        mine = [("client_id", "=", self.school.id)]
        found = lines.search(mine, order="email desc")
        self.assertEqual(found.mapped("last_name"), ["b", "a"])
        groups = lines._read_group(mine, ["function"], ["__count"])
        self.assertEqual(groups, [("Guide", 2)])
        shown = lines.fields_get(["phone"], ["sortable", "groupable"])["phone"]
        self.assertTrue(shown["sortable"] and shown["groupable"])

    def test_a_person_who_is_hidden_shows_through_no_line(self):
        hidden = self.Partner.create(
            {
                "name": "Anne Roux",
                "client_status": "client",
                "client_business_unit_id": self.agency.id,
            }
        )
        self.line(self.school, contact_id=hidden.id)
        self.agency.members_only = True
        self.assertFalse(self.seen_by("user"))

    def test_lines_of_another_company_are_not_seen_nor_counted(self):
        other = self.make_company()
        anne = self.Partner.create({"name": "Anne Roux"})
        self.line(self.school, contact_id=anne.id)
        self.line(self.family, contact_id=anne.id)
        self.school.company_id = other
        self.assertEqual(self.seen_by("manager").client_id, self.family)
        self.assertEqual(anne.with_user(self.users["user"]).client_of_count, 1)
        stranger = self.Partner.create({"name": "Stranger", "company_id": other.id})
        self.line(self.family, contact_id=stranger.id)
        self.assertEqual(self.seen_by("user").contact_id, anne)

    def test_nobody_learns_of_a_hidden_line_by_adding_it_again(self):
        anne = self.Partner.create({"name": "Anne Roux"})
        self.line(self.school, contact_id=anne.id)
        self.school.company_id = self.make_company()
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.Line.with_user(self.users["user"]).create(
                {"client_id": self.school.id, "contact_id": anne.id}
            )
        self.assertNotIn("Anne", str(caught.exception))

    def test_a_new_person_belongs_to_the_company_of_the_client(self):
        self.school.company_id = self.company
        line = self.line(self.school, last_name="Roux")
        self.assertEqual(line.contact_id.company_id, self.company)
        self.assertEqual(line.company_id, self.company)

    def test_the_buttons_refuse_who_has_no_access(self):
        for name in ("employee", "accountant", "portal"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.school.with_user(self.users[name]).action_client_add_contacts()

    def test_hooks_cannot_be_called_over_rpc(self):
        for record, name in (
            (self.Partner, "_get_client_recipients"),
            (self.Partner, "_get_client_salutation"),
            (self.Line, "_prepare_person"),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                get_public_method(record, name)
