import base64
import zlib
from array import array
from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...importer.rows.clean import text_of
from ...importer.text.fold import fold_header
from ...tools.attachment_file import get_opener
from .client_import import OPEN

#: field of the import -> count in the report
COUNTS = {
    "created_count": "created",
    "updated_count": "updated",
    "unchanged_count": "unchanged",
    "skipped_count": "skipped",
    "rejected_count": "rejected",
    "blank_count": "blank",
}
#: problems of an earlier run that are deleted at a time
PROBLEMS_FORGOTTEN = 10_000
#: the problem of a file that adds many labels
LABEL_QUESTION = "header_labels"
#: problems of a header that another mapping can solve
CORRECTABLE = (
    "header_no_reference",
    "header_duplicate",
    "header_target",
    "file_encoding_asked",
    "file_signs_asked",
    "header_dates_asked",
    LABEL_QUESTION,
)
#: rows read for samples of a column, samples per column, characters of a sample
SAMPLE_ROWS, SAMPLES, SAMPLE_SHOWN = 20, 3, 40


class ClientImport(models.Model):
    """What an import found in its file, and the result for its rows."""

    _inherit = "client.import"  # pylint: disable=consider-merging-classes-inherited

    # Course
    started_at = fields.Datetime(readonly=True)
    finished_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(
        readonly=True,
        copy=False,
        default=lambda self: fields.Datetime.now(),
        export_string_translation=False,
        help="When the last check, run or correction ended, or else when the file was "
        "uploaded: what is kept of its rows, and the change log, expire from then on.",
    )
    cleared_at = fields.Datetime(string="File Deleted On", readonly=True)
    cleared_days = fields.Integer(
        readonly=True,
        export_string_translation=False,
        help="After how many days the file was deleted; 0 if a user deleted it.",
    )
    seconds = fields.Float(readonly=True, help="Time spent processing the rows.")
    rows_done = fields.Integer(readonly=True)
    # Outcome
    encoding_found = fields.Char(readonly=True)
    delimiter_found = fields.Char(readonly=True)
    columns_summary = fields.Json(readonly=True, export_string_translation=False)
    sheet_found = fields.Char(string="Sheet", readonly=True)
    sheets_left = fields.Char(
        string="Sheets Not Imported",
        readonly=True,
        help="These sheets also contain data. To import one of them, save it "
        "as a separate file.",
    )
    title_count = fields.Integer(
        string="Title Lines",
        readonly=True,
        help="Lines above the header row, which were ignored.",
    )
    row_count = fields.Integer(string="Rows", readonly=True)
    blank_count = fields.Integer(string="Empty Lines", readonly=True)
    created_count = fields.Integer(string="Rows Created", readonly=True)
    updated_count = fields.Integer(string="Rows Updated", readonly=True)
    unchanged_count = fields.Integer(string="Rows Unchanged", readonly=True)
    skipped_count = fields.Integer(string="Rows Skipped", readonly=True)
    rejected_count = fields.Integer(string="Rows Rejected", readonly=True)
    problem_ids = fields.One2many("client.import.problem", "import_id", readonly=True)
    preview_ids = fields.One2many("client.import.preview", "import_id", readonly=True)
    label_question = fields.Char(
        compute="_compute_label_question",
        export_string_translation=False,
        help="Asks whether to add many labels; empty when there is nothing to ask.",
    )
    rejects_file = fields.Binary(attachment=True, readonly=True)
    rejects_file_name = fields.Char(compute="_compute_rejects_file_name")
    correction_file = fields.Binary(
        string="Corrected File", attachment=True, readonly=True
    )
    check_matches = fields.Binary(
        attachment=True, readonly=True, export_string_translation=False
    )
    # Undo
    change_ids = fields.One2many("client.import.change", "import_id", readonly=True)
    kept_ids = fields.One2many(
        "client.import.change",
        "import_id",
        string="Kept by the Undo",
        domain=[("outcome", "in", ("kept", "archived"))],
        readonly=True,
    )
    journal_cleared = fields.Boolean(string="Change Log Deleted", readonly=True)

    @api.depends("problem_ids", "state")
    @api.depends_context("lang")
    def _compute_label_question(self):
        for record in self:
            asked = record.problem_ids.filtered(lambda p: p.code == LABEL_QUESTION)
            record.label_question = record.state in OPEN and asked[:1].message

    @api.depends("file_name")
    def _compute_rejects_file_name(self):
        for record in self:
            stem = (record.file_name or "clients").rpartition(".")
            record.rejects_file_name = f"{stem[0] or stem[2]}-rejected.csv"

    # Engine

    def _as_engine(self):
        """The import as superuser, for the engine to write it.

        Users can read what an import did but not write it (see ``_check_writable``);
        group, company and state were checked before.
        """
        return self.sudo()

    def _begin_task(self, task, total=0, **vals):
        """Record the task that begins, and the user it acts for.

        :param task: str, a value of the field ``task``
        :param total: int, number of rows or clients; 0 if only the file can tell
        :param vals: other values to write at the same time
        """
        course = {"task": task, "task_done": 0, "task_total": total, "task_seconds": 0}
        course |= {"attempt": False, "attempt_count": 0, "last_error": False}
        self._as_engine().write({**course, "actor_id": self.env.uid, **vals})

    def _end_task(self, **vals):
        """Record that the task has ended.

        :param vals: other values to write at the same time, such as the state
        """
        # An undo comes after the import: it does not prolong what is kept of it.
        is_undo = self._as_engine().task == "undo"
        ended = {} if is_undo else {"ended_at": fields.Datetime.now()}
        ended |= {"task": False, "actor_id": False, "attempt": False, "retry_at": False}
        self._as_engine().write({**ended, **vals})

    def _get_end_state(self):
        """:return: str, the state of an import that has processed all rows"""
        domain = Domain("import_id", "=", self.id)
        # One is enough: do not count them all.
        problem = self._get_problems().search_count(domain, limit=1)
        return "done_with_problems" if problem else "done"

    def _reset(self, state):
        """Forget what an earlier check or run found.

        :param state: the new state
        """
        record, problems = self._as_engine(), self._get_problems()
        record.preview_ids.unlink()
        domain = Domain("import_id", "=", self.id)
        while batch := problems.search(domain, limit=PROBLEMS_FORGOTTEN):
            batch.unlink()
        record._end_task(
            **dict.fromkeys(COUNTS, 0),
            state=state,
            task_done=0,
            task_total=0,
            task_seconds=0.0,
            row_count=0,
            rows_done=0,
            seconds=0.0,
            started_at=state == "running" and fields.Datetime.now(),
            finished_at=False,
            encoding_found=False,
            delimiter_found=False,
            sheet_found=False,
            sheets_left=False,
            title_count=0,
            columns_summary=False,
            question_summary=False,
            rejects_file=False,
            corrections=False,
            check_matches=False,
        )

    # Files

    def _check_file_kept(self):
        """:raise UserError: when the file of one of the imports has been deleted"""
        for record in self.filtered("cleared_at"):
            raise UserError(
                self.env._(
                    "The file %s has been deleted. Import the file again.",
                    record.file_name or "",
                )
            )

    def _get_opener(self, field_name):
        """:return: callable that opens the file in this field, still unread"""
        # Superuser: the attachment belongs to this record, which was checked.
        attachment = self.env["ir.attachment"].sudo()
        attachment = attachment.search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", field_name),
                ("res_id", "=", self.id),
            ],
            limit=1,
        )
        return get_opener(attachment)

    def _note_file(self, sheet, columns, row_count):
        """Store what was found in the file.

        :param sheet: ``importer.files.read.Sheet``
        :param columns: ``importer.types.ColumnMap``
        :param row_count: int
        """
        rows = list(islice(sheet.rows(), SAMPLE_ROWS))
        self._as_engine().write(
            {
                "encoding_found": sheet.encoding,
                "delimiter_found": sheet.delimiter,
                "sheet_found": sheet.name,
                "sheets_left": ", ".join(sheet.others),
                "title_count": sheet.titles,
                "row_count": row_count,
                "task_total": row_count,
                "columns_summary": [
                    {
                        "header": target.header,
                        "role": target.role,
                        "key": target.key,
                        "suggestion": target.suggestion,
                        "double": target.double,
                        "samples": _get_samples(rows, target.index),
                    }
                    for target in columns.targets
                ],
            }
        )

    # Rows

    def _record_result(self, found, rows, seconds):
        """Add the result of some rows.

        :param found: ``importer.rows.report.Report`` of these rows
        :param rows: number of rows
        :param seconds: time they took
        """
        self._create_problems(found.problems)
        counts = {name: getattr(found, COUNTS[name]) for name in COUNTS}
        for done, spent in (("rows_done", "seconds"), ("task_done", "task_seconds")):
            counts |= {done: rows, spent: seconds}
        self._add_counts(counts)
        # Not in _add_counts(): a bridge may count elsewhere.
        self._announce()
        # The progress bar of a terminal: a function cannot be sent from outside.
        tell = self.env.context.get("client_import_tell")
        if callable(tell):
            tell(self.rows_done, self.row_count)

    def _add_counts(self, counts):
        """Add to the counts of the import.

        :param counts: dict: name of a field of the import -> what is added to it
        :return: nothing; overridden by bridges that split an import, so that parallel
            workers do not wait for one record
        """
        record = self._as_engine()
        record.write({name: record[name] + count for name, count in counts.items()})

    def _forget_rows(self, lines):
        """Count corrected rows as if they had not been read yet.

        :param lines: set of int
        """
        problems = self._get_problems().search(
            [("import_id", "=", self.id), ("line", "in", list(lines))]
        )
        known = len(set(problems.filtered(lambda p: not p.is_warning).mapped("line")))
        problems.unlink()
        self._add_counts(
            {
                "rejected_count": -known,
                "rows_done": -known,
                "row_count": len(lines) - known,
            }
        )

    # Problems

    def _get_problems(self):
        # Superuser for the same reason as _as_engine().
        return self.env["client.import.problem"].sudo()

    def _create_problems(self, problems):
        """:param problems: list of ``importer.problems.Problem``"""
        found = self._get_problems()
        found.create([found._prepare_problem(self, problem) for problem in problems])

    def _create_warnings(self, warnings):
        """Store warnings about the file, unless a task that resumes already did.

        :param warnings: list of ``importer.problems.Problem``
        """
        if not warnings:
            return
        codes = list({warning.code for warning in warnings})
        domain = Domain("import_id", "=", self.id) & Domain("code", "in", codes)
        known = {problem.code for problem in self._get_problems().search(domain)}
        self._create_problems([w for w in warnings if w.code not in known])

    def _has_problem(self, code):
        """:return: bool, whether a problem with this code is recorded"""
        domain = [("import_id", "=", self.id), ("code", "=", code)]
        return bool(self._get_problems().search_count(domain, limit=1))

    def _is_header_correctable(self):
        """:return: bool, whether another mapping can solve why the file is refused"""
        problem = self.problem_ids[:1]
        if problem.code not in CORRECTABLE:
            return False
        # A mapping identifies columns by header: it cannot tell two equal ones apart.
        other = fold_header((problem.params or {}).get("other") or "")
        return other != fold_header(problem.column or "") or not other

    def _check_label_answer(self):
        """:raise UserError: when a check has asked how to read the file, or whether to
        add many labels, and the user has not said: what was checked is kept"""
        for record in self.filtered(lambda r: r.state == "checked"):
            record._check_file_answers()
            if record.label_question and not record.add_labels:
                raise UserError(record.label_question)

    # What a task needs

    def _get_successors(self):
        """:return: dict: former reference -> the current one of its client"""
        return self.env["client.former.reference"]._get_successors(self.company_id)

    def _keep_matches(self, matches):
        """Keep the partners that a check found, so that a run can detect changes.

        :param matches: ``array`` with the id of a partner, or a code, for each row
        """
        packed = zlib.compress(matches.tobytes())
        self._as_engine().check_matches = base64.b64encode(packed)

    def _get_matches(self):
        """:return: the ``array`` that :meth:`_keep_matches` stored, empty if none"""
        matches = array("i")
        # The web client asks for the size only.
        if packed := self._as_engine().with_context(bin_size=False).check_matches:
            matches.frombytes(zlib.decompress(base64.b64decode(packed)))
        return matches

    # Undo

    def _check_change_log(self):
        """:raise UserError: when there is no record of what the import changed"""
        # Superuser: only to find out whether there is one.
        changes = self.env["client.import.change"].sudo()
        known = changes.search_count([("import_id", "=", self.id)], limit=1)
        is_changed = self.created_count or self.updated_count
        if self.journal_cleared or (is_changed and not known):
            raise UserError(
                self.env._(
                    "The import of %s can no longer be undone because its "
                    "change log has been deleted.",
                    self.file_name or "",
                )
            )


def _get_samples(rows, index):
    texts = (text_of(row.cells[index]) for row in rows if index < len(row.cells))
    found = dict.fromkeys(" ".join(text.split())[:SAMPLE_SHOWN] for text in texts)
    return [text for text in found if text][:SAMPLES]
