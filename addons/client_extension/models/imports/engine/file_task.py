"""What the tasks that process a file have in common: how they read it, and how its
chunks are noted, and given up, in the background."""

import time
from dataclasses import replace

from odoo import fields

from ....importer.files.decode import decode
from ....importer.files.read import read
from ....importer.problems import FileProblem, Problem
from ....importer.rows.broken import BrokenCells
from ....importer.rows.columns import header_test, map_columns, sketch_columns
from ....importer.rows.match import repeated, repeated_problems
from ....importer.rows.plan import Ledger
from ....importer.rows.report import Report
from .context import FirstPass, ImportContext


class Attempts:
    """Notes each chunk before it begins, and refuses what is always lost.

    The record keeps the notes, see ``client.import._begin_attempt``.
    """

    # The file

    def begin(self):
        """Note that the file is about to be read, and read it.

        :return: the same as :meth:`reopen`
        """
        return self.reopen() if self.record._begin_attempt() else None

    def check_reading(self):
        """:return: bool, whether the file can be read in the time that the server
        allows; if not, it is refused"""
        if not self.record._is_reading_given_up():
            return True
        self.record._create_problems([Problem("file_time")])
        # Nothing more is read: this would be stopped as well.
        self.end_unread()
        return False

    def end_unread(self):
        """Close the task without reading the file again."""
        self.record._end_task(state="failed", finished_at=fields.Datetime.now())

    # One chunk

    def do_attempt(self, context, rows):
        """Process a chunk that was noted, and decide on the size of the next one.

        :param context: ``ImportContext``
        :param rows: list of ``importer.types.KeyedRow``
        """
        record, started = self.record, time.monotonic()
        if record._is_row_given_up():
            self.refuse_row(context, rows[0])
        else:
            with self.env.cr.savepoint():
                self.do(context, rows)
        record._end_attempt(len(rows), time.monotonic() - started)
        context.size = record._get_chunk_size()

    def refuse_row(self, context, keyed_row):
        """Refuse a row that takes longer than the server allows.

        :param context: ``ImportContext``
        :param keyed_row: ``importer.types.KeyedRow``
        """
        self.record._record_result(self.get_refusal(keyed_row), 1, 0)
        self._free_cache(context, Report(rejected=1))

    def get_refusal(self, keyed_row):
        """:return: ``Report`` of a row that takes longer than the server allows"""
        row, reference = keyed_row
        problem = Problem("apply_time", row.line, "", reference)
        return Report(rejected=1, blank=row.blank_before, problems=(problem,))


class Reading(Attempts):
    """Splits the file into rows and identifies its columns."""

    def __init__(self, record):
        """:param record: ``client.import``, limited to its own company, with the user
        who imports as its user"""
        self.record = record

    @property
    def env(self):
        """The environment of the record."""
        return self.record.env

    def open(self, expected=None, noted=None):
        """Read the file up to its columns, and count its rows.

        :param expected: ``array`` of the matches that a check found, or None
        :param noted: list of dict, columns that must still mean the same, or a false
            value
        :return: ``ImportContext``, or None when the whole file is refused; the
            refusal is recorded
        """
        try:
            sheet, columns = self.read_file()
            self._compare_columns(columns, noted)
            self.check_new_labels(sheet, columns)
            first = FirstPass(sheet, columns, self._get_label_kinds())
            successors = self.record._get_successors()
            references = first.references()
            ledger = Ledger(repeated(successors.get(ref, ref) for ref in references))
            questions = [*self._get_file_questions(sheet)]
            questions += first.guesses.get_questions()
            self.check_answers(sheet, columns, questions)
        except FileProblem as refused:
            self.refuse(refused.problem)
            return None
        self.note_file(sheet, columns, first.count)
        self.note_questions(questions)
        sheet = first.get_sheet()
        context = ImportContext.make(
            self.record, sheet, columns, ledger, first.count, expected
        )
        warnings = first.get_warnings(context.lookups)
        warnings += self.record._get_question_warnings(questions)
        return replace(context, warnings=warnings)

    def _get_label_kinds(self):
        """:return: dict: folded label -> ``importer.types.Label``"""
        labels = self.env["client.import.columns"]._get_labels()
        return {text: label for text, (_name, label, _item) in labels.items()}

    def _get_checked_columns(self):
        """:return: list of dict, the columns as the check found them, or False"""
        record = self.record
        return record.state == "checked" and record.columns_summary

    @staticmethod
    def _compare_columns(columns, noted):
        """:raise FileProblem: when a column means something else than was noted: an
        app that reads it was installed or removed since"""
        known = {target["header"]: target for target in noted or ()}
        for target in columns.targets:
            before = known.get(target.header)
            if before and (before["role"], before["key"]) != (target.role, target.key):
                raise FileProblem(Problem("header_changed", column=target.header))

    def check_new_labels(self, sheet, columns):
        """Refuse a file that adds many labels for all clients, unless the user has
        agreed.

        :param sheet: ``importer.files.read.Sheet``
        :param columns: ``importer.types.ColumnMap``
        :raise FileProblem: when it adds more than the settings allow without asking
        """
        if not self.record.add_labels and (problem := self._get_label_problem(columns)):
            self.note_file(sheet, columns, 0)
            raise FileProblem(problem)

    def check_answers(self, sheet, columns, questions):
        """Refuse a file that can be read in two ways, unless the user has said how.

        :param sheet: ``importer.files.read.Sheet``
        :param columns: ``importer.types.ColumnMap``
        :param questions: list of ``importer.types.Question``
        :raise FileProblem: when one of them has to be answered first
        """
        open_ones = self.record._get_open_questions(questions)
        if open_ones:
            self.note_file(sheet, columns, 0)
            self.note_questions(questions)
            [problem, *_others] = self.record._get_question_warnings(open_ones)
            raise FileProblem(replace(problem, warning=False))

    def note_questions(self, questions):
        """Have the record store what only the user can say of the file."""
        self.record._note_questions(questions)

    def decode_file(self, field_name):
        """:return: ``importer.types.Decoded`` of the file in a field of the record
        :raise FileProblem: when it cannot be read"""
        record = self.record
        source = record._get_opener(field_name)
        return decode(source, record.encoding or "", record._get_encoding_answer())

    def _get_label_problem(self, columns):
        """:return: ``Problem`` of a file that adds many labels, None for another one"""
        known = self.env["client.import.columns"]
        limit = known._get_label_limit()
        count = known._count_new_labels(columns)
        if count <= limit:
            return None
        params = {"count": str(count), "most": str(limit)}
        return Problem("header_labels", params=params)

    def read_file(self):
        """Split the file into rows and identify its columns.

        :return: pair (``importer.files.read.Sheet``, ``importer.types.ColumnMap``)
        :raise FileProblem: when the whole file is refused
        """
        record = self.record
        decoded = self.decode_file("file")
        sheet = read(decoded, record.delimiter or "", self._get_header_test())
        sheet = self.look_for_broken(sheet)
        return sheet, self.map_columns(sheet)

    def look_for_broken(self, sheet):
        """:return: ``Sheet``, which asks about characters that no name has, or leaves
        them out as the user said"""
        self.broken = BrokenCells(sheet, self.record._get_signs_answer())
        return self.broken.get_sheet()

    def _get_file_questions(self, sheet):
        """:return: iterator of ``importer.types.Question`` about the file as a whole,
        once all of its rows have been read"""
        return filter(None, (sheet.question, self.broken.get_question()))

    def map_columns(self, sheet):
        """Identify the columns, and record them even when they are refused.

        :param sheet: ``importer.files.read.Sheet``
        :return: ``importer.types.ColumnMap``
        :raise FileProblem: when an import cannot work with these columns
        """
        columns = self.env["client.import.columns"]._get_import_columns()
        mapping = self.record.column_mapping or {}
        try:
            return map_columns(sheet.header, columns, mapping)
        except FileProblem:
            self.note_file(sheet, sketch_columns(sheet.header, columns, mapping), 0)
            raise

    def note_file(self, sheet, columns, row_count):
        """Have the record store what was found in the file."""
        self.record._note_file(sheet, columns, row_count)

    def _get_header_test(self):
        """:return: test that tells the header of the file from a title above it"""
        columns = self.env["client.import.columns"]._get_import_columns()
        return header_test(columns, self.record.column_mapping)

    # Warnings about the whole file; nothing that is written depends on them

    def warn(self, context):
        """Have the record store the warnings about a file that was just opened.

        :param context: ``ImportContext``
        """
        self.record._create_warnings(self.get_warnings(context))

    def get_warnings(self, context):
        """:return: list of ``importer.problems.Problem``"""
        return [*context.warnings, *self._get_repeated_warnings(context)]

    def _get_repeated_warnings(self, context):
        """:return: list of ``Problem``: the references that stand on several rows"""
        again = context.ledger.repeated
        # In this mode each of the later rows is rejected, and says why.
        if not again or context.plan_options.mode == "create":
            return []
        places = (
            (context.reference_of(row), row.line)
            for row in context.sheet.rows()
            if not row.problem
        )
        header = context.columns.header_of("reference")
        return repeated_problems(places, again, header)
