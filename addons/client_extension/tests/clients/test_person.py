from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ...models.clients.identity.person_name import split_name
from ..common import ClientCase


@tagged("post_install", "-at_install", "client_neighbours")
class TestPerson(ClientCase):
    """The name is the source of truth; first and last name are derived from it."""

    def parts(self, person):
        return person.client_first_name, person.client_last_name

    def test_a_name_written_in_one_piece_is_split(self):
        for name, parts in (
            ("Anne Roux", ("Anne", "Roux")),
            ("  Anne   Roux ", ("Anne", "Roux")),
            ("Anne Marie Roux", ("Anne Marie", "Roux")),
            ("Anne de la Tour", ("Anne", "de la Tour")),
            ("Jan Van den Berghe", ("Jan", "Van den Berghe")),
            ("ROUX Anne", ("Anne", "ROUX")),
            ("Anne DE LA TOUR", ("Anne DE LA", "TOUR")),
            ("VAN DAMME Jean Claude", ("Jean Claude", "VAN DAMME")),
            ("Roux, Anne", ("Anne", "Roux")),
            ("Roux", ("", "Roux")),
            ("", ("", "")),
            (None, ("", "")),
            (",", ("", "")),
            ("Van", ("", "Van")),
        ):
            with self.subTest(name):
                self.assertEqual(split_name(name), parts)

    def test_the_parts_compose_the_name(self):
        person = self.Partner.create(
            {"client_first_name": "Anne Marie", "client_last_name": "Le Goff Roux"}
        )
        self.assertEqual(person.name, "Anne Marie Le Goff Roux")
        self.assertEqual(self.parts(person), ("Anne Marie", "Le Goff Roux"))
        person.client_first_name = "Anna"
        self.assertEqual(person.name, "Anna Le Goff Roux")
        person.write({"client_first_name": "Jo", "client_last_name": "Ann Lee"})
        self.assertEqual(person.name, "Jo Ann Lee")
        self.env.invalidate_all()
        self.assertEqual(self.parts(person), ("Jo", "Ann Lee"))

    def test_writing_the_name_alone_splits_it_again(self):
        self.needs_own_parts()
        person = self.Partner.create(
            {"client_first_name": "Anne Marie", "client_last_name": "Le Goff Roux"}
        )
        person.name = "Anna Le Goff Roux"
        self.assertEqual(self.parts(person), ("Anna", "Le Goff Roux"))
        person.name = "Anne Marie Petit"
        self.assertEqual(self.parts(person), ("Anne Marie", "Petit"))
        person.name = "Bob Smith"
        self.assertEqual(self.parts(person), ("Bob", "Smith"))

    def test_the_names_of_many_are_read_in_one_query(self):
        persons = self.Partner.create([{"name": f"Anne Roux{n}"} for n in range(20)])
        self.env.flush_all()
        self.env.invalidate_all()
        persons.fetch(persons._get_client_name_fields())
        with self.assertQueryCount(0):
            parts = [person._split_client_name() for person in persons]
        self.assertEqual(parts[19], ("Anne", "Roux19"))

    def test_a_name_in_another_order_keeps_its_parts(self):
        self.needs_own_parts()
        person = self.Partner.create(
            {"client_first_name": "Anne Marie", "client_last_name": "Le Goff"}
        )
        for name in ("Le Goff Anne Marie", "Le Goff, Anne Marie"):
            person.name = name
            self.assertEqual(self.parts(person), ("Anne Marie", "Le Goff"), name)

    def test_parts_that_say_the_same_leave_the_name_as_it_is(self):
        self.needs_own_parts()
        person = self.Partner.create({"name": "ROUX Anne"})
        person.write({"client_first_name": "Anne", "client_last_name": "ROUX"})
        self.assertEqual(person.name, "ROUX Anne")

    def test_one_part_alone(self):
        for part, parts in (
            ({"client_first_name": "Anne Marie"}, ("Anne Marie", False)),
            ({"client_last_name": "Le Goff Roux"}, (False, "Le Goff Roux")),
        ):
            with self.subTest(part):
                self.assertEqual(self.parts(self.Partner.create(part)), parts)

    def test_clearing_both_parts_is_refused_and_never_empties_the_name(self):
        person = self.Partner.create({"name": "Anne Roux"})
        parts = {"client_first_name": False, "client_last_name": False}
        with self.assertRaises(ValidationError) as caught:
            person.write(parts)
        self.assertIn("Anne Roux needs at least a first name", str(caught.exception))
        self.assertEqual(person.name, "Anne Roux")
        self.school.write(parts)
        self.assertEqual(self.school.name, "Collège Jean Moulin")

    def test_empty_parts_beside_a_name_take_nothing_away(self):
        parts = {"client_first_name": False, "client_last_name": False}
        person = self.Partner.create({"name": "Anne Roux", **parts})
        self.assertEqual(person.name, "Anne Roux")
        person.write({"name": "Anne Petit", **parts})
        self.assertEqual(person.name, "Anne Petit")
        self.assertEqual(self.parts(person), ("Anne", "Petit"))

    def test_a_form_asks_for_a_name_when_both_parts_are_cleared(self):
        self.needs_own_parts()
        person = self.Partner.create({"name": "Anne Roux"})
        form = Form(person, "client_extension.res_partner_view_form")
        form.client_first_name = False
        self.assertEqual(form.name, "Roux")
        form.client_last_name = False
        self.assertFalse(form.name)
        with self.assertRaisesRegex(AssertionError, "name"):
            form.save()
        form.client_last_name = "Petit"
        self.assertEqual(form.save().name, "Petit")

    def test_a_company_has_no_parts(self):
        self.assertEqual(self.parts(self.school), (False, False))
        self.school.write({"client_first_name": "x", "client_last_name": "y"})
        self.assertEqual(self.school.name, "Collège Jean Moulin")

    def test_a_form_composes_while_one_types(self):
        self.needs_own_parts()
        new = self.Partner.new({"name": "Anne Roux"})
        new.client_last_name = "de Vries"
        new._onchange_client_name_parts()
        self.assertEqual(new.name, "Anne de Vries")
        self.assertEqual(self.parts(new), ("Anne", "de Vries"))

    def test_persons_are_found_by_a_part(self):
        anne = self.Partner.create({"name": "Anne Zzroux"})
        rose = self.Partner.create({"name": "Zzroux Rose"})
        for domain, found in (
            ([("client_last_name", "=", "Zzroux")], anne),
            ([("client_first_name", "=", "Zzroux")], rose),
            ([("client_last_name", "ilike", "zzrou")], anne | rose),
            ([("client_last_name", "=ilike", "zzr%")], anne),
            ([("client_last_name", "=ilike", "%oux")], anne),
            ([("client_first_name", "=like", "Zz_oux")], rose),
            ([("client_first_name", "=like", "zz%")], anne.browse()),
        ):
            with self.subTest(domain):
                self.assertEqual(self.Partner.search(domain), found)

    def test_partners_without_a_part_are_found(self):
        first = self.Partner.create({"client_first_name": "Anne Marie"})
        last = self.Partner.create({"client_last_name": "Le Goff Roux"})
        one = self.Partner.create({"name": "Cher"})
        both = self.Partner.create({"name": "Anne Roux"})
        ours = first | last | one | both | self.school
        for domain, found in (
            ([("client_first_name", "=", False)], last | one | self.school),
            ([("client_last_name", "=", False)], first | self.school),
            ([("client_first_name", "!=", False)], first | both),
            ([("client_first_name", "in", ["Anne", False])], ours - first),
            ([("client_last_name", "not in", ["Roux"])], ours - both),
        ):
            with self.subTest(domain):
                domain = [("id", "in", ours.ids), *domain]
                self.assertEqual(set(self.Partner.search(domain)), set(found))

    def test_partners_whose_parts_nobody_asks_for_cost_nothing(self):
        self.Partner.create([{"name": "warm"}])
        calls = []
        self.patch(
            type(self.Partner),
            "_split_client_name",
            lambda partner: calls.append(partner) or ("", ""),
        )
        persons = self.Partner.create([{"name": f"Person {n}"} for n in range(3)])
        persons[0].name = "Other"
        self.env.flush_all()
        self.assertFalse(calls)
        self.assertFalse(persons[0].client_name_parts)

    def test_a_letter_begins_with_the_name_and_civility(self):
        person = self.Partner.create({"name": "Anne de la Tour"})
        for civility, line in (
            (False, "Dear Anne de la Tour,"),
            ("mr", "Dear Mr de la Tour,"),
            ("mrs", "Dear Mrs de la Tour,"),
            ("ms", "Dear Ms de la Tour,"),
            ("couple", "Dear Mr and Mrs de la Tour,"),
            ("dr", "Dear Dr de la Tour,"),
            ("prof", "Dear Professor de la Tour,"),
        ):
            person.client_civility = civility
            with self.subTest(civility):
                self.assertEqual(person._get_client_salutation(), line)
        self.assertEqual(self.school._get_client_salutation(), "Dear Sir or Madam,")

    def test_a_template_of_a_mail_begins_with_it(self):
        person = self.Partner.create({"name": "Anne Roux", "client_civility": "mrs"})
        template = self.env["mail.template"].create(
            {
                "name": "Letter",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "subject": "{{ object.client_salutation }}",
                "body_html": '<p><t t-out="object.client_salutation"/></p>',
            }
        )
        for name, text in (("subject", "%s"), ("body_html", "<p>%s</p>")):
            rendered = template._render_field(name, (person | self.school).ids)
            self.assertEqual(
                {key: str(value) for key, value in rendered.items()},
                {
                    person.id: text % "Dear Mrs Roux,",
                    self.school.id: text % "Dear Sir or Madam,",
                },
            )

    def test_the_letter_speaks_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        person = self.Partner.create({"name": "Anne Roux", "lang": "fr_FR"})
        spoken = []
        get_text = type(self.env)._

        def spy(env, source, *args, **kwargs):
            spoken.append(env.lang)
            return get_text.__get__(env)(source, *args, **kwargs)

        self.patch(type(self.env), "_", spy)
        person._get_client_salutation()
        self.assertEqual(set(spoken), {"fr_FR"})
