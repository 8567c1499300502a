import io

from PyPDF2 import PdfReader

from odoo import Command
from odoo.tests import tagged

from .test_letter_pdf import glyphs
from .test_statement import StatementCase


@tagged("post_install", "-at_install")
class TestStatementPdf(StatementCase):
    """What is on the pages is read from the PDF."""

    def pages(self, clients):
        """:return: list of str, the text of each page with single spaces"""
        reports = self.env["ir.actions.report"].with_user(self.bookkeeper)
        content, kind = reports.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(
            "client_extension_letter.client_statement_report", clients.ids
        )
        self.assertEqual(kind, "pdf")
        pages = PdfReader(io.BytesIO(content)).pages
        self.lefts = [min(left for left, _foot in glyphs(page)) for page in pages]
        return [" ".join(page.extract_text().split()) for page in pages]

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
        *pages, last = self.pages(self.school | self.family)
        self.assertGreater(len(pages), 4)
        statement = self.statement(self.school)
        self.assertEqual(len(pages), len(statement["pages"]))
        for text, page in zip(pages, statement["pages"], strict=True):
            self.assertIn("Days Late", text)
            for key, label in (("brought", "Brought"), ("carried", "Carried")):
                self.assertEqual(label in text, bool(page[key]))
                if page[key]:
                    self.assertIn(f"{label} forward", text)
            if page["rows"]:
                # Without a break between the sign and the number.
                balance = page["rows"][-1]["balance"].split()
                self.assertIn(" ".join(balance), text)
        self.assertIn("2,010.00", statement["total"])
        self.assertIn("Total open", pages[-1])
        self.assertIn("Famille Lefèvre", last)

    def test_names_that_are_long_or_in_another_script(self):
        self.family.name = "W" * 45 + " " + "é" * 44
        self.school.name = "شركة السفر"
        self.invoice(self.family, 5, due=-1)
        self.invoice(self.school, 5, due=-1)
        self.assertEqual(len(self.pages(self.family | self.school)), 2)
        # The text is where it is on letters: nothing was shrunk.
        for left in self.lefts:
            self.assertAlmostEqual(left, 25, delta=1)

    def test_nothing_open_is_one_page_that_says_so(self):
        [page] = self.pages(self.family)
        self.assertIn("There are no open items.", page)
