from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import ContactCase


@tagged("post_install", "-at_install")
class TestContactRole(ContactCase):
    """Managers configure roles; roles in use cannot be lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Role = cls.env["client.contact.role"].with_user(cls.users["manager"])

    def test_a_role_in_use_is_not_deleted(self):
        role = self.Role.create({"name": "Bus driver"})
        for client in (self.school, self.family):
            self.line(client, last_name="Roux", role_ids=role.ids)
        with self.assertRaisesRegex(UserError, "Bus driver.*contacts: 2.*Archive"):
            role.unlink()
        role.active = False
        self.assertEqual(len(self.Line.search([("role_ids", "in", role.ids)])), 2)

    def test_lines_that_the_manager_cannot_see_count_too(self):
        line = self.line(self.family, last_name="Roux", role_ids=self.escort.ids)
        (self.family | line.contact_id).company_id = self.make_company()
        with self.assertRaisesRegex(UserError, "Escort"):
            self.escort.with_user(self.users["manager"]).unlink()

    def test_a_role_that_nobody_has_is_deleted(self):
        role = self.Role.create({"name": "Bus driver"})
        role.unlink()
        self.assertFalse(role.exists())

    def test_two_roles_of_one_name_are_refused(self):
        self.Role.create({"name": "Bus driver"})
        for name in ("Bus driver", "BUS DRIVER", "  bus  Driver "):
            with self.subTest(name), self.assertRaises(ValidationError) as caught:
                self.Role.create({"name": name})
            self.assertIn("Bus driver", str(caught.exception))
        with self.assertRaises(ValidationError):
            self.Role.create([{"name": "Cook"}, {"name": "cook"}])
        other = self.Role.create({"name": "Guide"})
        with self.assertRaises(ValidationError):
            other.name = "bus driver"

    def test_also_those_that_are_archived_for_imports_find_them(self):
        self.Role.create({"name": "Bus driver", "active": False})
        with self.assertRaisesRegex(ValidationError, "archived"):
            self.Role.create({"name": "Bus Driver"})

    def test_in_each_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        driver = self.Role.create({"name": "Bus driver"})
        driver.with_context(lang="fr_FR").name = "Chauffeur"
        guide = self.Role.create({"name": "Guide"})
        with self.assertRaisesRegex(ValidationError, "(?i)chauffeur"):
            guide.with_context(lang="fr_FR").name = "chauffeur"
        with self.assertRaises(ValidationError):
            guide.update_field_translations("name", {"fr_FR": "CHAUFFEUR"})
        guide.with_context(lang="fr_FR").name = "Guide"
        self.assertTrue(self.Role.create({"name": "Chauffeur de bus"}))

    def test_duplicates_of_before_stay_and_can_be_changed(self):
        one = self.Role.create({"name": "Bus driver"})
        two = self.Role.create({"name": "Cook"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE client_contact_role SET name = %s WHERE id = %s",
            ['{"en_US": "bus driver"}', two.id],
        )
        self.env.invalidate_all()
        two.write({"color": 3, "name": "bus driver"})
        one.gets_quotes = True
        two.name = "Cook"
        with self.assertRaises(ValidationError):
            two.name = "Bus driver"

    def test_a_copy_has_a_name_of_its_own(self):
        self.assertNotEqual(self.escort.copy().name, self.escort.name)

    def test_a_copy_has_a_name_of_its_own_in_each_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        role = self.escort.copy({"name": "Bus driver"})
        role.with_context(lang="fr_FR").name = "Chauffeur de bus"
        copy = role.copy()
        self.assertEqual(copy.name, "Bus driver (copy)")
        french = copy.with_context(lang="fr_FR").name
        self.assertNotEqual(french, "Chauffeur de bus")
        self.assertIn("Chauffeur de bus", french)
