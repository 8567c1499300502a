from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import LetterCase


@tagged("post_install", "-at_install")
class TestClientLetter(LetterCase):
    def test_a_letter_is_filled_in_with_the_data_of_the_client(self):
        letter = self.letter()
        self.assertEqual(letter.name, "Your visit, Famille Lefèvre")
        self.assertIn("To Famille Lefèvre, reference T-0001.", letter.body)
        self.assertEqual(letter.state, "draft")
        self.assertEqual(letter.company_id, self.company)
        self.assertEqual(letter.user_id, self.users["user"])
        self.assertEqual(letter.salutation, self.family._get_client_salutation())

    def test_the_dialog_fills_in_before_it_is_saved(self):
        action = self.family.with_user(self.users["user"]).action_client_write_letter()
        letters = self.Letter.with_user(self.users["user"])
        form = Form(letters.with_context(**action["context"]), action["views"][0][0])
        form.template_id = self.template
        self.assertEqual(form.name, "Your visit, Famille Lefèvre")
        self.assertIn("reference T-0001", form.body)
        self.assertIn("69002 LYON", form.preview)
        form.body = "<p>Other text</p>"
        letter = form.save()
        self.assertIn("Other text", letter.body)
        self.assertEqual(letter.client_id, self.family)

    def test_a_text_that_was_edited_is_not_filled_in_again(self):
        letter = self.letter(body="<p>{{ object.email }} <t t-out='1+1'/></p>")
        self.assertIn("{{ object.email }}", letter.body)
        self.family.name = "Famille Martin"
        self.family.lang = "en_US"
        letter.invalidate_recordset()
        self.assertIn("{{ object.email }}", letter.body)
        self.assertEqual(letter.name, "Your visit, Famille Lefèvre")

    def test_date_and_salutation_are_in_the_language_of_the_recipient(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.family.lang = "fr_FR"
        letter = self.letter(date=fields.Date.to_date("2026-03-01"))
        self.assertEqual(letter.lang, "fr_FR")
        self.assertEqual(letter._prepare_print_values()["date"], "1 mars 2026")
        self.assertEqual(letter.salutation, self.family._get_client_salutation())

    def test_a_letter_in_a_language_that_was_chosen_is_wholly_in_it(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.school.lang = "en_US"
        letter = self.letter(self.school, date=fields.Date.to_date("2026-03-01"))
        letter.lang = "fr_FR"
        self.assertEqual(letter._prepare_print_values()["date"], "1 mars 2026")
        french = self.school._get_client_salutation("fr_FR")
        self.assertNotEqual(french, self.school._get_client_salutation())
        self.assertEqual(letter.salutation, french)

    def test_the_template_is_used_in_the_language_of_the_recipient(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.template.with_context(lang="fr_FR").subject = "Votre visite"
        self.family.lang = "fr_FR"
        self.assertEqual(self.letter().name, "Votre visite")

    def test_a_letter_goes_to_the_contact_with_the_role_of_the_template(self):
        person = self.Partner.create({"name": "Anna Petit", "lang": "en_US"})
        self.line(self.school, contact_id=person.id, role_ids=[(4, self.accounting.id)])
        self.template.client_letter_role_id = self.accounting
        letter = self.letter(self.school)
        self.assertEqual(letter.contact_id, person)
        self.assertEqual(letter._get_lines()[:2], ["Collège Jean Moulin", "Anna Petit"])
        self.assertEqual(letter.salutation, person._get_client_salutation())
        # Nobody has the role.
        self.assertFalse(self.letter(self.family).contact_id)

    def test_a_contact_of_a_family_stands_alone_with_an_address_of_their_own(self):
        person = self.Partner.create({"name": "Léa Lefèvre", "city": "Paris"})
        lines = self.family._get_client_letter_lines(person)
        self.assertEqual(lines, ["Léa Lefèvre", "PARIS"])
        person.city = False
        lines = self.family._get_client_letter_lines(person)
        self.assertEqual(lines, ["Léa Lefèvre", "12 rue de la Paix", "69002 LYON"])

    def test_letters_abroad_name_the_country(self):
        self.company.country_id = self.env.ref("base.nl")
        self.assertEqual(
            self.family._get_client_letter_lines(self.family)[-1], "FRANCE"
        )

    def test_what_is_missing_or_too_long_is_said(self):
        self.family.write({"name": "L" * 39, "street": False, "city": False})
        problems = self.letter().address_problems.splitlines()
        self.assertEqual(len(problems), 3)
        self.assertIn("no street", problems[0])
        self.assertIn("no city", problems[1])
        self.assertIn("L" * 39, problems[2])

    # Printing

    def test_printing_keeps_the_letter_as_it_was(self):
        letter = self.letter()
        action = letter.action_print()
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertEqual(letter.state, "printed")
        self.family.write({"city": "Nantes", "name": "Famille Martin"})
        self.assertIn("LYON", letter.window_address)
        self.assertIn("Famille Lefèvre", letter.window_address)
        for values in ({"body": "x"}, {"date": "2020-01-01"}, {"client_id": 1}):
            with self.assertRaises(UserError):
                letter.write(values)
        with self.assertRaises(UserError):
            letter.unlink()

    def test_printing_again_changes_nothing(self):
        letter = self.letter()
        letter.action_print()
        notes = len(self.family.message_ids)
        letter.action_print()
        self.assertEqual(len(self.family.message_ids), notes)
        self.assertEqual(letter.state, "printed")

    def test_the_chatter_of_the_client_links_to_the_letter(self):
        letter = self.letter()
        letter.action_print()
        note = self.family.message_ids[:1].body
        self.assertIn(f'data-oe-id="{letter.id}"', note)
        self.assertNotIn("rue de la Paix", note)

    def test_a_letter_without_a_text_is_not_printed(self):
        letter = self.letter(template_id=False, name="Empty")
        for action in (letter.action_print, letter.action_email):
            with self.assertRaises(UserError):
                action()
        self.assertEqual(letter.state, "draft")

    def test_a_copy_is_a_draft_with_the_address_of_today(self):
        letter = self.letter(body="<p>Mine</p>")
        letter.action_print()
        self.family.city = "Nantes"
        copy = letter.copy()
        self.assertEqual(copy.state, "draft")
        self.assertIn("Mine", copy.body)
        self.assertIn("NANTES", copy.window_address)

    def test_the_status_is_not_written_from_outside(self):
        letter = self.letter()
        letter.action_print()
        for values in ({"state": "draft"}, {"address": "x"}):
            with self.assertRaises(AccessError):
                letter.write(values)
        for values in ({"state": "printed"}, {"address": "x"}):
            with self.assertRaises(AccessError):
                self.letter(**values)
        context = {"default_state": "sent"}
        with self.assertRaises(AccessError):
            self.Letter.with_user(self.users["user"]).with_context(**context).create(
                {"client_id": self.family.id, "name": "x"}
            )

    def test_a_letter_sent_by_email_is_kept_too(self):
        letter = self.letter()
        action = letter.action_email()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.users["user"])
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn("reference T-0001", composer.body)
        self.assertEqual(composer.partner_ids, self.family)
        composer.action_send_mail()
        self.assertEqual(letter.state, "sent")
        self.assertEqual(self.family.message_ids[:1].subject, letter.name)

    def test_an_email_to_another_client_marks_no_letter(self):
        letter = self.letter()
        context = {**letter.action_email()["context"]}
        context["default_res_ids"] = self.school.ids
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.users["user"])
            .with_context(**context)
            .create({})
        )
        composer.action_send_mail()
        self.assertEqual(letter.state, "draft")

    # Company

    def test_the_window_of_a_company_is_that_of_its_country_and_then_the_users(self):
        company = self.env["res.company"].create(
            {"name": "Genève", "country_id": self.env.ref("base.ch").id}
        )
        self.assertEqual(company.client_letter_window, "right_swiss")
        company.client_letter_window = "left_a"
        company.country_id = self.france
        self.assertEqual(company.client_letter_window, "left_a")

    def test_a_window_beyond_the_page_is_refused(self):
        with self.assertRaises(ValidationError):
            self.company.write(
                {"client_letter_window": "custom", "client_letter_left": 190}
            )
        with self.assertRaises(ValidationError):
            self.company.client_letter_offset_y = -40

    def test_merging_clients_carries_the_letters_over(self):
        letter = self.letter()
        kept = self.Partner.create({"name": "Lefèvre", "client_status": "client"})
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.family | kept).ids, kept
        )
        self.assertEqual(letter.client_id, kept)
