"""How a task reads its file: the columns, the number of rows, what has to be said."""

from dataclasses import replace

from ....importer.files.decode import decode
from ....importer.files.read import read
from ....importer.problems import FileProblem, Problem
from ....importer.rows.columns import header_test, map_columns, sketch_columns
from ....importer.rows.match import repeated, repeated_problems
from ....importer.rows.plan import Ledger
from .context import FirstPass, ImportContext


class Reading:
    """Reads the file of a task up to its rows."""

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
            first = FirstPass(sheet, columns)
            successors = self.record._get_successors()
            references = first.references()
            ledger = Ledger(repeated(successors.get(ref, ref) for ref in references))
        except FileProblem as refused:
            self.refuse(refused.problem)
            return None
        self.note_file(sheet, columns, first.count)
        sheet = first.get_sheet()
        context = ImportContext.make(
            self.record, sheet, columns, ledger, first.count, expected
        )
        return replace(context, warnings=first.get_warnings())

    @staticmethod
    def _compare_columns(columns, noted):
        """:raise FileProblem: when a column means something else than was noted: an
        app that reads it was installed or removed since"""
        known = {target["header"]: target for target in noted or ()}
        for target in columns.targets:
            before = known.get(target.header)
            if before and (before["role"], before["key"]) != (target.role, target.key):
                raise FileProblem(Problem("header_changed", column=target.header))

    def read_file(self):
        """Split the file into rows and identify its columns.

        :return: pair (``importer.files.read.Sheet``, ``importer.types.ColumnMap``)
        :raise FileProblem: when the whole file is refused
        """
        record = self.record
        decoded = decode(record._get_opener("file"), record.encoding or "")
        sheet = read(decoded, record.delimiter or "", self._get_header_test())
        return sheet, self.map_columns(sheet)

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
