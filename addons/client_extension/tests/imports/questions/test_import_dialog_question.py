import base64

from odoo.tests import Form, tagged

from ..test_import_wizard import WizardCase
from .test_import_question import FRENCH, GREEK

OTHER = FRENCH.replace("Noël", "Zoé")


@tagged("post_install", "-at_install")
class TestImportDialogQuestion(WizardCase):
    """The dialog shows how the words of a file would be read, and lets one choose."""

    def form(self, text, encoding):
        """:return: the form of a dialog in which that file was selected"""
        wizards = self.env["client.import.wizard"].with_user(self.users["importer"])
        form = Form(wizards)
        self.select(form, text, encoding)
        return form

    def select(self, form, text, encoding):
        form.file = base64.b64encode(text.encode(encoding)).decode()

    def test_words_are_shown_and_the_answer_counts(self):
        form = self.form(GREEK, "cp1253")
        [question] = form.file_questions
        self.assertEqual((question["key"], question["is_open"]), ("encoding", True))
        choices = dict(question["choices"])
        self.assertIn("Γιώργος", choices["cp1253"])
        self.assertIn("Ãéþñãïò", choices["cp1252"])
        form.file_answers = {"encoding": "cp1253"}
        self.assertFalse(form.file_questions[0]["is_open"])
        done = self.opened(form.save().action_import())
        self.assertEqual((done.state, done.encoding), ("done", False))
        names = done.env["res.partner"].search([("ref", "=", "QG1")]).mapped("name")
        self.assertEqual(names, ["Γιώργος Παπαδόπουλος"])

    def test_without_an_answer_the_import_asks(self):
        wizard = self.form(GREEK, "cp1253").save()
        asked = self.opened(wizard.action_import())
        self.assertEqual((asked._name, asked.state), ("client.import", "failed"))
        self.assertTrue(asked.file_questions[0]["is_open"])

    def test_a_usual_encoding_is_said(self):
        [question] = self.form(FRENCH, "cp1252").file_questions
        self.assertFalse(question["is_open"])
        self.assertIn("Hélène · Lefèvre", question["title"])

    def test_nothing_is_asked_about_a_file_that_says_it(self):
        form = self.form(FRENCH, "utf-8")
        self.assertFalse(form.file_questions)
        self.select(form, FRENCH, "cp1252")
        self.assertTrue(form.file_questions)
        form.encoding = "cp1252"
        self.assertFalse(form.file_questions)

    def test_another_file_is_asked_about_again(self):
        form = self.form(FRENCH, "cp1252")
        form.file_answers = {"encoding": "cp850"}
        form.separator = ";"
        self.assertEqual(form.file_answers, {"encoding": "cp850"})
        self.select(form, OTHER, "cp1252")
        self.assertFalse(form.file_answers)

    def test_the_mapping_answers(self):
        asked = self.opened(self.form(GREEK, "cp1253").save().action_check())
        asked.file_answers = {"encoding": "cp1253"}
        asked.action_check()
        mapping = asked.env["client.import.mapping"]._save(asked, "Greek")
        form = self.form(GREEK.replace("QG", "QH"), "cp1253")
        self.assertEqual(form.mapping_id, mapping)
        self.assertEqual(form.file_answers, {"encoding": "cp1253"})
        self.assertFalse(form.file_questions[0]["is_open"])
        done = self.opened(form.save().action_import())
        self.assertEqual((done.state, done.created_count), ("done", 2))
