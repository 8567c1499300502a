from odoo import Command
from odoo.tests import new_test_user, tagged

from ..common import ClientCase
from ..common_invoice import InvoiceMixin


@tagged("post_install", "-at_install")
class TestReceivable(InvoiceMixin, ClientCase):
    """What is late and what is not due yet add up to Odoo's receivable."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env,
            login="receivable",
            groups="account.group_account_invoice,client_extension.group_client_user",
        )

    def figures(self, client, **context):
        client = client.with_user(self.accountant).with_context(**context)
        values = client._read_client_figures()[client.id]
        return {key: v for (section, key), v in values.items() if section == "invoices"}

    def assert_is_credit(self, client):
        """The figures of a client equal its credit, and that of its subsidiaries."""
        client.invalidate_recordset()
        figures = self.figures(client)
        total = figures["late"]["amount"] + figures["authorised"]["amount"]
        below = client.search([("id", "child_of", client.id)])
        credit = sum(below.with_user(self.accountant).mapped("credit"))
        self.assertAlmostEqual(total, credit, places=2)
        return figures

    def test_a_client_without_invoices_owes_nothing(self):
        figures = self.assert_is_credit(self.family)
        self.assertEqual(figures["late"], {"count": 0, "amount": 0.0, "oldest": False})

    def test_an_invoice_is_late_from_the_day_after_it_is_due(self):
        self.invoice(self.school, 100, due=-1)
        self.invoice(self.school, 200, due=0)
        figures = self.assert_is_credit(self.school)
        self.assertEqual(figures["late"]["amount"], 100)
        self.assertEqual(figures["authorised"]["amount"], 200)

    def test_each_instalment_is_late_by_its_own_date(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Deposit and balance",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 30, "nb_days": 0}
                    ),
                    Command.create(
                        {"value": "percent", "value_amount": 70, "nb_days": 90}
                    ),
                ],
            }
        )
        self.invoice(
            self.school,
            1000,
            invoice_date=self.day(-43),
            invoice_payment_term_id=term.id,
            invoice_date_due=False,
        )
        figures = self.assert_is_credit(self.school)
        self.assertEqual(figures["late"]["amount"], 300)
        self.assertEqual(figures["late"]["oldest"], self.day(-43))
        self.assertEqual(figures["authorised"]["amount"], 700)

    def test_credit_notes_and_payments_that_wait_reduce_what_is_owed(self):
        self.invoice(self.school, 500, due=-10)
        self.payment(self.school, 120, days=-300)
        self.invoice(self.school, 80, due=15, move_type="out_refund")
        figures = self.assert_is_credit(self.school)
        self.assertEqual(figures["late"]["amount"], 380)
        self.assertEqual(figures["late"]["oldest"], self.day(-10))
        self.assertEqual(figures["authorised"]["amount"], -80)

    def test_a_paid_invoice_is_open_no_more(self):
        move = self.invoice(self.school, 500, due=-10)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({})._create_payments()
        figures = self.assert_is_credit(self.school)
        self.assertEqual(figures["late"]["count"], 0)

    def test_documents_of_contacts_and_subsidiaries_count(self):
        contact = self.Partner.create({"name": "Anna", "parent_id": self.school.id})
        subsidiary = self.Partner.create(
            {"name": "Annexe", "parent_id": self.school.id, "is_company": True}
        )
        office = self.Partner.create({"name": "Desk", "parent_id": subsidiary.id})
        self.invoice(contact, 10, due=-1)
        self.invoice(subsidiary, 20, due=-1)
        self.invoice(office, 40, due=5)
        figures = self.assert_is_credit(self.school)
        self.assertEqual(figures["late"]["amount"], 30)
        self.assertEqual(figures["authorised"]["amount"], 40)

    def test_amounts_are_in_the_currency_of_the_company(self):
        foreign = self.env.ref("base.CHF")
        foreign.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": foreign.id,
                "company_id": self.company.id,
                "name": self.day(-60),
                "rate": 0.8,
            }
        )
        self.invoice(self.school, 80, due=-5, currency_id=foreign.id)
        figures = self.assert_is_credit(self.school)
        self.assertEqual(figures["late"]["amount"], 100)

    def test_each_company_sees_what_the_client_owes_to_it(self):
        other = self.make_company()
        self.env["account.chart.template"].try_loading(
            "generic_coa", company=other, install_demo=False
        )
        self.accountant.company_ids += other
        self.invoice(self.school, 100, due=-1)
        elsewhere = self.school.with_company(other)
        self.invoice(elsewhere, 7, due=-1, company_id=other.id)
        both = [self.company.id, other.id]
        for companies in (both, both[::-1]):
            context = {"allowed_company_ids": companies}
            figures = self.figures(self.school, **context)
            client = self.school.with_user(self.accountant).with_context(**context)
            client.invalidate_recordset()
            self.assertEqual(figures["late"]["amount"], client.credit, companies)

    def test_a_contact_that_is_invoiced_through_its_company_says_so(self):
        contact = self.Partner.create({"name": "Anna", "parent_id": self.school.id})
        self.invoice(contact, 10, due=-1)
        overview = contact.with_user(self.accountant).get_client_overview()
        [invoices] = [s for s in overview["sections"] if s["key"] == "invoices"]
        self.assertIn(self.school.name, invoices["note"])
        self.assertFalse(invoices["figures"])

    def test_drafts_and_years_count_taxes_in_and_credit_notes_out(self):
        tax = self.env["account.tax"].create({"name": "10", "amount": 10})
        line = {"name": "Trip", "price_unit": 100, "tax_ids": tax.ids}
        self.invoice(
            self.school,
            invoice_line_ids=[Command.create(line)],
            invoice_date=self.day(),
        )
        self.invoice(self.school, 30, move_type="out_refund", invoice_date=self.day())
        self.invoice(self.school, 40, post=False)
        figures = self.figures(self.school)
        self.assertEqual(figures["this_year"]["amount"], 80)
        self.assertEqual(figures["this_year"]["count"], 2)
        self.assertEqual(figures["waiting"]["amount"], 40)
