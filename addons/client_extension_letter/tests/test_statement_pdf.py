import io

from PyPDF2 import PdfReader

from odoo import Command
from odoo.tests import tagged

from .test_letter_pdf import glyphs, page_text
from .test_statement import StatementCase

REPORT = "client_extension_letter.client_statement_report"


@tagged("post_install", "-at_install")
class TestStatementPdf(StatementCase):
    """What is on the pages is read from the PDF."""

    def pages(self, clients):
        """:return: list of the pages of the PDF of some statements"""
        reports = self.env["ir.actions.report"].with_user(self.bookkeeper)
        content, kind = reports.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(REPORT, clients.ids)
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(content)).pages

    def open_items(self, client, count):
        """One entry with so many open items of 0.1, 0.2, ...: as many invoices take
        minutes."""
        journal = self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", self.company.id)], limit=1
        )
        receivable = client.property_account_receivable_id
        other = self.env["account.account"].search(
            [
                ("account_type", "=", "income"),
                ("company_ids", "in", self.company.ids),
            ],
            limit=1,
        )
        amounts = [n / 10 for n in range(1, count + 1)]
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": receivable.id,
                            "partner_id": client.id,
                            "date_maturity": self.day(-n),
                            "debit": amount,
                        }
                    )
                    for n, amount in enumerate(amounts)
                ]
                + [Command.create({"account_id": other.id, "credit": sum(amounts)})],
            }
        )
        entry.action_post()

    def test_200_items_over_several_pages(self):
        self.open_items(self.school, 200)
        self.invoice(self.family, 5, due=-1)
        clients = self.school | self.family
        sheets = [page_text(page) for page in self.pages(clients)]
        self.assertGreater(len(sheets), 5)
        statement = self.statement(self.school)
        for sheet, page in zip(sheets[:-1], statement["pages"], strict=True):
            self.assert_page(sheet, page)
        self.assertIn("2,010.00", statement["total"])
        self.assertIn("Total open", sheets[-2])
        self.assertIn("Famille Lefèvre", sheets[-1])

    def assert_page(self, text, page):
        """The text of a page has what the page of a statement is to show."""
        self.assertIn("Days Late", text)
        for key, label in (("brought", "Brought"), ("carried", "Carried")):
            self.assertEqual(f"{label} forward" in text, bool(page[key]))
        for row in page["rows"]:
            # Without a break between the sign and the number.
            self.assertIn(" ".join(row["balance"].split()), text)
        if not page["is_first"]:
            self.assertIn(f"page {page['number']}/", text)

    def test_names_that_are_long_or_in_another_script(self):
        self.family.name = "W" * 45 + " " + "é" * 44
        self.school.name = "شركة السفر"
        self.invoice(self.family, 5, due=-1)
        self.invoice(self.school, 5, due=-1)
        pages = self.pages(self.family | self.school)
        self.assertEqual(len(pages), 2)
        # The text is where it is on letters: nothing was shrunk.
        for page in pages:
            left = min(left for left, _foot in glyphs(page))
            self.assertAlmostEqual(left, 25, delta=1)

    def test_numbers_of_documents_in_a_language_from_right_to_left(self):
        self.env["res.lang"]._activate_lang("ar_001")
        self.school.lang = "ar_001"
        terms = self.env.ref("account.account_payment_term_advance_60days")
        invoice = self.invoice(
            self.school,
            invoice_payment_term_id=terms.id,
            invoice_date_due=False,
        )
        [page] = self.pages(self.school)
        self.assertIn(f"{invoice.name} (1/2)", page_text(page))

    def test_three_languages_in_one_file(self):
        clients = self.Partner.create(
            [
                {
                    "name": f"Client {lang}",
                    "client_status": "client",
                    "city": "Lyon",
                    "lang": lang,
                }
                for lang in ("en_US", "fr_FR", "nl_NL")
                if self.env["res.lang"]._activate_lang(lang)
            ]
        )
        for client in clients:
            self.invoice(client, 1234.5, due=-1)
        pages = [page_text(page) for page in self.pages(clients)]
        self.assertEqual(len(pages), 3)
        for client, page, number in zip(
            clients, pages, ("1,234.50", "1 234,50", "1.234,50"), strict=True
        ):
            self.assertIn(client.name, page)
            self.assertIn(number, page)
            # The labels come from the files of translations.
            client = client.with_context(lang=client.lang)
            for column in client._get_client_statement_columns(False):
                self.assertIn(column["label"], page)

    def test_nothing_open_is_one_page_that_says_so(self):
        [page] = self.pages(self.family)
        self.assertIn("There are no open items.", page_text(page))
