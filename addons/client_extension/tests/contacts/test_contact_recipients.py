from odoo import Command
from odoo.tests import Form, tagged

from ..common import ContactCase


@tagged("post_install", "-at_install")
class TestContactRecipients(ContactCase):
    """Odoo emails invoices to the contacts who receive invoices."""

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
        )

    def invoice(self, partner, **values):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": "2026-01-15",
                "invoice_line_ids": [Command.create({"name": "a", "price_unit": 9})],
                **values,
            }
        )
        invoice.action_post()
        return invoice

    def wizard(self, invoice, user="accountant"):
        wizards = self.env["account.move.send.wizard"].with_user(self.users[user])
        context = {"active_model": "account.move", "active_ids": invoice.ids}
        return wizards.with_context(**context).create({"move_id": invoice.id})

    def mailed(self, invoice):
        messages = invoice.message_ids.filtered("partner_ids")
        return messages.partner_ids

    def test_the_send_dialog_shows_the_contact_in_place_of_the_client(self):
        wizard = self.wizard(self.invoice(self.school))
        self.assertEqual(wizard.mail_partner_ids, self.bursar.contact_id)

    def test_sent_singly_it_goes_to_the_contact(self):
        invoice = self.invoice(self.school)
        self.wizard(invoice).action_send_and_print()
        self.assertEqual(self.mailed(invoice), self.bursar.contact_id)

    def test_who_the_user_chose_in_the_dialog_stays(self):
        invoice = self.invoice(self.school)
        wizard = self.wizard(invoice)
        wizard.mail_partner_ids = self.family
        wizard.action_send_and_print()
        self.assertEqual(self.mailed(invoice), self.family)

    def test_sent_in_a_batch_each_goes_to_its_own(self):
        invoices = self.invoice(self.school) | self.invoice(self.family)
        batch = self.env["account.move.send.batch.wizard"].with_user(
            self.users["accountant"]
        )
        batch.create({"move_ids": invoices.ids}).action_send_and_print(
            allow_fallback_pdf=True
        )
        with self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_account_move_send").method_direct_trigger()
        self.assertEqual(self.mailed(invoices[0]), self.bursar.contact_id)
        self.assertEqual(self.mailed(invoices[1]), self.family)

    def test_a_client_without_an_address_is_reached_through_its_contact(self):
        self.school.email = False
        wizard = self.wizard(self.invoice(self.school))
        self.assertEqual(wizard.mail_partner_ids, self.bursar.contact_id)
        self.assertNotIn("account_missing_email", wizard.alerts or {})

    def test_a_batch_warns_of_those_whom_nobody_reaches_alone(self):
        self.school.email = False
        invoices = self.invoice(self.school) | self.invoice(self.family)
        batches = self.env["account.move.send.batch.wizard"]
        batches = batches.with_user(self.users["accountant"])
        self.assertFalse(batches.create({"move_ids": invoices.ids}).alerts)
        self.family.email = False
        alerts = batches.create({"move_ids": invoices.ids}).alerts
        self.assertIn("account_missing_email", alerts)

    def test_a_batch_names_those_whom_nobody_reaches_and_no_others(self):
        (self.school | self.family).email = False
        invoices = self.invoice(self.school) | self.invoice(self.family)
        batches = self.env["account.move.send.batch.wizard"]
        batches = batches.with_user(self.users["accountant"])
        alert = batches.create({"move_ids": invoices.ids}).alerts[
            "account_missing_email"
        ]
        self.assertEqual(alert["action"]["res_id"], self.family.id)
        other = self.Partner.create({"name": "Zed"})
        invoices |= self.invoice(other)
        alert = batches.create({"move_ids": invoices.ids}).alerts[
            "account_missing_email"
        ]
        ((_name, _operator, ids),) = alert["action"]["domain"]
        self.assertEqual(set(ids), set((self.family | other).ids))

    def test_without_a_template_it_is_the_contact_still(self):
        form = Form(self.wizard(self.invoice(self.school)))
        form.template_id = self.env["mail.template"]
        self.assertEqual(form.mail_partner_ids.ids, self.bursar.contact_id.ids)

    def test_an_invoice_made_out_to_somebody_else_reaches_both(self):
        address = self.Partner.create(
            {
                "name": "Payments",
                "type": "invoice",
                "parent_id": self.school.id,
                "email": "payments@example.com",
            }
        )
        wizard = self.wizard(self.invoice(address))
        self.assertEqual(wizard.mail_partner_ids, address | self.bursar.contact_id)

    def test_the_client_itself_gets_it_where_no_contact_does(self):
        for values in (
            {"date_end": "2020-01-01"},
            {"date_end": False, "date_start": "2999-01-01"},
            {"date_start": False, "role_ids": [Command.clear()]},
            {"role_ids": self.escort.ids},
        ):
            self.bursar.write(values)
            with self.subTest(values):
                wizard = self.wizard(self.invoice(self.school))
                self.assertEqual(wizard.mail_partner_ids, self.school)

    def test_a_contact_without_an_email_or_archived_gets_nothing(self):
        for values in ({"email": False}, {"email": "x@example.com", "active": False}):
            self.bursar.contact_id.write(values)
            with self.subTest(values):
                wizard = self.wizard(self.invoice(self.school))
                self.assertEqual(wizard.mail_partner_ids, self.school)

    def test_several_contacts_get_it_all(self):
        second = self.line(
            self.school,
            last_name="Petit",
            email="petit@example.com",
            role_ids=self.accounting.ids,
        )
        wizard = self.wizard(self.invoice(self.school))
        self.assertEqual(wizard.mail_partner_ids, (self.bursar | second).contact_id)

    def test_an_accountant_needs_not_see_the_contacts_to_send(self):
        self.bursar.contact_id.company_id = self.company
        self.school.client_business_unit_id = self.agency
        self.agency.members_only = True
        wizard = self.wizard(self.invoice(self.school))
        self.assertEqual(wizard.mail_partner_ids, self.bursar.contact_id)

    def test_a_vendor_bill_is_left_alone(self):
        bill = self.env["account.move"].create(
            {"move_type": "in_invoice", "partner_id": self.school.id}
        )
        send = self.env["account.move.send"]
        template = self.env.ref("account.email_template_edi_invoice")
        partners = send._get_default_mail_partner_ids(bill, template, "en_US")
        self.assertNotIn(self.bursar.contact_id, partners)

    # Hidden contacts

    def hide(self, line):
        """Hide a contact from the accountant: it belongs to another company."""
        line.contact_id.company_id = self.make_company()
        self.env.flush_all()
        self.env.invalidate_all()

    def alert(self, wizard):
        """:return: dict: the alert about contacts who are hidden, None without one"""
        return (wizard.alerts or {}).get("client_hidden_recipients")

    def test_who_is_hidden_from_the_sender_is_left_out(self):
        second = self.line(
            self.school,
            last_name="Petit",
            email="petit@example.com",
            role_ids=self.accounting.ids,
        )
        self.assertFalse(self.alert(self.wizard(self.invoice(self.school))))
        self.hide(self.bursar)
        invoice = self.invoice(self.school)
        wizard = self.wizard(invoice)
        shown = wizard.web_read({"mail_partner_ids": {"fields": {"email": {}}}})
        emails = [one["email"] for one in shown[0]["mail_partner_ids"]]
        self.assertEqual(emails, ["petit@example.com"])
        self.assertIn("(1)", self.alert(wizard)["message"])
        self.assertNotIn("Roux", self.alert(wizard)["message"])
        wizard.action_send_and_print()
        self.assertEqual(self.mailed(invoice), second.contact_id)

    def test_the_client_gets_it_where_every_contact_is_hidden(self):
        self.hide(self.bursar)
        invoice = self.invoice(self.school)
        wizard = self.wizard(invoice)
        self.assertEqual(wizard.mail_partner_ids, self.school)
        self.assertIn(self.school.name, self.alert(wizard)["message"])
        wizard.action_send_and_print()
        self.assertEqual(self.mailed(invoice), self.school)

    def test_without_a_template_hidden_contacts_are_left_out_too(self):
        self.hide(self.bursar)
        wizard = self.wizard(self.invoice(self.school))
        wizard.template_id = False
        self.assertEqual(wizard.mail_partner_ids, self.school)

    def test_a_batch_leaves_them_out_also_when_the_cron_sends_it(self):
        self.hide(self.bursar)
        invoices = self.invoice(self.school) | self.invoice(self.family)
        batches = self.env["account.move.send.batch.wizard"]
        batch = batches.with_user(self.users["accountant"]).create(
            {"move_ids": invoices.ids}
        )
        self.assertIn(self.school.name, self.alert(batch)["message"])
        self.assertNotIn(self.family.name, self.alert(batch)["message"])
        batch.action_send_and_print(allow_fallback_pdf=True)
        with self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_account_move_send").method_direct_trigger()
        self.assertEqual(self.mailed(invoices[0]), self.school)
