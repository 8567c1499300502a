import io
import re
from unittest.mock import patch

from PyPDF2 import PdfReader
from PyPDF2._cmap import build_char_map

from odoo.tests import tagged

from ..letter_layout.window import MARGIN_TOP, WINDOWS
from ..models import ir_actions_report
from .common import LetterCase

MM = 25.4 / 72
#: from the upper edge of a line of the address to the foot of its letters: 12 points
#: high, with "Liberation Sans" or "DejaVu Sans" of 10 points in its middle
BASELINE = 3.35


def glyphs(page):
    """Read where the text of a page stands.

    :param page: of a ``PdfReader``
    :return: list of pairs, mm from the left and the upper edge to the foot of each
        piece of text, in the order in which it was printed
    """
    found, height = [], float(page.mediabox.height)

    def before(operator, _operands, cm, tm):
        if operator in (b"Tj", b"TJ"):
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append((x * MM, (height - y) * MM))

    page.extract_text(visitor_operand_before=before)
    return found


def page_text(page):
    """Read the text of a page, in the order in which it was printed.

    PyPDF2 parses every frame and color of a page, which takes it seconds for a full
    table. This reads the letters alone.

    :param page: of a ``PdfReader``
    :return: str, with single spaces
    """
    data = page.get_contents().get_data()
    fonts = {
        name: build_char_map(name, 200.0, page)[3]
        for name in page["/Resources"]["/Font"]
    }
    found, letters = [], {}
    for font, codes, end in re.findall(
        rb"(/F\d+) [\d.]+ Tf|<(\w+)> Tj|^(ET)$", data, re.M
    ):
        if font:
            letters = fonts[font.decode()]
        found += [letters[chr(int(code, 16))] for code in re.findall(rb"....", codes)]
        if end:
            found.append(" ")
    return " ".join("".join(found).split())


@tagged("post_install", "-at_install")
class TestLetterPdf(LetterCase):
    """Positions are read from the PDF, in mm."""

    def pdf(self, letters, user="user"):
        """:return: list of the pages of the PDF of some letters"""
        reports = self.env["ir.actions.report"].with_user(self.users[user])
        content, kind = reports.with_context(
            force_report_rendering=True
        )._render_qweb_pdf("client_extension_letter.client_letter_report", letters.ids)
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(content)).pages

    def assert_position(self, page, window):
        left, foot = glyphs(page)[0]
        self.assertAlmostEqual(left, window.text_left, delta=1)
        self.assertAlmostEqual(foot, window.text_top + BASELINE, delta=1)

    def test_the_address_is_in_each_window(self):
        letter = self.letter()
        for key, window in WINDOWS.items():
            with self.subTest(key):
                self.company.client_letter_window = key
                [page] = self.pdf(letter)
                self.assert_position(page, window)
                self.assertTrue(page_text(page).startswith("Famille Lefèvre"))

    def test_own_numbers_and_the_offset_of_the_printer_move_the_address(self):
        self.company.write(
            {
                "client_letter_window": "custom",
                "client_letter_left": 60,
                "client_letter_top": 70,
                "client_letter_width": 100,
                "client_letter_height": 40,
                "client_letter_offset_x": 3,
                "client_letter_offset_y": -2,
            }
        )
        [page] = self.pdf(self.letter())
        window = self.company._get_client_letter_window()
        self.assertEqual((window.left, window.top), (63, 68))
        self.assert_position(page, window)

    def test_every_letter_of_one_file_starts_on_a_page_with_its_address(self):
        long = "".join(f"<p>Line {n} of a long letter.</p>" for n in range(60))
        letters = self.letter(body=long) | self.letter() | self.letter(body=long)
        pages = self.pdf(letters)
        self.assertGreater(len(pages), 4)
        firsts = [page for page in pages if page_text(page).startswith("Famille")]
        self.assertEqual(len(firsts), 3)
        for page in firsts:
            self.assert_position(page, WINDOWS["right"])
        for page in pages:
            feet = [foot for _left, foot in glyphs(page)]
            self.assertGreaterEqual(min(feet), MARGIN_TOP)
            self.assertLessEqual(max(feet), 297 - 18)

    def test_very_many_letters_are_printed_in_parts_and_joined_in_their_order(self):
        letters = self.letter(name="First") | self.letter(name="Second")
        letters |= self.letter(name="Third")
        with patch.object(ir_actions_report, "MOST", 2):
            pages = self.pdf(letters)
        for page, name in zip(pages, ("First", "Second", "Third"), strict=True):
            self.assertIn(name, page_text(page))

    def test_the_letterhead_can_be_left_to_the_paper(self):
        letter = self.letter()
        for printed in (True, False):
            self.company.client_letter_letterhead = printed
            [page] = self.pdf(letter)
            self.assertEqual(self.company.name in page_text(page), printed)
            self.assert_position(page, WINDOWS["right"])

    def test_a_printed_letter_is_made_again_as_it_was(self):
        letter = self.letter()
        letter.action_print()
        self.family.write({"name": "Famille Martin", "city": "Nantes"})
        [page] = self.pdf(letter, "accountant")
        text = page_text(page)
        self.assertIn("Famille Lefèvre", text)
        self.assertIn("69002 LYON", text)
        self.assertNotIn("Martin", text)

    def test_the_page_to_measure_has_the_window_and_the_longest_lines(self):
        reports = self.env["ir.actions.report"]
        content, _kind = reports.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(
            "client_extension_letter.client_letter_test_report", self.company.ids
        )
        [page] = PdfReader(io.BytesIO(content)).pages
        self.assert_position(page, WINDOWS["right"])

    def test_the_server_fetches_nothing_for_a_letter(self):
        letter = self.letter(body='<p>Hi<img src="http://intranet/x.png"/></p>')
        html = (
            self.env["ir.actions.report"]
            .with_user(self.users["user"])
            ._render_qweb_html(
                "client_extension_letter.client_letter_report", letter.ids
            )[0]
            .decode()
        )
        self.assertNotIn("intranet", html)
        self.assertIn("Hi", html)
