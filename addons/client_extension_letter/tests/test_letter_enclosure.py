import io

from PyPDF2 import PdfReader, PdfWriter

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LetterCase


@tagged("post_install", "-at_install")
class TestLetterEnclosure(LetterCase):
    """Files that go along with a letter: named in it, printed behind it, mailed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.users["user"]
        cls.brochure = cls.file("Brochure 2026.pdf", cls.pages(2))
        cls.brochure = cls.brochure.with_env(cls.env)
        cls.brochure.write({"res_model": "mail.template", "res_id": cls.template.id})
        cls.template.attachment_ids = cls.brochure

    @classmethod
    def pages(cls, count):
        """:return: bytes, a PDF with so many empty pages"""
        writer, stream = PdfWriter(), io.BytesIO()
        for _number in range(count):
            writer.add_blank_page(width=595, height=842)
        writer.write(stream)
        return stream.getvalue()

    @classmethod
    def file(cls, name, content, **values):
        """:return: a file that the user uploads in the form of a letter"""
        files = cls.env["ir.attachment"].with_user(cls.users["user"])
        mimetype = "application/pdf" if name.endswith(".pdf") else "text/plain"
        return files.create(
            {"name": name, "raw": content, "mimetype": mimetype, **values}
        )

    def printed(self, letters):
        """:return: int, the number of pages of these letters"""
        reports = self.env["ir.actions.report"].with_user(self.user)
        report = "client_extension_letter.client_letter_report"
        reports = reports.with_context(force_report_rendering=True)
        content, _kind = reports._render_qweb_pdf(report, letters.ids)
        return len(PdfReader(io.BytesIO(content)).pages)

    def test_a_letter_has_the_files_of_its_template_and_names_them(self):
        letter = self.letter()
        self.assertEqual(letter.enclosure_ids, self.brochure)
        letter.enclosure_ids += self.file("List of prices.txt", b"1", res_model="x")
        self.assertEqual(
            letter._prepare_print_values()["enclosures"],
            "Enclosures: Brochure 2026, List of prices.txt",
        )

    def test_a_letter_without_files_names_none(self):
        letter = self.letter(enclosure_ids=[])
        self.assertFalse(letter._prepare_print_values()["enclosures"])

    def test_pdf_files_are_printed_behind_a_letter_that_is_printed_by_itself(self):
        letter = self.letter()
        text = self.file("Prices.txt", b"1", res_model="client.letter")
        letter.enclosure_ids += text
        self.assertEqual(self.printed(letter), 3)
        self.assertEqual(self.printed(letter | self.letter()), 2)

    def test_a_damaged_file_is_named_before_the_letter_is_printed(self):
        broken = self.file("Broken.pdf", b"%PDF-1.4 nothing")
        letter = self.letter(enclosure_ids=broken.ids)
        with self.assertRaisesRegex(UserError, "“Broken.pdf” is damaged or protected"):
            letter.action_print()
        self.assertEqual(letter.state, "draft")

    def test_the_email_has_the_files(self):
        letter = self.letter()
        context = letter.action_email()["context"]
        composer = self.env["mail.compose.message"].with_user(self.user)
        composer = composer.with_context(**context).create({})
        self.assertEqual(composer.attachment_ids, self.brochure)
        composer._action_send_mail()
        message = self.family.message_ids[0]
        self.assertEqual(message.attachment_ids.mapped("name"), ["Brochure 2026.pdf"])

    def test_who_reads_the_letter_reads_what_was_uploaded_for_it(self):
        file = self.file("Prices.pdf", self.pages(1), res_model="client.letter")
        letter = self.letter(enclosure_ids=file.ids)
        self.assertEqual(file.res_id, letter.id)
        self.assertTrue(file.with_user(self.users["manager"]).has_access("read"))
        copy = letter.copy()
        self.assertEqual(copy.enclosure_ids.mapped("name"), ["Prices.pdf"])
        letter.unlink()
        self.assertEqual(copy.enclosure_ids.mapped("name"), ["Prices.pdf"])

    def test_a_printed_letter_keeps_its_files(self):
        letter = self.letter()
        letter.action_print()
        with self.assertRaises(UserError):
            letter.enclosure_ids = False

    def test_letters_keep_their_files_when_the_template_is_deleted(self):
        printed, draft = self.letter(), self.letter()
        printed.action_print()
        self.template.unlink()
        self.assertFalse(self.brochure.exists())
        for letter in (printed, draft):
            self.assertEqual(letter.enclosure_ids.mapped("name"), ["Brochure 2026.pdf"])
            self.assertEqual(self.printed(letter), 3)

    def test_nobody_encloses_a_file_that_he_may_not_read(self):
        secret = self.env["ir.attachment"].create({"name": "Secret", "raw": b"1"})
        with self.assertRaises(AccessError):
            self.letter(enclosure_ids=secret.ids)
        letter = self.letter()
        with self.assertRaises(AccessError):
            letter.enclosure_ids = secret
