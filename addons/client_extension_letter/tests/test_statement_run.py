import io
from contextlib import suppress
from unittest.mock import patch

from PyPDF2 import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..models import client_letter_run_write as engine
from ..wizards import client_statement_wizard as dialog
from .test_letter_pdf import page_text
from .test_statement import StatementCase


class StatementRunCase(StatementCase):
    """Three clients who owe, one of whom has no email address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Run = cls.env["client.letter.run"]
        cls.Mail = cls.env["mail.mail"]
        cls.reminder = cls.env.ref("client_extension_letter.mail_template_reminder")
        cls.school.email = "school@example.com"
        cls.nobody = cls.Partner.create(
            {"name": "Nobody", "client_status": "client", "city": "Lyon"}
        )
        cls.clients = cls.school | cls.family | cls.nobody
        for client in cls.clients:
            cls.invoice(client, 100, due=-10)

    def wizard(self, clients, **values):
        wizards = self.env["client.statement.wizard"].with_user(self.bookkeeper)
        return wizards.with_context(
            active_model="res.partner", active_ids=clients.ids
        ).create(values)

    def run_of(self, clients, kind, **values):
        """:return: the run of these clients, as the accountant sees it"""
        wizard = self.wizard(clients, **values)
        with (
            patch.object(dialog, "MOST_EMAILS", 0),
            patch.object(dialog, "MOST_STATEMENTS", 0),
        ):
            call = wizard.action_email if kind == "email" else wizard.action_print
            action = call()
        self.assertEqual(action["res_model"], "client.letter.run")
        return wizard.env["client.letter.run"].browse(action["res_id"])

    def continue_runs(self):
        self.Run.with_context(force_report_rendering=True)._cron_write()

    def pages(self, content):
        """:return: list of str, the text of each page"""
        pages = PdfReader(io.BytesIO(content)).pages
        return [page_text(page) for page in pages]


@tagged("post_install", "-at_install")
class TestStatementRun(StatementRunCase):
    """Statements to many clients are printed and sent in the background."""

    def test_the_dialog_says_that_they_go_in_the_background(self):
        wizard = self.wizard(self.clients)
        self.assertNotIn("background", wizard.note or "")
        with (
            patch.object(dialog, "MOST_EMAILS", 2),
            patch.object(dialog, "MOST_STATEMENTS", 2),
        ):
            wizard.invalidate_recordset()
            self.assertEqual(wizard.note.count("More than 2 "), 2)

    def test_emails(self):
        known = self.Mail.search([])
        with self.background():
            run = self.run_of(self.clients, "email")
            self.assertEqual((run.state, run.pending_count), ("queued", 3))
            self.continue_runs()
            self.assertEqual((run.state, run.progress), ("done", 100))
            self.assertEqual((run.done_count, run.skipped_count), (2, 1))
            self.assertEqual(run.skipped_ids.problem, "no_email")
            self.assertIn("No email address: 1", run.problem_summary)
            # Who was left out is corrected, and nobody gets a second one.
            self.nobody.email = "nobody@example.com"
            run.action_write_missing()
            self.assertEqual(run.state, "queued")
            self.continue_runs()
        self.assertEqual((run.done_count, run.skipped_count), (3, 0))
        mails = self.Mail.search([]) - known
        self.assertEqual(mails.recipient_ids, self.clients)
        self.assertEqual(len(mails), 3)
        for mail in mails:
            # A worker that is killed after it sent them would send them again.
            self.assertEqual(mail.state, "outgoing")
            self.assertEqual(len(mail.attachment_ids), 1)

    def test_emails_with_a_letter_as_text(self):
        known = self.Mail.search([])
        with self.background():
            self.run_of(self.school, "email", letter_id=self.reminder.id)
            self.continue_runs()
        mail = self.Mail.search([]) - known
        self.assertIn("within eight days", mail.body_html)
        self.assertEqual(len(mail.attachment_ids), 1)

    def test_a_run_that_was_killed_sends_each_email_once(self):
        known = self.Mail.search([])
        clients = self.school | self.family
        with self.background(), patch.object(engine, "FIRST_STATEMENTS", 1):
            run = self.run_of(clients, "email")
        with self.background(stop=KeyboardInterrupt), suppress(KeyboardInterrupt):
            self.continue_runs()
        self.assertEqual((run.state, run.pending_count), ("running", 1))
        with self.background():
            self.continue_runs()
        self.assertEqual((run.state, run.done_count), ("done", 2))
        mails = self.Mail.search([]) - known
        self.assertEqual(len(mails), 2)
        self.assertEqual(mails.recipient_ids, clients)

    def test_printed_ones_are_joined_in_one_file(self):
        clients = self.school | self.family
        with self.background(), patch.object(engine, "FIRST_STATEMENTS", 1):
            run = self.run_of(clients, "print", letter_id=self.reminder.id)
            with self.assertRaises(UserError):
                run.action_download_statements()
            self.continue_runs()
        self.assertEqual((run.state, run.done_count), ("done", 2))
        self.assertEqual(run.letter_ids.client_id, clients)
        action = run.action_download_statements()
        files = self.env["ir.attachment"].search(
            [("res_model", "=", run._name), ("res_id", "=", run.id)]
        )
        self.assertEqual(len(files), 1)
        self.assertIn(f"/{files.id}?", action["url"])
        self.assertEqual(run.action_download_statements(), action)
        pages = self.pages(files.with_user(self.bookkeeper).raw)
        self.assertEqual(len(pages), 4)
        names = ("Collège", "Famille")
        for name, letter, statement in zip(names, pages[::2], pages[1::2], strict=True):
            self.assertIn("Payment reminder", letter)
            self.assertIn("Total open", statement)
            for page in (letter, statement):
                self.assertIn(name, page)

    def test_what_fails_leaves_out_that_client_alone(self):
        runs = type(self.Run)
        send = runs._send_statements

        def fail(run, clients):
            if self.family in clients:
                raise ValueError("broken")
            return send(run, clients)

        known = self.Mail.search([])
        with (
            self.background(),
            patch.object(runs, "_send_statements", fail),
            self.assertLogs("odoo.addons.client_extension_letter", "WARNING"),
        ):
            run = self.run_of(self.school | self.family, "email")
            self.continue_runs()
        self.assertEqual((run.done_count, run.skipped_count), (1, 1))
        self.assertEqual(run.skipped_ids.problem, "failed")
        mails = self.Mail.search([]) - known
        self.assertEqual(mails.recipient_ids, self.school)

    def test_a_client_who_objects_to_mailings_still_gets_a_statement(self):
        self.family.client_no_mailing = True
        with self.background():
            run = self.run_of(self.family, "email")
            self.continue_runs()
        self.assertEqual((run.done_count, run.skipped_count), (1, 0))


@tagged("post_install", "-at_install")
class TestStatementRunRights(StatementRunCase):
    def test_a_run_is_of_who_made_it(self):
        with self.background():
            run = self.run_of(self.school, "print")
            self.continue_runs()
        file = self.env["ir.attachment"].search(
            [("res_model", "=", run._name), ("res_id", "=", run.id)]
        )
        other = new_test_user(
            self.env, "statement_other", "base.group_user,account.group_account_invoice"
        )
        for user in (other, self.users["manager"], self.users["user"]):
            theirs = run.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                theirs.action_download_statements()
            with self.subTest(user.login), self.assertRaises(AccessError):
                file.with_user(user).check_access("read")
        with self.assertRaises(AccessError):
            run.write({"kind": "letter"})

    def test_who_lost_the_right_gets_nothing(self):
        with self.background():
            run = self.run_of(self.school, "email")
            self.bookkeeper.group_ids = self.env.ref("base.group_user")
            self.continue_runs()
        self.assertEqual(run.sudo().state, "failed")
        self.assertFalse(run.sudo().statement_count)


@tagged("post_install", "-at_install")
class TestStatementLetter(StatementRunCase):
    """The letter chosen by hand is printed before the statement."""

    def printed(self, clients, **values):
        """:return: list of str, the text of each page that an accountant prints"""
        action = self.wizard(clients, **values).action_print()
        reports = self.env["ir.actions.report"].with_user(self.bookkeeper)
        content, _kind = reports.with_context(
            **action["context"], force_report_rendering=True
        )._render_qweb_pdf(action["report_name"], action["context"]["active_ids"])
        return self.pages(content)

    def test_the_letter_is_printed_and_kept(self):
        letters = self.Letter.search([])
        pages = self.printed(self.school, letter_id=self.reminder.id)
        self.assertEqual(len(pages), 2)
        self.assertIn("Payment reminder", pages[0])
        self.assertIn("Dear Sir or Madam,", pages[0])
        self.assertNotIn("Total open", pages[0])
        self.assertIn("Total open", pages[1])
        letter = self.Letter.search([]) - letters
        self.assertEqual((letter.client_id, letter.state), (self.school, "printed"))
        self.assertEqual(letter.user_id, self.bookkeeper)
        self.assertIn("3 rue Moulin", letter.address)
        notes = "".join(self.school.message_ids.mapped("body"))
        self.assertIn("Payment reminder", notes)

    def test_without_a_letter_nothing_is_kept(self):
        letters = self.Letter.search([])
        self.assertEqual(len(self.printed(self.school)), 1)
        self.assertEqual(self.Letter.search([]), letters)

    def test_letter_and_statement_have_one_address_and_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.reminder.with_context(lang="fr_FR").subject = "Rappel de paiement"
        office = self.Partner.create(
            {
                "name": "Office",
                "type": "invoice",
                "parent_id": self.school.id,
                "street": "9 quai Rouge",
                "city": "Nantes",
            }
        )
        self.school.write({"lang": "fr_FR", "client_invoice_partner_id": office.id})
        letter, statement = self.printed(self.school, letter_id=self.reminder.id)
        self.assertIn("Rappel de paiement", letter)
        for page in (letter, statement):
            self.assertIn("9 quai Rouge", page)

    def test_a_letter_without_a_text_is_not_printed(self):
        self.reminder.body_html = False
        with self.assertRaises(UserError):
            self.wizard(self.school, letter_id=self.reminder.id).action_print()

    def test_letters_of_the_context_are_those_that_the_reader_may_read(self):
        self.agency.members_only = True
        hidden = self.letter(self.family)
        self.family.client_business_unit_id = self.agency
        self.env.invalidate_all()
        reports = self.env["report.client_extension_letter.client_statement"]
        asked = reports.with_user(self.users["user"]).with_context(
            client_statement_letters=[hidden.id, 0, "1"]
        )
        self.assertFalse(asked._get_letters(self.family))
