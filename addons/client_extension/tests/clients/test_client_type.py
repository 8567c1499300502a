from odoo.exceptions import ValidationError
from odoo.modules.module import load_script
from odoo.tests import Form, tagged
from odoo.tools import file_path
from odoo.tools.sql import column_exists

from ...models.clients.identity.person_name import capitalize_prefix, drop_family
from ..common import ClientCase

FORM = "client_extension.res_partner_view_form"


class TypeCase(ClientCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.individual = cls.env.ref("client_extension.client_type_individual")
        cls.family_type = cls.env.ref("client_extension.client_type_family")
        cls.club = cls.env.ref("client_extension.client_type_association")
        cls.family_type.salutation = "Dear {name} family,"

    def parts(self, client):
        return client.client_first_name, client.client_last_name

    def run_migration(self, name):
        path = f"client_extension/migrations/19.0.3.0.0/{name}.py"
        load_script(file_path(path), name).migrate(self.env.cr, "19.0.2.0.0")
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestGroupHasNoParts(TypeCase):
    """A family is no person: its name is one text, whatever way it comes in.

    The same beside partner_firstname is tested by its bridge.
    """

    def setUp(self):
        super().setUp()
        if self.Partner._fields["name"].compute:
            self.skipTest("an add-on computes names")

    def test_created(self):
        for client_type in (self.family_type, self.club):
            typed = {"client_type_id": client_type.id}
            for vals in (
                {"name": "Famille Lefèvre"},
                {"client_first_name": "Famille", "client_last_name": "Lefèvre"},
                {"name": "Famille Lefèvre", "client_first_name": "Famille"},
            ):
                with self.subTest(vals=vals, type=client_type.name):
                    client = self.Partner.create({**vals, **typed})
                    self.assertEqual(client.name, "Famille Lefèvre")
                    self.assertEqual(self.parts(client), (False, False))
                    self.assertFalse(client.client_name_parts)

    def test_created_with_the_type_as_a_default(self):
        partners = self.Partner.with_context(default_client_type_id=self.family_type.id)
        client = partners.create({"client_first_name": "A", "client_last_name": "B"})
        self.assertEqual((client.name, client.client_name_parts), ("A B", False))

    def test_written(self):
        client = self.Partner.create(
            {"name": "Famille Roux", "client_type_id": self.family_type.id}
        )
        client.write({"client_first_name": "Anne", "client_last_name": "Roux"})
        self.assertEqual(client.name, "Famille Roux")
        self.assertFalse(client.client_name_parts)
        client.name = "Famille Le Goff"
        self.assertEqual(self.parts(client), (False, False))

    def test_the_type_changes(self):
        client = self.Partner.create(
            {"client_first_name": "Anne Marie", "client_last_name": "Roux"}
        )
        client.client_type_id = self.family_type
        self.assertEqual(self.parts(client), (False, False))
        self.assertFalse(client.client_name_parts)
        client.client_type_id = self.individual
        self.assertEqual(self.parts(client), ("Anne Marie", "Roux"))
        self.family_type.kind = "individual"
        client.client_type_id = self.family_type
        self.assertEqual(self.parts(client), ("Anne Marie", "Roux"))
        self.family_type.kind = "group"
        self.assertEqual(self.parts(client), (False, False))

    def test_merged(self):
        person = self.Partner.create(
            {"client_first_name": "Anne Marie", "client_last_name": "Roux"}
        )
        self.family.client_type_id = self.family_type
        self.family.write({"name": person.name, "client_name_parts": "Anne Marie|Roux"})
        self.assertEqual(self.family.name, "Anne Marie Roux")
        self.assertFalse(self.family.client_name_parts)

    def test_typed_in_the_form(self):
        with Form(self.as_user("user"), FORM) as form:
            form.client_first_name = "Famille"
            form.client_last_name = "Lefèvre Roux"
            form.client_type_id = self.family_type
            self.assertEqual(form.name, "Famille Lefèvre Roux")
            self.assertFalse(form.client_has_name_parts)
        self.assertFalse(form.record.is_company)
        self.assertFalse(form.record.client_name_parts)
        self.assertEqual(self.parts(form.record), (False, False))

    def test_searched(self):
        self.family.client_type_id = self.family_type
        ours = [("id", "in", (self.family | self.supplier).ids)]
        for domain, found in (
            ([("client_first_name", "ilike", "Famille")], self.Partner),
            ([("client_first_name", "=", "Famille")], self.Partner),
            ([("client_last_name", "=like", "Lef%")], self.Partner),
            ([("client_last_name", "=", False)], self.family),
            ([("client_last_name", "!=", False)], self.supplier),
        ):
            with self.subTest(domain):
                self.assertEqual(self.Partner.search(domain + ours), found)

    def test_a_portal_user_reads_the_parts_of_their_own_name(self):
        portal = self.users["portal"]
        portal.partner_id.write({"name": "Anne Roux"})
        portal.partner_id.client_type_id = self.individual
        self.env.invalidate_all()
        own = portal.partner_id.with_user(portal)
        self.assertEqual(own.client_last_name, "Roux")

    def test_the_upgrade_takes_the_parts_back(self):
        parts = {
            "Famille Roux": "Famille|Roux",
            "Roux, Famille": "Famille|Roux",
            "Famille Le Goff": "Anne|Roux",
        }
        clients = self.Partner.create([{"name": name} for name in parts])
        person = self.Partner.create(
            {"client_first_name": "Anne", "client_last_name": "Roux"}
        )
        self.env.flush_all()
        for client in clients:
            self.env.cr.execute(
                "UPDATE res_partner SET client_type_id = %s, client_name_parts = %s "
                "WHERE id = %s",
                [self.family_type.id, parts[client.name], client.id],
            )
        for _time in range(2):
            self.run_migration("post-names")
        left = dict.fromkeys(parts, False) | {"Famille Le Goff": "Anne|Roux"}
        self.assertEqual({c.name: c.client_name_parts for c in clients}, left)
        self.assertTrue(person.client_name_parts)


@tagged("post_install", "-at_install")
class TestTypeUpgrade(TypeCase):
    def test_person_or_company_becomes_the_kind(self):
        own = self.env["client.type"].create({"name": "Guests"})
        types = self.family_type | self.individual | self.club | own
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE client_type ADD COLUMN company_type varchar")
        self.env.cr.execute("UPDATE client_type SET kind = NULL, salutation = NULL")
        self.env.cr.execute(
            "UPDATE client_type SET company_type = CASE WHEN id = %s THEN 'company' "
            "WHEN id != %s THEN 'person' END WHERE id IN %s",
            [self.club.id, own.id, tuple(types.ids)],
        )
        for _time in range(2):
            self.run_migration("pre-kinds")
        kinds = ["group", "individual", "organisation", False]
        self.assertEqual([found.kind for found in types], kinds)
        self.assertEqual(self.family_type.salutation, "Dear {name} family,")
        self.env.cr.execute("ALTER TABLE client_type DROP COLUMN company_type")
        self.run_migration("pre-kinds")
        self.assertFalse(column_exists(self.env.cr, "client_type", "company_type"))


@tagged("post_install", "-at_install")
class TestSalutation(TypeCase):
    """Who is greeted by the type, and how names stand behind a title."""

    def test_a_family_is_greeted_by_its_type(self):
        self.family.client_type_id = self.family_type
        for name in ("Famille Lefèvre", "The Lefèvre Family", "Lefèvre"):
            self.family.name = name
            self.assertEqual(self.family.client_salutation, "Dear Lefèvre family,")
        self.family_type.salutation = "Hello {name}!"
        self.family.name = "Famille Lefèvre"
        self.assertEqual(self.family.client_salutation, "Hello Famille Lefèvre!")
        self.family_type.salutation = False
        self.assertEqual(self.family.client_salutation, "Dear Sir or Madam,")

    def test_a_family_is_greeted_in_its_language(self):
        for code, text in (
            ("fr_FR", "Chère famille {name},"),
            ("nl_NL", "Geachte familie {name},"),
        ):
            self.env["res.lang"]._activate_lang(code)
            self.family_type.with_context(lang=code).salutation = text
        self.family.client_type_id = self.family_type
        for code, name, greeted in (
            ("fr_FR", "Famille de la Tour", "Chère famille de la Tour,"),
            ("nl_NL", "Familie de Vries", "Geachte familie De Vries,"),
            ("nl_NL", "Famille Lefèvre", "Geachte familie Lefèvre,"),
        ):
            self.family.write({"lang": code, "name": name})
            self.assertEqual(self.family.client_salutation, greeted)

    def test_a_placeholder_that_nobody_fills_is_refused(self):
        for text in ("Dear {nom},", "Dear {name.env},", "Dear {name", "Dear {},"):
            with self.subTest(text), self.assertRaises(ValidationError):
                self.family_type.salutation = text

    def test_contacts_are_exported_with_it(self):
        self.family.client_type_id = self.family_type
        line = self.env["client.contact"].create(
            {"client_id": self.school.id, "contact_id": self.family.id}
        )
        self.env.invalidate_all()
        columns = self.env["client.contact.export"]._get_contact_export_columns()
        self.assertEqual(columns["salutation"](line), "Dear Lefèvre family,")
        self.assertFalse(columns["first_name"](line))

    def test_a_family_can_be_a_contact(self):
        self.family.client_type_id = self.family_type
        lines = self.env["client.contact"].with_user(self.users["user"])
        with Form(lines.with_context(default_client_id=self.school.id)) as form:
            form.contact_id = self.family
        self.assertEqual(form.record.name, "Famille Lefèvre")

    def test_dutch_writes_the_prefix_with_a_capital_behind_a_title(self):
        for last, lang, written in (
            ("de Vries", "nl_NL", "De Vries"),
            ("van den Berg", "nl_NL", "Van den Berg"),
            ("'t Hooft", "nl_NL", "'t Hooft"),
            ("\u2019t Hooft", "nl_NL", "\u2019t Hooft"),
            ("ijsselstein", "nl_NL", "IJsselstein"),
            ("de Vries", "nl_BE", "de Vries"),
            ("de la Tour", "fr_FR", "de la Tour"),
            ("de la Tour", "en_US", "de la Tour"),
            ("", "nl_NL", ""),
        ):
            with self.subTest(last=last, lang=lang):
                self.assertEqual(capitalize_prefix(last, lang), written)

    def test_a_dutch_letter_begins_with_it(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        person = self.Partner.create({"name": "Jan de Vries", "lang": "nl_NL"})
        for civility in ("mr", "mrs", "ms", "couple", "dr", "prof"):
            person.client_civility = civility
            self.assertIn("De Vries,", person.client_salutation)
        person.client_civility = False
        self.assertIn("Jan de Vries,", person.client_salutation)
        person.write({"lang": "en_US", "client_civility": "mr"})
        self.assertEqual(person.client_salutation, "Dear Mr de Vries,")

    def test_the_word_for_family_is_said_once(self):
        for name, text, left in (
            ("Famille Lefèvre", "Dear {name} family,", "Lefèvre"),
            ("Fam. van den Berg", "Geachte familie {name},", "van den Berg"),
            ("Famille", "Dear {name} family,", "Famille"),
            ("The Family", "Dear {name} family,", "The"),
            ("Famille Lefèvre", "Dear {name},", "Famille Lefèvre"),
            ("", "Dear {name} family,", ""),
        ):
            with self.subTest(name):
                self.assertEqual(drop_family(name, text), left)
