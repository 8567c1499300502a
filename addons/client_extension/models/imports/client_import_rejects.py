import base64
from array import array
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...importer.files.decode import decode
from ...importer.files.read import read
from ...importer.problems import FileProblem
from ...importer.rows.clean import text_of
from ...importer.rows.columns import IGNORE, map_columns
from ...importer.rows.mend import OWN_COLUMNS, Rejected, mended, merge_rejects
from ...importer.writers.write_csv import write_rejects


class ClientImport(models.Model):
    """Takes rejected rows that come back mended, as rows of the same import."""

    _inherit = "client.import"

    is_mending = fields.Boolean(readonly=True, export_string_translation=False)
    mend_file = fields.Binary(string="Corrected File", attachment=True, readonly=True)
    mend_count = fields.Integer(readonly=True, export_string_translation=False)
    mend_done = fields.Integer(readonly=True, export_string_translation=False)

    @api.depends("is_mending", "mend_done", "mend_count")
    def _compute_progress(self):
        return super()._compute_progress()

    # Actions

    def mend(self, file):
        """Import the rejected rows again, from a file in which they are mended.

        Rows that go in are no longer rejected; the others stay so, as they are now.

        :param file: the file, in base64
        """
        self.ensure_one()
        self._check_importer()
        self._check_state("done_with_problems")
        self._in_company()._mend(file)
        return True

    def cancel(self):
        mending = self.filtered("is_mending")
        mending._check_importer()
        mending._check_state("queued", "running")
        for record in mending:
            record._in_company()._close_mend()
        rest = self - mending
        return super(ClientImport, rest).cancel() if rest else True

    # Walk

    def _mend(self, file):
        if not self.rejected_count:
            raise UserError(self.env._("This import has no rejected rows."))
        self._check_asked({"mend_file": file})
        books = self._books()
        books.write({"mend_file": file, "is_mending": True, "actor_id": self.env.uid})
        count = self._count_mended()
        waits = count > self._get_limit()
        state = "queued" if waits else "running"
        books.write({"mend_count": count, "mend_done": 0, "state": state})
        if waits:
            self._hand_over()
            return
        self._lock()
        if walk := self._open():
            for rows in self._chunks(walk):
                self._do(walk, rows)
            self._finish(walk)

    def _count_mended(self):
        """:return: int, how many rows come back

        :raise UserError: when there is none, or the whole file is refused
        """
        try:
            sheet, _columns = self._read()
            count = sum(1 for _row in sheet.rows())
        except FileProblem as refused:
            problem = refused.problem
            params = {"value": problem.value, "column": problem.column}
            params |= {"line": problem.line, **problem.params}
            messages = self.env["client.import.messages"]
            raise UserError(messages._get_message(problem.code, params)) from None
        if count:
            return count
        raise UserError(
            self.env._(
                "This file contains none of the rejected rows. Select the "
                "corrected file of rejected rows."
            )
        )

    def _read(self):
        if not self.is_mending:
            return super()._read()
        decoded = decode(self._get_opener("mend_file"), self.encoding or "")
        try:
            sheet = read(decoded, self.delimiter or "", self._get_header_test())
            columns = self._map_mended(sheet)
        except FileProblem:
            # a spreadsheet may have saved it with another separator
            sheet = read(decoded, "", self._get_header_test())
            columns = self._map_mended(sheet)
        return mended(sheet, columns, self._get_rejected()), columns

    def _map_mended(self, sheet):
        ignored = dict.fromkeys(OWN_COLUMNS, IGNORE)
        known = self.env["client.import.columns"]._get_import_columns()
        return map_columns(
            sheet.header, known, {**(self.column_mapping or {}), **ignored}
        )

    def _read_rejects(self):
        """:return: ``Sheet`` of the file of rejected rows"""
        decoded = decode(self._get_opener("rejects_file"), self.encoding or "")
        return read(decoded, self.delimiter_found or "")

    def _get_rejected(self):
        """:return: ``importer.rows.mend.Rejected``, as the last file of them has it"""
        rejects = self._read_rejects()
        key = self._map_mended(rejects).index_of("reference")
        place = len(rejects.header) - len(OWN_COLUMNS)
        references = {
            int(row.cells[place]): text_of(row.cells[key]) for row in rejects.rows()
        }
        sheet, _columns = self._read_first()
        return Rejected(references, [row.line for row in sheet.rows()])

    def _get_progress(self):
        if not self.is_mending:
            return super()._get_progress()
        return self.mend_done, self.mend_count

    def _get_skip(self):
        return self.mend_done if self.is_mending else super()._get_skip()

    def _get_matches(self):
        # a check spoke of the rows of the first file
        return array("i") if self.is_mending else super()._get_matches()

    def _do(self, walk, rows):
        if not self.is_mending:
            return super()._do(walk, rows)
        self._forget(rows)
        result = super()._do(walk, rows)
        self._count({"mend_done": len(rows)})
        return result

    # Books

    def _note_file(self, sheet, columns, row_count):
        if self.is_mending:
            return None
        return super()._note_file(sheet, columns, row_count)

    def _forget(self, rows):
        """Count rows that come back as if they had not been read yet."""
        lines = {cleaned.row.line for cleaned in rows}
        problems = self._get_problems().search(
            [("import_id", "=", self.id), ("line", "in", list(lines))]
        )
        known = len(set(problems.filtered(lambda p: not p.is_warning).mapped("line")))
        problems.unlink()
        self._count(
            {
                "rejected_count": -known,
                "rows_done": -known,
                "row_count": len(lines) - known,
            }
        )

    def _finish(self, walk):
        return self._close_mend() if self.is_mending else super()._finish(walk)

    def _fail(self, problem):
        if not self.is_mending:
            return super()._fail(problem)
        self._create_problems([problem])
        return self._close_mend()

    def _close_mend(self):
        """Put the file of what is still rejected together, and close the books."""
        rejects = self._get_rejects_left()
        books = self._books()
        books.write(
            {
                "state": "done_with_problems" if books._has_problems() else "done",
                "finished_at": fields.Datetime.now(),
                "rejects_file": rejects and base64.b64encode(rejects),
                "is_mending": False,
                "mend_file": False,
                "actor_id": False,
            }
        )

    def _get_rejects_left(self):
        """:return: bytes of a CSV file, False when nothing is rejected any more"""
        if not self.rejected_count:
            return False
        refused = self._get_refused_lines()
        old = self._read_rejects()
        try:
            new, _columns = self._read()
        except FileProblem:
            new = replace(old, rows=lambda: iter(()))
        header, rows = merge_rejects(old, new, refused, self.mend_done)
        lines = self._with_errors(iter(rows))
        # what came back may be written in letters that the first file cannot hold
        encoding = old.encoding if old.encoding == new.encoding else "utf-8"
        return b"".join(write_rejects(header, lines, (), old.delimiter, encoding))
