"""The check of corrected rows: what their import would do, and nothing done."""

from array import array

from ....importer.files.decode import opener
from ....importer.rows.correct import Rejected
from ..engine.correct import Correct


class CheckCorrections(Correct):
    """Plans corrected rows as their import does, and writes nothing."""

    def __init__(self, record, data, lines):
        """:param record: ``client.import``, limited to its own company
        :param data: bytes of the file with the corrected rows
        :param lines: lines of these rows"""
        super().__init__(record)
        self.data, self.lines = data, lines
        #: why the file as a whole is refused
        self.problem = None

    def look(self):
        """:return: dict: line -> ``importer.types.Outcome``; empty if the file as a
        whole is refused"""
        context = self.open()
        return {
            outcome.row.row.line: outcome
            for rows in (context.chunks() if context else ())
            for outcome in self.plan(context, rows, array("i"))
        }

    def get_opener(self, field_name):
        """:return: callable that opens the file, which is not stored"""
        return opener(self.data)

    def refuse(self, problem):
        """Keep the problem: nothing is recorded."""
        self.problem = problem

    def _get_rejected(self):
        # The file of the import is not needed: each row says its line.
        return Rejected(dict.fromkeys(self.lines, ""), ())
