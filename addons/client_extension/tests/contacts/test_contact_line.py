from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import ContactCase


@tagged("post_install", "-at_install", "client_neighbours")
class TestContactLine(ContactCase):
    """Which people are contacts of which clients, in which roles and until when."""

    def test_one_person_stands_with_two_clients(self):
        anne = self.Partner.create({"name": "Anne Roux"})
        self.line(self.school, contact_id=anne.id, role_ids=self.escort.ids)
        self.line(self.family, contact_id=anne.id, role_ids=self.traveller.ids)
        self.assertEqual(
            anne.client_of_ids.mapped("client_id"), self.school | self.family
        )
        self.assertEqual(anne.client_of_count, 2)
        self.assertEqual(self.school.client_contact_count, 1)

    def test_removing_a_line_never_removes_the_person(self):
        line = self.line(self.school, last_name="Roux")
        person = line.contact_id
        line.with_user(self.users["user"]).unlink()
        self.assertTrue(person.exists().active)
        self.assertEqual(person.parent_id, self.school)

    def test_deleting_a_client_or_a_person_removes_the_lines_alone(self):
        anne = self.Partner.create({"name": "Anne Roux"})
        line = self.line(self.family, contact_id=anne.id)
        self.family.unlink()
        self.assertFalse(line.exists())
        self.assertTrue(anne.exists())

    def test_a_person_has_one_line_with_a_client(self):
        anne = self.Partner.create({"name": "Anne Roux"})
        self.line(self.school, contact_id=anne.id)
        with self.assertRaisesRegex(
            ValidationError, "Anne Roux is already a contact of Coll"
        ):
            self.line(self.school, contact_id=anne.id)
        other = self.line(self.family, contact_id=anne.id)
        with self.assertRaisesRegex(
            ValidationError, "Anne Roux is already a contact of Coll"
        ):
            other.client_id = self.school

    def test_nobody_is_a_contact_of_themselves(self):
        other = self.Partner.create({"name": "Anna Petit"})
        line = self.line(self.family, contact_id=other.id)
        sentence = "cannot be its own contact: Famille Lefèvre"
        with self.assertRaisesRegex(ValidationError, sentence):
            line.contact_id = self.family
        with self.assertRaisesRegex(ValidationError, "own contact: Collège Jean"):
            self.line(self.school, contact_id=self.school.id)

    def test_the_same_person_twice_in_one_save_is_refused(self):
        anne = self.Partner.create({"name": "Anne Roux"})
        with self.assertRaises(ValidationError):
            self.school.client_contact_ids = [
                Command.create({"contact_id": anne.id}),
                Command.create({"contact_id": anne.id}),
            ]

    def test_a_line_without_anybody_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Select a person"):
            self.line(self.school, email="nobody@example.com")

    def test_a_line_ends_the_day_after_its_last(self):
        today = fields.Date.context_today(self.Line)
        line = self.line(self.school, last_name="Roux", date_end=today)
        self.assertFalse(line.is_ended)
        line.date_end = today - timedelta(days=1)
        self.assertTrue(line.is_ended)
        self.assertIn(line, self.school.client_contact_ids)
        ended = [("client_id", "=", self.school.id), ("is_ended", "=", True)]
        self.assertEqual(self.Line.search(ended), line)
        running = [("client_id", "=", self.school.id), ("is_ended", "=", False)]
        self.assertFalse(self.Line.search(running))

    def test_a_line_cannot_end_before_it_begins(self):
        with self.assertRaisesRegex(ValidationError, "cannot be before the start"):
            self.line(
                self.school,
                last_name="R",
                date_start="2026-02-02",
                date_end="2026-02-01",
            )

    def test_the_first_contact_is_the_main_one_and_a_new_main_replaces_it(self):
        first = self.line(self.school, last_name="Roux")
        second = self.line(self.school, last_name="Petit")
        self.assertEqual((first.is_main, second.is_main), (True, False))
        self.assertEqual(self.school.client_main_contact_id, first.contact_id)
        second.is_main = True
        self.assertEqual((first.is_main, second.is_main), (False, True))
        third = self.line(self.school, last_name="Blanc", is_main=True)
        self.assertEqual(
            self.school.client_contact_ids.filtered("is_main").ids, third.ids
        )
        self.assertEqual(self.school.client_main_contact_id, third.contact_id)

    def test_several_in_one_save_leave_one_main(self):
        self.school.client_contact_ids = [
            Command.create({"last_name": name, "is_main": True}) for name in "AB"
        ]
        mains = self.school.client_contact_ids.filtered("is_main")
        self.assertEqual(mains.contact_id.name, "B")

    def test_who_wants_no_main_contact_gets_none(self):
        line = self.line(self.school, last_name="Roux", is_main=False)
        self.assertFalse(line.is_main)
        self.assertFalse(self.school.client_main_contact_id)

    def test_clients_are_found_by_their_main_contact_and_by_having_none(self):
        line = self.line(self.school, last_name="Roux")
        both = (self.school | self.family).ids
        for domain, found in (
            ([("client_main_contact_id", "=", line.contact_id.id)], self.school),
            ([("client_main_contact_id", "ilike", "roux")], self.school),
            ([("client_main_contact_id", "=", False)], self.family),
            ([("client_main_contact_id", "!=", False)], self.school),
        ):
            with self.subTest(domain):
                self.assertEqual(
                    self.Partner.search([("id", "in", both), *domain]), found
                )

    def test_a_client_and_its_main_contact_are_created_in_one_form(self):
        clients = self.as_user("user").with_context(default_client_status="prospect")
        client = clients.create(
            {
                "name": "Lycée Ampère",
                "is_company": True,
                "client_contact_ids": [
                    Command.create(
                        {
                            "civility": "mrs",
                            "first_name": "Anne",
                            "last_name": "de la Tour",
                            "email": "anne@example.com",
                            "role_ids": self.escort.ids,
                        }
                    )
                ],
            }
        )
        person = client.client_main_contact_id
        self.assertEqual(person.name, "Anne de la Tour")
        self.assertEqual(person.client_civility, "mrs")
        self.assertEqual(person.parent_id, client)
        self.assertEqual(person.type, "contact")
        self.assertFalse(person.client_status)
        self.assertEqual(client.user_id, self.users["user"])
        self.assertEqual(person.user_id, self.users["user"])

    def test_a_person_speaks_the_language_of_the_client_unless_said(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.school.lang = "fr_FR"
        self.assertEqual(self.line(self.school, last_name="A").contact_id.lang, "fr_FR")
        line = self.line(self.school, last_name="B", lang="en_US")
        self.assertEqual(line.contact_id.lang, "en_US")

    def test_values_of_the_person_are_read_and_written_through_the_line(self):
        line = self.line(self.school, last_name="Roux", email="roux@example.com")
        line.write({"function": "Bursar", "first_name": "Anne"})
        self.assertEqual(line.contact_id.function, "Bursar")
        self.assertEqual(line.contact_id.name, "Anne Roux")
        self.assertEqual(line.display_name, "Anne Roux (Collège Jean Moulin)")

    def test_a_form_that_sends_what_it_shows_writes_nothing_on_the_person(self):
        anne = self.Partner.create({"name": "Anne Roux", "email": "a@example.com"})
        written = []
        self.patch(
            type(self.Partner),
            "write",
            lambda partners, vals: written.append((partners, vals)) or True,
        )
        self.line(
            self.school,
            contact_id=anne.id,
            first_name="Anne",
            last_name="Roux",
            email="a@example.com",
            phone=False,
        )
        self.assertNotIn(anne, [partners for partners, _vals in written])

    def test_a_person_found_is_corrected_in_the_dialog(self):
        anne = self.Partner.create({"name": "Anne Roux"})
        self.line(self.school, contact_id=anne.id, phone="+33 4 78 00 00 09")
        self.assertEqual(anne.phone, "+33 4 78 00 00 09")

    def test_persons_are_found_by_phone_where_the_dialog_looks(self):
        anne = self.Partner.create({"name": "Anne Roux", "phone": "+33 4 78 12 34 59"})
        people = self.as_user("user").with_context(client_find_by_phone=True)
        self.assertIn(anne.id, dict(people.name_search("78123459")))
        self.assertNotIn(anne.id, dict(self.as_user("user").name_search("78123459")))

    def test_odoos_own_contacts_get_a_line_with_one_click(self):
        children = self.Partner.create(
            [
                {"name": "Anne", "parent_id": self.school.id},
                {"name": "Rose", "parent_id": self.school.id},
                {"name": "Site", "parent_id": self.school.id, "type": "delivery"},
                {"name": "Branch", "parent_id": self.school.id, "is_company": True},
            ]
        )
        self.line(self.school, contact_id=children[0].id)
        self.assertEqual(self.school.client_other_contact_count, 1)
        self.school.with_user(self.users["user"]).action_client_add_contacts()
        self.assertEqual(self.school.client_contact_ids.contact_id, children[:2])
        self.assertEqual(self.school.client_other_contact_count, 0)
        self.assertEqual(self.school.client_main_contact_id, children[0])

    def test_who_was_removed_is_not_offered_again(self):
        line = self.line(self.school, last_name="Roux")
        person, user = line.contact_id, self.users["user"]
        line.with_user(user).unlink()
        self.assertEqual(person.parent_id, self.school)
        self.assertEqual(self.school.client_other_contact_count, 0)
        self.school.with_user(user).action_client_add_contacts()
        self.assertFalse(self.school.client_contact_ids)
        line = self.line(self.school, contact_id=person.id)
        self.assertFalse(person.client_line_removed)

    def test_who_goes_to_another_client_is_offered_there(self):
        line = self.line(self.school, last_name="Roux")
        person = line.contact_id
        line.unlink()
        person.parent_id = self.family
        self.assertEqual(self.family.client_other_contact_count, 1)

    def test_the_settings_say_what_a_main_contact_of_a_company_must_have(self):
        of_school = self.line(self.school, last_name="Roux")
        of_family = self.line(self.family, last_name="Roux")
        self.assertEqual(of_school.main_must_have, "first_name,last_name,email,phone")
        self.assertTrue(of_school.client_is_company)
        self.assertFalse(of_family.client_is_company)
        self.company.client_main_phone = False
        self.Line.invalidate_model(["main_must_have"])
        self.assertEqual(of_school.main_must_have, "first_name,last_name,email")

    def test_stock_odoo_and_imports_are_never_asked_for_them(self):
        self.Partner.create({"name": "Anne", "parent_id": self.school.id})
        line = self.line(self.school, last_name="Roux", is_main=True)
        self.assertTrue(line.is_main)

    def test_clients_without_an_accounting_contact(self):
        both = self.school | self.family
        self.line(self.school, last_name="Roux", role_ids=self.accounting.ids)
        without = [
            ("id", "in", both.ids),
            ("client_contact_ids", "not any", self.ACCOUNTING_TODAY),
        ]
        self.assertEqual(self.Partner.search(without), self.family)
        self.school.client_contact_ids.date_end = "2020-01-01"
        self.assertEqual(self.Partner.search(without), both)

    def test_a_client_is_found_by_the_name_of_a_contact_who_is_elsewhere(self):
        anne = self.Partner.create({"name": "Anne Zzroux"})
        self.line(self.school, contact_id=anne.id)
        found = self.Partner.search([("client_search", "ilike", "zzroux")])
        self.assertIn(self.school, found)

    def test_the_main_contact_comes_first_and_those_who_ended_last(self):
        ended = self.line(self.school, last_name="A", date_end="2020-01-01")
        plain = self.line(self.school, last_name="B")
        main = self.line(self.school, last_name="C", is_main=True)
        self.school.invalidate_recordset()
        self.assertEqual(self.school.client_contact_ids.ids, (main + plain + ended).ids)

    def test_counting_and_reading_many_clients_stays_under_its_ceiling(self):
        clients = self.Partner.create(
            [
                {
                    "name": f"Client {n}",
                    "client_contact_ids": [Command.create({"last_name": f"P{n}"})],
                }
                for n in range(20)
            ]
        ).with_user(self.users["user"])
        clients.mapped("client_contact_count")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            clients.mapped("client_contact_count")
            clients.mapped("client_main_contact_id.name")

    def test_a_file_of_lines_is_created_under_its_ceiling(self):
        persons = self.Partner.create([{"name": f"Person {n}"} for n in range(50)])
        vals_list = [
            {"client_id": self.school.id, "contact_id": person.id, "is_main": False}
            for person in persons
        ]
        self.env.flush_all()
        with self.assertQueryCount(5):
            self.Line.create(vals_list)
            self.env.flush_all()
