from odoo.modules.module import load_script
from odoo.tests import Form, tagged
from odoo.tools import file_path

from odoo.addons.client_extension.tests.common_import import ImportCase


@tagged("post_install", "-at_install")
class TestStoredName(ImportCase):
    """First and last name of a client are those that partner_firstname stores."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.Partner.create(
            {"client_first_name": "Anne Marie", "client_last_name": "Le Goff"}
        )

    def order_names(self, order):
        """Let partner_firstname compose names in that order."""
        self.env["ir.config_parameter"].set_param("partner_names_order", order)

    def test_parts_typed_in_our_fields_are_stored_in_theirs(self):
        self.assertEqual(self.person.firstname, "Anne Marie")
        self.assertEqual(self.person.lastname, "Le Goff")
        self.assertEqual(self.person.name, "Anne Marie Le Goff")

    def test_parts_written_in_their_fields_are_ours(self):
        self.person.lastname = "Roux"
        self.assertEqual(self.person.client_last_name, "Roux")
        self.assertEqual(self.person.client_first_name, "Anne Marie")

    def test_the_name_is_composed_in_the_order_of_their_settings(self):
        self.order_names("last_first_comma")
        self.person.client_first_name = "Anne"
        self.assertEqual(self.person.name, "Le Goff, Anne")
        self.assertEqual(self.person.client_last_name, "Le Goff")

    def test_a_company_has_no_parts(self):
        self.assertFalse(self.school.client_first_name)
        self.assertFalse(self.school.client_last_name)

    def test_a_group_has_no_parts_whatever_way_it_comes_in(self):
        family = self.env.ref("client_extension.client_type_family")
        typed = {"client_type_id": family.id}
        self.person.client_type_id = family
        made = self.Partner.create({"name": "Famille Lefèvre", **typed})
        theirs = self.Partner.create(
            {"firstname": "Famille", "lastname": "Roux", **typed}
        )
        made.name = "Famille Lefèvre Roux"
        theirs.firstname = "Familles"
        for group, name in (
            (self.person, "Anne Marie Le Goff"),
            (made, "Famille Lefèvre Roux"),
            (theirs, "Familles Famille Roux"),
        ):
            with self.subTest(name):
                self.assertEqual((group.firstname, group.lastname), (False, name))
                self.assertEqual(group.name, name)
                self.assertFalse(group.client_first_name)

    def test_the_upgrade_takes_the_parts_of_groups_back(self):
        family = self.env.ref("client_extension.client_type_family")
        split, other = self.Partner.create([{"name": "Famille Roux"}] * 2)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET client_type_id = %s WHERE id IN %s",
            [family.id, (split.id, other.id)],
        )
        self.env.cr.execute(
            "UPDATE res_partner SET lastname = 'Rousseau' WHERE id = %s", [other.id]
        )
        path = "client_extension_partner_firstname/migrations/19.0.2.0.0/post-names.py"
        load_script(file_path(path), "post_names").migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual((split.firstname, split.lastname), (False, "Famille Roux"))
        self.assertEqual((other.firstname, other.lastname), ("Famille", "Rousseau"))

    def test_who_has_no_first_name_is_found_by_the_stored_field(self):
        plain = self.Partner.create({"client_last_name": "Roux"})
        ours = self.person | plain | self.school
        for part, found in (
            ("client_first_name", plain | self.school),
            ("client_last_name", self.school),
        ):
            domain = [("id", "in", ours.ids), (part, "=", False)]
            self.assertEqual(self.Partner.search(domain), found, part)

    def test_the_form_shows_their_fields_alone(self):
        view = "client_extension.res_partner_view_form"
        with Form(self.as_user("user"), view) as form:
            form.firstname = "Anne"
            form.lastname = "de la Tour"
            self.assertEqual(form.name, "Anne de la Tour")
            with self.assertRaisesRegex(AssertionError, "invisible"):
                form.client_first_name = "Anna"
        self.assertEqual(form.record.client_last_name, "de la Tour")

    def test_a_name_is_read_as_it_is_stored(self):
        """There are no two spaces side by side in it."""
        rows = "reference;name\nT-0002;Collège \u00a0 Jean  Moulin\n"
        self.assertEqual(self.counts(self.run_import(rows)), (0, 0, 1, 0, 0))

    def test_the_same_file_again_changes_no_name(self):
        self.order_names("last_first_comma")
        rows = "reference;type;name\nN1;person;Roux,Anne\nN2;company;Roux,Fils\n"
        self.assertEqual(self.counts(self.run_import(rows)), (2, 0, 0, 0, 0))
        self.assertEqual(self.counts(self.run_import(rows)), (0, 0, 2, 0, 0))
        self.assertEqual(self.client("N1").name, "Roux, Anne")
        self.assertEqual(self.client("N2").name, "Roux, Fils")

    def test_a_contact_of_a_client_has_the_parts_of_its_line(self):
        line = self.env["client.contact"].create(
            {"client_id": self.school.id, "first_name": "Anne", "last_name": "Roux"}
        )
        self.assertEqual(line.contact_id.firstname, "Anne")
        self.assertEqual(line.contact_id.lastname, "Roux")
