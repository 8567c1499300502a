import io

from lxml import html
from PyPDF2 import PdfReader

from odoo import Command
from odoo.tests import tagged

from .test_letter_pdf import glyphs
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

    def text(self, page):
        """:return: str, the text of a page of a PDF with single spaces; of a full page
        it takes some seconds"""
        return " ".join(page.extract_text().split())

    def sheets(self, clients):
        """:return: list of str, the text of each page with single spaces, from what the
        PDF is made of: quickly, for what is the same on paper"""
        reports = self.env["ir.actions.report"].with_user(self.bookkeeper)
        content, _kind = reports._render_qweb_html(REPORT, clients.ids)
        path = "//div[contains(@class, 'content statement')]"
        found = html.fromstring(content).xpath(path)
        return [" ".join(sheet.text_content().split()) for sheet in found]

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
        pages, sheets = self.pages(clients), self.sheets(clients)
        self.assertGreater(len(pages), 5)
        self.assertEqual(len(pages), len(sheets))
        statement = self.statement(self.school)
        self.assertEqual(len(pages), len(statement["pages"]) + 1)
        for sheet, page in zip(sheets[:-1], statement["pages"], strict=True):
            self.assert_page(sheet, page)
        # On paper: the first page, one of those between, and the last ones.
        for number in (0, 1, -1):
            page = statement["pages"][number]
            self.assert_page(self.text(pages[:-1][number]), page)
        self.assertIn("2,010.00", statement["total"])
        self.assertIn("Total open", self.text(pages[-2]))
        self.assertIn("Famille Lefèvre", self.text(pages[-1]))

    def assert_page(self, text, page):
        """The text of a page has what the page of a statement is to show."""
        self.assertIn("Days Late", text)
        for key, label in (("brought", "Brought"), ("carried", "Carried")):
            self.assertEqual(f"{label} forward" in text, bool(page[key]))
        if page["rows"]:
            # Without a break between the sign and the number.
            balance = page["rows"][-1]["balance"].split()
            self.assertIn(" ".join(balance), text)

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
        pages = [self.text(page) for page in self.pages(clients)]
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
        self.assertIn("There are no open items.", self.text(page))
