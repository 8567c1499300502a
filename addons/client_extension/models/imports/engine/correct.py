"""Imports corrected rows again, as rows of the same import."""

import base64
from array import array
from codecs import BOM_UTF8
from dataclasses import replace

from odoo import fields
from odoo.exceptions import UserError

from ....importer.files.decode import decode
from ....importer.files.read import read
from ....importer.problems import FileProblem
from ....importer.rows.clean import text_of
from ....importer.rows.columns import IGNORE, map_columns
from ....importer.rows.correct import OWN_COLUMNS, Rejected, corrected, merge_rejects
from ....importer.writers.write_csv import write_rejects
from .run import Run


class Correct(Run):
    """Imports the rejected rows of an import again, from a file that corrects them.

    Rows that are imported are no longer rejected; the others stay rejected, in
    their new version.
    """

    task = "correct"

    # Begin

    def start(self, file):
        """Import the rows now if they are few, otherwise in the background.

        :param file: the file, in base64
        :raise UserError: when there are no rejected rows, or the whole file is refused
        """
        record = self.record
        if not record.rejected_count:
            raise UserError(self.env._("This import has no rejected rows."))
        record._check_input({"correction_file": file})
        record._begin_task(self.task, correction_file=file)
        count = self._count_rows()
        waits = count > record._get_limit()
        state = "queued" if waits else "running"
        record._as_engine().write({"task_total": count, "state": state})
        if waits:
            record._dispatch()
            return
        record._lock()
        if context := self.open():
            for rows in context.chunks():
                self.do(context, rows)
            self.finish(context.sheet, context.columns)

    def get_matches(self):
        """:return: an empty ``array``: a check covers rows of the first file only"""
        return array("i")

    def _count_rows(self):
        """:return: int, number of corrected rows

        :raise UserError: when there is none, or the whole file is refused
        """
        try:
            sheet, columns = self.read_file()
            # Rows that were rejected would be imported with other columns.
            self._compare_columns(columns, self.record.columns_summary)
            count = sum(1 for _row in sheet.rows())
        except FileProblem as refused:
            raise UserError(self.get_sentence(refused.problem)) from None
        if count:
            return count
        raise UserError(
            self.env._(
                "This file contains none of the rejected rows. Select the "
                "corrected file of rejected rows."
            )
        )

    def get_sentence(self, problem):
        """:return: str, why a whole file is refused"""
        params = {"value": problem.value, "column": problem.column}
        params |= {"line": problem.line, **problem.params}
        return self.env["client.import.problem"]._get_sentence(problem.code, params)

    # Read

    def get_opener(self, field_name):
        """:return: callable that opens the file in a field of the record"""
        return self.record._get_opener(field_name)

    def decode_file(self, field_name):
        """:return: ``importer.types.Decoded``; a file with a mark of UTF-8, such as one
        of rejected rows, need not have the encoding that was given for the first one"""
        record, source = self.record, self.get_opener(field_name)
        with source() as stream:
            is_marked = stream.read(len(BOM_UTF8)) == BOM_UTF8
        encoding = "" if is_marked else record.encoding or ""
        return decode(source, encoding, record._get_encoding_answer())

    def read_file(self):
        """:return: the same pair, for the corrected rows"""
        record = self.record
        decoded = self.decode_file("correction_file")
        try:
            sheet = read(decoded, record.delimiter or "", self._get_header_test())
            sheet = self.look_for_broken(sheet)
            columns = self.map_columns(sheet)
        except FileProblem:
            # A spreadsheet may have saved it with another separator.
            sheet = read(decoded, "", self._get_header_test())
            sheet = self.look_for_broken(sheet)
            columns = self.map_columns(sheet)
        return corrected(sheet, columns, self._get_rejected()), columns

    def map_columns(self, sheet):
        """:return: ``ColumnMap``, without the columns that a file of rejected rows
        adds"""
        ignored = dict.fromkeys(OWN_COLUMNS, IGNORE)
        known = self.env["client.import.columns"]._get_import_columns()
        mapping = self.record.column_mapping or {}
        return map_columns(sheet.header, known, {**mapping, **ignored})

    def note_file(self, sheet, columns, row_count):
        """Do nothing: the record keeps what was found in the first file."""

    def note_questions(self, questions):
        """Do nothing: the answers to those about the first file count."""

    def check_answers(self, sheet, columns, questions):
        """Do nothing, for the same reason."""

    def warn(self, context):
        """Do nothing: the record keeps what was said of the first file."""

    def read_rejects(self):
        """:return: ``Sheet`` of the last file of rejected rows"""
        record = self.record
        decoded = self.decode_file("rejects_file")
        return read(decoded, record.delimiter_found or "")

    def _get_rejected(self):
        """:return: ``importer.rows.correct.Rejected``, as in the last file"""
        rejects = self.read_rejects()
        key = self.map_columns(rejects).index_of("reference")
        place = len(rejects.header) - len(OWN_COLUMNS)
        references = {
            int(row.cells[place]): text_of(row.cells[key]) for row in rejects.rows()
        }
        sheet, _columns = Run.read_file(self)
        return Rejected(references, [row.line for row in sheet.rows()])

    # One chunk

    def do(self, context, rows):
        """Process corrected rows as if they had not been read yet."""
        self.record._forget_rows({cleaned.row.line for cleaned in rows})
        return super().do(context, rows)

    def refuse_row(self, context, keyed_row):
        """Refuse the row again, with another reason."""
        self.record._forget_rows({keyed_row.row.line})
        return super().refuse_row(context, keyed_row)

    # End

    def finish(self, sheet, columns):
        """Close the task, see :meth:`close`."""
        self.close()

    def stop(self):
        """Stop before the last row; those already imported are kept."""
        self.close()

    def refuse(self, problem):
        """Record why the corrected rows are refused, and leave them as they were."""
        self.record._create_problems([problem])
        self.close()

    def close(self):
        """Build the file of the rows that are still rejected, and close the task."""
        record, old = self.record._as_engine(), self.read_rejects()
        new = self._read_corrected(old)
        refused = self.env["client.import.problem"]._get_refused_lines(self.record)
        rejects = self._get_rejects_left(old, new, refused)
        done, is_part = self._get_done(new, refused)
        record._end_task(
            state=record._get_end_state(),
            finished_at=fields.Datetime.now(),
            rejects_file=rejects and base64.b64encode(rejects),
            correction_file=False,
            corrections=record._get_corrections_left(done),
            unknown_values=record._find_unknown_values(is_part),
        )

    def end_unread(self):
        """Close the task; the file of rejected rows stays as it was."""
        record = self.record
        record._end_task(state=record._get_end_state(), correction_file=False)

    def _read_corrected(self, old):
        """:param old: ``Sheet`` of the last file of rejected rows
        :return: ``Sheet`` of the corrected rows, none if they cannot be read"""
        if not self.record.rejected_count:
            return replace(old, rows=lambda: iter(()))
        try:
            return self.read_file()[0]
        except FileProblem:
            return replace(old, rows=lambda: iter(()))

    def _get_done(self, new, refused):
        """:param new: ``Sheet`` of the corrected rows
        :param refused: ``LineSet`` of the rows that are still rejected
        :return: pair (set of the lines that were processed, of those for which
            something is typed on the page; whether other rows are rejected that were
            not read with the answers of the user)"""
        record = self.record._as_engine()
        typed, done, again = record._get_corrections(), set(), 0
        if not (typed or record.value_answers):
            return done, False
        for row in new.rows():
            if row.number > record.task_done:
                break
            again += row.line in refused
            if row.line in typed:
                done.add(row.line)
        return done, record.rejected_count > again

    def _get_rejects_left(self, old, new, refused):
        """:param old: ``Sheet`` of the last file of rejected rows
        :param new: ``Sheet`` of the corrected rows
        :param refused: ``LineSet`` of the rows that are still rejected
        :return: bytes of a CSV file, False when no row is rejected any more"""
        record, problems = self.record, self.env["client.import.problem"]
        if not record.rejected_count:
            return False
        header, rows = merge_rejects(old, new, refused, record.task_done)
        lines = problems._with_errors(record, iter(rows))
        # The corrections may use characters that the first file's encoding lacks.
        encoding = old.encoding if old.encoding == new.encoding else "utf-8"
        return b"".join(write_rejects(header, lines, (), old.delimiter, encoding))
