from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.client_extension.tests.common_invoice import InvoiceMixin

from .common import LetterCase


class StatementCase(InvoiceMixin, LetterCase):
    """Clients who owe, and an accountant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bookkeeper = new_test_user(
            cls.env,
            "statement_bookkeeper",
            "account.group_account_invoice,base.group_partner_manager",
        )
        cls.school.write({"street": "3 rue Moulin", "zip": "69001", "city": "Lyon"})

    @classmethod
    def foreign(cls):
        """:return: a currency of which 0.8 is 1 of the company"""
        currency = cls.env.ref("base.CHF")
        currency.active = True
        cls.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "company_id": cls.company.id,
                "name": cls.day(-60),
                "rate": 0.8,
            }
        )
        return currency

    def statements(self, clients, user=None, **context):
        """:return: list of dicts, the statements of clients as an accountant prints
        them"""
        report = self.env["report.client_extension_letter.client_statement"]
        report = report.with_user(user or self.bookkeeper).with_context(**context)
        return report._get_report_values(clients.ids)["statements"]

    def statement(self, client, user=None, **context):
        [statement] = self.statements(client, user, **context)
        return statement

    def rows(self, statement):
        return [row for page in statement["pages"] for row in page["rows"]]


@tagged("post_install", "-at_install")
class TestStatement(StatementCase):
    """A statement lists what is open by instalment, and its total is the overview's."""

    def assert_equals_overview(self, client, **context):
        """The total is late + authorised of the overview, and Odoo's credit."""
        client = client.with_user(self.bookkeeper).with_context(**context)
        client.invalidate_recordset()
        figures = client._read_client_figures()[client.id]
        late, later = (
            figures["invoices", key]["amount"] for key in ("late", "authorised")
        )
        below = client.search([("id", "child_of", client.id)])
        show = client._show_client_amount
        statement = self.statement(client, **context)
        self.assertEqual(statement["total"], show(late + later))
        self.assertEqual(statement["total"], show(sum(below.mapped("credit"))))
        steps = dict(statement["ageing"])
        self.assertEqual(steps["Not Due"], show(later))
        if rows := self.rows(statement):
            self.assertEqual(rows[-1]["balance"], statement["total"])
        return statement

    def test_the_dialog_warns_of_addresses_that_the_post_cannot_read(self):
        self.assertFalse(self.dialog(self.school).note)
        self.school.name = "Association of the Friends of the Old Mill of Lyon"
        note = self.dialog(self.school).note
        self.assertIn("too long for the window: “Association of the", note)
        bare = self.Partner.create([{"name": f"Bare {n}"} for n in range(7)])
        note = self.dialog(bare).note
        self.assertIn("address of Bare 4 before you print. The address has no st", note)
        self.assertNotIn("Bare 5", note)
        self.assertIn("More addresses to check: 2.", note)

    def dialog(self, clients):
        """:return: the dialog of the statements of some clients, as an accountant"""
        values = {"scope": "selected", "selected_ids": clients.ids}
        return (
            self.env["client.statement.wizard"].with_user(self.bookkeeper).new(values)
        )

    def test_everything_open_adds_up_to_the_overview_to_the_cent(self):
        contact = self.Partner.create({"name": "Anna", "parent_id": self.school.id})
        annexe = self.Partner.create(
            {"name": "Annexe", "parent_id": self.school.id, "is_company": True}
        )
        self.invoice(self.school, 100.1, due=-10)
        self.invoice(contact, 0.2, due=-31)
        self.invoice(annexe, 33.33, due=-61)
        self.invoice(self.school, 80, due=-91, currency_id=self.foreign().id)
        self.invoice(self.school, 20.7, due=5)
        self.invoice(self.school, 12.34, due=15, move_type="out_refund")
        self.payment(self.school, 50, days=-3)
        statement = self.assert_equals_overview(self.school)
        rows = self.rows(statement)
        self.assertEqual(len(rows), 7)
        self.assertEqual([row["late"] for row in rows[:4]], ["91", "61", "31", "10"])
        # A payment that waits is not late.
        self.assertEqual(rows[4]["late"], "")
        self.assertIn("Payment", rows[4]["document"])
        self.assertIn("Annexe", rows[1]["document"])
        self.assertIn("Credit Note", rows[-1]["document"])

    def test_amounts_are_in_the_currency_of_the_document_and_of_the_company(self):
        self.invoice(self.school, 80, due=-5, currency_id=self.foreign().id)
        statement = self.statement(self.school)
        keys = [column["key"] for column in statement["columns"]]
        self.assertIn("own", keys)
        self.assertEqual(sum(one["width"] for one in statement["columns"]), 165)
        [row] = self.rows(statement)
        self.assertIn("80.00", row["amount"])
        self.assertIn("CHF", row["amount"])
        self.assertIn("100.00", row["own"])
        self.assertEqual(row["balance"], row["own"])
        self.invoice(self.family, 80, due=-5)
        statement = self.statement(self.family)
        self.assertNotIn("own", [column["key"] for column in statement["columns"]])
        self.assertEqual(sum(one["width"] for one in statement["columns"]), 165)

    def test_each_instalment_has_its_own_date_and_number(self):
        halves = [
            Command.create({"value": "percent", "value_amount": 50, "nb_days": days})
            for days in (0, 90)
        ]
        term = self.env["account.payment.term"].create(
            {"name": "Halves", "line_ids": halves}
        )
        move = self.invoice(
            self.school,
            1000,
            invoice_date=self.day(-43),
            invoice_payment_term_id=term.id,
            invoice_date_due=False,
        )
        first, second = self.rows(self.assert_equals_overview(self.school))
        self.assertEqual(first["document"], f"{move.name} (1/2)")
        self.assertEqual(second["document"], f"{move.name} (2/2)")
        self.assertEqual((first["late"], second["late"]), ("43", ""))

    def test_each_company_sees_what_is_owed_to_it(self):
        other = self.make_company()
        self.env["account.chart.template"].try_loading(
            "generic_coa", company=other, install_demo=False
        )
        self.bookkeeper.company_ids += other
        self.invoice(self.school, 100, due=-1)
        self.invoice(self.school.with_company(other), 7, due=-1, company_id=other.id)
        both = [self.company.id, other.id]
        for companies, amount in ((both, "100.00"), (both[::-1], "7.00")):
            statement = self.assert_equals_overview(
                self.school, allowed_company_ids=companies
            )
            self.assertIn(amount, statement["total"])

    def test_nothing_open(self):
        statement = self.assert_equals_overview(self.family)
        self.assertEqual(statement["note"], "There are no open items.")

    def test_who_is_invoiced_through_another_client_says_so(self):
        contact = self.Partner.create({"name": "Anna", "parent_id": self.school.id})
        self.invoice(contact, 10, due=-1)
        self.assertIn(self.school.name, self.statement(contact)["note"])
        wizard = self.wizard(contact)
        self.assertIn(self.school.name, wizard.note)
        with self.assertRaisesRegex(UserError, "Send the statement of"):
            wizard.action_email()

    def test_it_is_in_the_language_of_the_client(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.school.lang = "fr_FR"
        self.invoice(self.school, 1234.5, due=-1)
        self.invoice(self.family, 1234.5, due=-1)
        french, english = self.statements(self.school | self.family)
        self.assertEqual((french["lang"], english["lang"]), ("fr_FR", "en_US"))
        self.assertIn(",50", french["total"])
        self.assertIn("1,234.50", english["total"])

    def test_as_many_queries_for_1_10_and_80_clients(self):
        clients = self.Partner.create(
            [{"name": f"C{n}", "client_status": "client"} for n in range(80)]
        )
        for client in clients[:12]:
            self.invoice(client, 10, due=-1)
        counted = []
        self.statements(clients)
        for some in (clients[:1], clients[:10], clients):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.statements(some)
            counted.append(self.env.cr.sql_log_count - before)
        # The first one also reads what all have in common.
        self.assertLessEqual(max(counted), counted[0], counted)

    # Rights

    def test_a_salesperson_gets_no_button_and_an_error(self):
        seller = new_test_user(
            self.env,
            "statement_seller",
            "client_extension.group_client_manager,base.group_partner_manager",
        )
        client = self.school.with_user(seller)
        with self.assertRaises(AccessError):
            client._check_client_statement()
        with self.assertRaises(AccessError):
            self.statement(self.school, seller)
        with self.assertRaises(AccessError):
            self.env["client.statement.wizard"].with_user(seller).create({})
        bindings = self.env["ir.actions.actions"]
        for user, offered in ((seller, False), (self.bookkeeper, True)):
            found = bindings.with_user(user).get_bindings("res.partner")
            names = {action["name"] for action in found.get("action", ())}
            self.assertEqual("Statement of Account" in names, offered)

    def test_the_action_opens_the_dialog(self):
        bindings = self.env["ir.actions.actions"].with_user(self.bookkeeper)
        actions = bindings.get_bindings("res.partner")["action"]
        name = "Statement of Account"
        [found] = [action["id"] for action in actions if action["name"] == name]
        action = bindings.env["ir.actions.act_window"].browse(found)
        self.assertEqual(action.res_model, "client.statement.wizard")

    # For whom

    def wizard(self, clients=None, **values):
        wizards = self.env["client.statement.wizard"].with_user(self.bookkeeper)
        if clients:
            wizards = wizards.with_context(
                active_model="res.partner", active_ids=clients.ids
            )
        return wizards.create(values)

    def test_all_who_owe(self):
        self.invoice(self.school, 10, due=-1)
        self.invoice(self.family, 10, due=5)
        everyone = self.wizard()
        self.assertLessEqual(self.school | self.family, everyone.partner_ids)
        late = self.wizard(scope="late").partner_ids
        self.assertIn(self.school, late)
        self.assertNotIn(self.family, late)
        self.assertEqual(self.wizard(self.family).partner_ids, self.family)
