from odoo.tests import Form, tagged

from .test_statement import StatementCase


@tagged("post_install", "-at_install")
class TestStatementEmail(StatementCase):
    """Statements are sent by Odoo's dialog, to the contacts who receive invoices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.school.email = "school@example.com"
        cls.bursar = cls.line(
            cls.school,
            first_name="Anne",
            last_name="Roux",
            email="bursar@example.com",
            role_ids=cls.accounting.ids,
        ).contact_id
        cls.reminder = cls.env.ref("client_extension_letter.mail_template_reminder")
        cls.invoice(cls.school, 100, due=-10)

    def wizard(self, clients, **values):
        wizards = self.env["client.statement.wizard"].with_user(self.bookkeeper)
        return wizards.with_context(
            active_model="res.partner", active_ids=clients.ids
        ).create(values)

    def composer(self, clients, **values):
        """:return: the dialog for emails, as a form"""
        action = self.wizard(clients, **values).action_email()
        composers = self.env[action["res_model"]].with_user(self.bookkeeper)
        return Form(composers.with_context(**action["context"]))

    def sent(self, client):
        return client.message_ids.filtered("attachment_ids")

    def test_one_goes_to_the_accounting_contact_with_the_statement(self):
        self.composer(self.school).save().action_send_mail()
        message = self.sent(self.school)
        self.assertEqual(message.partner_ids, self.bursar)
        self.assertIn("statement of account", message.subject)
        self.assertEqual(len(message.attachment_ids), 1)
        self.assertIn("T-0002", message.attachment_ids.name)

    def test_who_may_not_change_the_client_sends_it_too(self):
        self.bookkeeper.group_ids -= self.env.ref("base.group_partner_manager")
        known = self.env["mail.mail"].search([])
        self.composer(self.school).save().action_send_mail()
        mail = self.env["mail.mail"].search([]) - known
        self.assertEqual(mail.recipient_ids, self.bursar)
        self.assertEqual(len(mail.attachment_ids), 1)

    def test_without_such_a_contact_it_goes_to_the_client(self):
        self.invoice(self.family, 5, due=-1)
        form = self.composer(self.family)
        self.assertEqual(form.partner_ids.ids, self.family.ids)

    def test_a_letter_chosen_by_hand_is_the_text(self):
        form = self.composer(self.school, letter_id=self.reminder.id)
        self.assertEqual(form.subject, "Payment reminder")
        self.assertIn("within eight days", form.body)
        self.assertIn("Dear Sir or Madam,", form.body)
        form.save().action_send_mail()
        message = self.sent(self.school)
        self.assertEqual(message.partner_ids, self.bursar)
        self.assertEqual(len(message.attachment_ids), 1)

    def test_several_get_one_each_with_their_own_statement(self):
        self.invoice(self.family, 5, due=-1)
        clients = self.school | self.family
        for letter in (self.env["mail.template"], self.reminder):
            with self.subTest(letter.name):
                known = self.env["mail.mail"].search([])
                self.composer(clients, letter_id=letter.id).save().action_send_mail()
                mails = self.env["mail.mail"].search([]) - known
                self.assertEqual(mails.recipient_ids, self.bursar | self.family)
                self.assertEqual(len(mails), 2)
                for mail in mails:
                    self.assertEqual(len(mail.attachment_ids), 1)
                    self.assertRegex(mail.body_html, r"<p>\s*Dear ")

    def test_a_contact_hidden_from_the_sender_is_left_out_and_said(self):
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": [("id", "!=", self.bursar.id)],
            }
        )
        wizard = self.wizard(self.school)
        self.assertIn("are hidden from you", wizard.note)
        form = self.composer(self.school)
        self.assertEqual(form.partner_ids.ids, self.school.ids)

    def test_the_email_is_in_the_language_of_the_client(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.school.lang = "fr_FR"
        self.reminder.with_context(lang="fr_FR").subject = "Rappel de paiement"
        form = self.composer(self.school, letter_id=self.reminder.id)
        self.assertEqual(form.subject, "Rappel de paiement")
