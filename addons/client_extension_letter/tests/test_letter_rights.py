from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import LetterCase


@tagged("post_install", "-at_install")
class TestLetterRights(LetterCase):
    """Who reads and who writes letters."""

    def test_users_write_letters_and_accountants_read_them(self):
        letter = self.letter()
        mine = letter.with_user(self.users["accountant"])
        self.assertTrue(mine.body)
        for call in (
            lambda: mine.write({"name": "x"}),
            mine.action_print,
            mine.action_email,
            self.family.with_user(mine.env.user).action_client_write_letter,
        ):
            with self.assertRaises(AccessError):
                call()

    def test_employees_and_portal_users_read_no_letters(self):
        letter = self.letter()
        for name in ("employee", "portal"):
            other = letter.with_user(self.users[name])
            with self.assertRaises(AccessError):
                other.check_access("read")
            with self.assertRaises(AccessError):
                self.Letter.with_user(self.users[name]).search([])
            with self.assertRaises(AccessError):
                report = self.env["ir.actions.report"].with_user(self.users[name])
                report._render_qweb_html(
                    "client_extension_letter.client_letter_report", letter.ids
                )

    def test_managers_delete_printed_letters(self):
        letter = self.letter()
        letter.action_print()
        letter.with_user(self.users["manager"]).unlink()
        self.assertFalse(letter.exists())

    def test_letters_of_another_company_are_not_seen(self):
        letter = self.letter()
        other = self.make_company()
        user = new_test_user(
            self.env,
            "letters_other",
            "client_extension.group_client_user",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(self.Letter.with_user(user).search([("id", "=", letter.id)]))
        with self.assertRaises(AccessError):
            letter.with_user(user).check_access("read")

    def test_a_letter_does_not_go_to_a_company_of_others(self):
        letter, other = self.letter(), self.make_company()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            letter.company_id = other
            self.env.flush_all()
        letter.invalidate_recordset()
        self.assertEqual(letter.company_id, self.company)
        with self.assertRaises(AccessError):
            self.letter(company_id=other.id)

    def test_letters_to_clients_of_closed_units_are_not_seen(self):
        letter = self.letter()
        self.agency.members_only = True
        self.family.client_business_unit_id = self.agency
        self.env.invalidate_all()
        self.assertFalse(
            self.Letter.with_user(self.users["user"]).search([("id", "=", letter.id)])
        )

    def test_a_new_letter_tells_nothing_of_whom_its_user_may_not_see(self):
        hidden = self.Partner.create(
            {
                "name": "Hidden Person",
                "client_status": "client",
                "client_business_unit_id": self.agency.id,
                "ref": "SECRET-1",
            }
        )
        self.agency.members_only = True
        self.env.invalidate_all()
        letters = self.Letter.with_user(self.users["user"])
        spec = {name: {} for name in ("salutation", "name", "body", "window_address")}
        seen = {"client_id": self.family.id, "template_id": self.template.id}
        for values in (
            {**seen, "client_id": hidden.id},
            {**seen, "contact_id": hidden.id},
        ):
            told = letters.onchange(values, list(values), spec)["value"]
            self.assertFalse(any(told.get(name) for name in spec))
            with self.assertRaises(AccessError):
                letters.create(values)
        letter = letters.create(seen)
        with self.assertRaises(AccessError):
            letter.write({"contact_id": hidden.id})
            letter.read(["salutation"])

    def test_the_test_page_is_for_who_may_change_the_company(self):
        with self.assertRaises(AccessError):
            self.company.with_user(
                self.users["manager"]
            ).action_client_letter_test_page()
        action = self.company.action_client_letter_test_page()
        self.assertEqual(action["type"], "ir.actions.report")
