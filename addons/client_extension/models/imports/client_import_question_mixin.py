from dataclasses import asdict, replace

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...importer.files.decode import is_encoding
from ...importer.problems import Problem
from ...importer.rows.broken import DROP, KEEP
from ...importer.rows.guesses import (
    AS_EMPTY,
    AS_TEXT,
    DAY_FIRST,
    MONTH_FIRST,
    read_date,
)
from ...importer.text.fold import fold_header

#: what a question is about -> its answers; any encoding for that of the file
ANSWERS = {
    "signs": (DROP, KEEP),
    "dates": (DAY_FIRST, MONTH_FIRST),
    "nulls": (AS_TEXT, AS_EMPTY),
}
#: maximum number of characters of a kept answer and of what it answers
LONGEST = 1000
#: what a question is about -> code of the problem that asks, and that says the guess
CODES = {
    "encoding": ("file_encoding_asked", "file_encoding_guessed"),
    "signs": ("file_signs_asked", "file_signs_asked"),
    "dates": ("header_dates_asked", "header_dates_found"),
    "nulls": ("header_nulls", "header_nulls"),
}


class ClientImportQuestionMixin(models.AbstractModel):
    """What a file leaves open: its encoding, odd characters, the order of its dates,
    words like NULL.

    An import stores the questions, which are asked on its page, and the answers, which
    a script can also give beforehand and a mapping keeps.
    """

    _name = "client.import.question.mixin"
    _inherit = "client.import.options.mixin"
    _description = "Questions of a Client Import"

    question_summary = fields.Json(readonly=True, export_string_translation=False)
    file_questions = fields.Json(
        compute="_compute_file_questions", export_string_translation=False
    )

    @api.constrains("file_answers")
    def _check_file_answers_form(self):
        for record in self:
            answers = record.file_answers or {}
            if not isinstance(answers, dict) or not all(
                isinstance(text, str) and len(text) <= LONGEST
                for pair in answers.items()
                for text in pair
            ):
                raise ValidationError(
                    self.env._("The answers to the questions about the file are wrong.")
                )

    @api.depends("question_summary", "file_answers")
    @api.depends_context("lang")
    def _compute_file_questions(self):
        for record in self:
            answers = record.file_answers or {}
            record.file_questions = [
                {
                    "key": noted["key"],
                    "title": record._get_question_title(noted),
                    "choices": record._get_question_choices(noted),
                    "found": noted["found"],
                    "is_open": noted["is_open"] and noted["key"] not in answers,
                }
                for noted in record.question_summary or []
            ]

    # Answers

    @api.model
    def _is_file_answer(self, question, answer):
        """Whether there can be such a question, with such an answer.

        :param question: str, ``encoding`` or ``signs``, or ``dates:`` or ``nulls:`` and
            the header of a column
        :param answer: str
        """
        topic, colon, header = question.partition(":")
        if bool(colon and header) != (topic in ("dates", "nulls")):
            return False
        if topic == "encoding":
            return is_encoding(answer)
        return answer in ANSWERS.get(topic, ())

    def _get_effective_answers(self):
        """:return: dict: key of a question -> what the user, or else the file, says"""
        found = {noted["key"]: noted["found"] for noted in self.question_summary or []}
        return {**found, **(self.file_answers or {})}

    def _get_encoding_answer(self):
        """:return: str, the encoding that the user chose for a file whose bytes do not
        tell it, or empty"""
        return (self.file_answers or {}).get("encoding", "")

    def _get_signs_answer(self):
        """:return: str, what the user wants to do with characters that no name has, or
        empty"""
        return (self.file_answers or {}).get("signs", "")

    def _get_answered_columns(self, topic, answer):
        """:return: frozenset of the folded headers with that answer"""
        start = f"{topic}:"
        return frozenset(
            fold_header(key.removeprefix(start))
            for key, given in self._get_effective_answers().items()
            if key.startswith(start) and given == answer
        )

    def _get_clean_options(self, labels, sheet):
        options = super()._get_clean_options(labels, sheet)
        return replace(
            options,
            null_columns=self._get_answered_columns("nulls", AS_EMPTY),
            american=self._get_answered_columns("dates", MONTH_FIRST),
        )

    def _is_answer_pending(self):
        """:return: bool, whether an answer differs from what was checked"""
        answers = self.file_answers or {}
        return any(
            answers.get(noted["key"], noted["used"]) != noted["used"]
            for noted in self.question_summary or []
        )

    def _check_file_answers(self):
        """:raise UserError: when the check has asked what the user has not answered"""
        answers = self.file_answers or {}
        for noted in self.question_summary or []:
            if noted["is_open"] and noted["key"] not in answers:
                raise UserError(self._get_question_title(noted))

    # Questions

    def _note_questions(self, questions):
        """Store what only the user can say of the file.

        :param questions: list of ``importer.types.Question``
        """
        answers = self.file_answers or {}
        # Superuser: users can read what an import found in its file, not write it.
        self.sudo().question_summary = [
            {**asdict(q), "used": answers.get(q.key, q.found)} for q in questions
        ] or False

    def _get_open_questions(self, questions):
        """:return: list of those that have to be answered first"""
        answers = self.file_answers or {}
        return [q for q in questions if q.is_open and q.key not in answers]

    def _get_question_warnings(self, questions):
        """What is said of the questions that nobody has answered.

        :param questions: list of ``importer.types.Question``
        :return: list of ``importer.problems.Problem``
        """
        answers = self.file_answers or {}
        return [
            Problem(
                _get_code(question.key, question.is_open),
                column=question.column,
                value=question.value,
                params={"count": str(question.count), "encoding": question.found},
                warning=True,
            )
            for question in questions
            if question.key not in answers and (question.is_open or _is_guess(question))
        ]

    # Wording

    def _get_question_title(self, noted):
        """:return: str, what is asked"""
        problems = self.env["client.import.problem"]
        values = {
            "column": noted["column"],
            "value": noted["value"],
            "count": noted["count"],
            "encoding": noted["found"],
        }
        code = _get_code(noted["key"], noted["is_open"])
        return problems._get_sentence(code, values)

    def _get_question_choices(self, noted):
        """:return: list of pairs: an answer, its label"""
        _ = self.env._
        labels = {
            DROP: _("Import without these characters"),
            KEEP: _("Import as they are"),
            AS_TEXT: _("Import as text"),
            AS_EMPTY: _("Read as empty"),
            DAY_FIRST: _("Day first"),
            MONTH_FIRST: _("Month first"),
        }
        choices = []
        for answer, sample in noted["choices"]:
            label, shown = labels.get(answer, answer), sample
            if answer in (DAY_FIRST, MONTH_FIRST):
                day = read_date(sample, answer)
                text = day and format_date(self.env, day, date_format="long")
                shown = text and f"{sample} → {text}"
            choices.append([answer, f"{label}: {shown}" if shown else label])
        return choices


def _get_code(key, is_open):
    """:return: str, the code of the problem that asks a question, or says its guess"""
    topic = key.partition(":")[0]
    asked, found = CODES[topic]
    return asked if is_open else found


def _is_guess(question):
    """:return: bool, whether the answer that counts is worth a warning"""
    if question.topic == "dates":
        return question.found == MONTH_FIRST or question.is_unclear
    # What a spreadsheet of Western Europe writes is said by its words on the page.
    return question.topic == "nulls"
