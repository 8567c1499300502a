import base64
import logging
import zlib
from array import array
from itertools import islice

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...importer.text.fold import fold_header
from ...importer.writers.write_csv import write_rejects
from ...tools.line_set import LineSet
from ...tools.passing_error import is_passing

_logger = logging.getLogger(__name__)

#: field of the import -> count of the report
COUNTS = {
    "created_count": "created",
    "updated_count": "updated",
    "unchanged_count": "unchanged",
    "skipped_count": "skipped",
    "rejected_count": "rejected",
    "blank_count": "blank",
}

#: characters of a cell that a problem shows
VALUE_SHOWN = 200
#: rejected rows whose problems are read at a time
ERRORS_READ = 1000
#: problems of an earlier run that are deleted at a time
PROBLEMS_FORGOTTEN = 10_000
LINE_ERROR = {"line", "error"}


class ClientImport(models.Model):
    """What an import notes of its course."""

    _inherit = "client.import"

    # Course
    started_at = fields.Datetime(readonly=True)
    finished_at = fields.Datetime(readonly=True)
    seconds = fields.Float(readonly=True, help="Time spent processing the rows.")
    rows_done = fields.Integer(readonly=True)
    # Outcome
    encoding_found = fields.Char(readonly=True)
    delimiter_found = fields.Char(readonly=True)
    columns_summary = fields.Json(readonly=True, export_string_translation=False)
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
    rejects_file = fields.Binary(attachment=True, readonly=True)
    rejects_file_name = fields.Char(compute="_compute_rejects_file_name")
    check_matches = fields.Binary(
        attachment=True, readonly=True, export_string_translation=False
    )

    @api.depends("file_name")
    def _compute_rejects_file_name(self):
        for record in self:
            stem = (record.file_name or "clients").rpartition(".")
            record.rejects_file_name = f"{stem[0] or stem[2]}-rejected.csv"

    # Tools

    def _books(self):
        """The import as its own engine writes it: as superuser.

        Users read what an import notes of its course and write none of it (see
        ``_check_writable``); group, company and state were checked before.
        """
        return self.sudo()

    def _reset(self, state):
        """Forget what an earlier check or run noted.

        :param state: the state that begins
        """
        books = self._books()
        problems = self._get_problems()
        domain = Domain("import_id", "=", self.id)
        while batch := problems.search(domain, limit=PROBLEMS_FORGOTTEN):
            batch.unlink()
        books.write(
            {
                **dict.fromkeys(COUNTS, 0),
                "state": state,
                "row_count": 0,
                "rows_done": 0,
                "seconds": 0.0,
                "started_at": state == "running" and fields.Datetime.now(),
                "finished_at": False,
                "encoding_found": False,
                "delimiter_found": False,
                "title_count": 0,
                "columns_summary": False,
                "rejects_file": False,
                "check_matches": False,
                "actor_id": False,
            }
        )

    def _note_file(self, sheet, columns, row_count):
        """Note what the first rooms found in the file."""
        self._books().write(
            {
                "encoding_found": sheet.encoding,
                "delimiter_found": sheet.delimiter,
                "title_count": sheet.titles,
                "row_count": row_count,
                "columns_summary": [
                    {
                        "header": target.header,
                        "role": target.role,
                        "key": target.key,
                        "suggestion": target.suggestion,
                    }
                    for target in columns.targets
                ],
            }
        )

    def _keep(self, counted, rows, seconds):
        """Add what became of some rows.

        :param counted: ``importer.rows.report.Report`` of these rows
        :param rows: how many
        :param seconds: how long they took
        """
        self._create_problems(counted.problems)
        counts = {name: getattr(counted, COUNTS[name]) for name in COUNTS}
        self._count({**counts, "rows_done": rows, "seconds": seconds})
        # A function, which nobody can send from outside: the bar of a terminal.
        tell = self.env.context.get("client_import_tell")
        if callable(tell):
            tell(self.rows_done, self.row_count)

    def _count(self, counts):
        """Add to the books.

        :param counts: dict: name of a field of the books -> what is added to it
        :return: nothing; overridden by bridges that share an import out, so that those
            who work on it at the same time do not wait for one line of the books
        """
        books = self._books()
        books.write({name: books[name] + count for name, count in counts.items()})

    def _create_problems(self, problems):
        """:param problems: list of ``importer.problems.Problem``"""
        self._get_problems().create(
            [
                {
                    "import_id": self.id,
                    "line": problem.line,
                    "column": problem.column,
                    "value": problem.value[:VALUE_SHOWN],
                    "code": problem.code,
                    "layer": problem.layer,
                    "params": dict(problem.params),
                    "is_warning": problem.warning,
                }
                for problem in problems
            ]
        )

    def _fail(self, problem):
        """The whole file is refused: one sentence, and nothing else."""
        self._books().state = "failed"
        self._create_problems([problem])
        self._close_stopped()

    def _finish(self, walk):
        """Close the books of a run.

        :param walk: the ``Walk``
        """
        books = self._books()
        state = "done_with_problems" if books._has_problems() else "done"
        books.write({"state": state, "finished_at": fields.Datetime.now()})
        if books.rejected_count:
            rejects = self._get_rejects(walk.sheet, walk.columns)
            books.rejects_file = base64.b64encode(rejects)

    def _close_stopped(self):
        """Close the books of a run that ends early: what it did stays.

        The file of rejected rows has those of the rows that it came to.
        """
        books = self._books()
        books.finished_at = fields.Datetime.now()
        # Who is at work on the rows waits for this, and then finds that it is over.
        books.flush_recordset()
        if not (books.started_at and books.rejected_count):
            return
        try:
            rejects = self._get_rejects(*self._read(), most=books.rejected_count)
        except Exception as error:
            if is_passing(error):
                raise
            # What made it stop may be the file: it ends all the same.
            _logger.warning("The rejected rows of %d are not kept: %s", self.id, error)
        else:
            books.rejects_file = base64.b64encode(rejects)

    def _has_problems(self):
        """:return: bool, without a look at all of them"""
        domain = Domain("import_id", "=", self.id)
        return bool(self._get_problems().search_count(domain, limit=1))

    def _get_problems(self):
        # Superuser for the same reason as the books.
        return self.env["client.import.problem"].sudo()

    def _get_rejects(self, sheet, columns, most=None):
        """The rejected rows as they came, each with its error.

        :param sheet: ``importer.files.read.Sheet`` of the file
        :param columns: ``importer.types.ColumnMap`` of the file
        :param most: how many there are, where the rest of the file need not be read
        :return: bytes of a CSV file
        """
        refused = self._get_refused_lines()
        rows = ((row.cells, row.line) for row in sheet.rows() if row.line in refused)
        gone = [
            target.index
            for target in columns.targets
            if target.role == "ignored" and fold_header(target.header) in LINE_ERROR
        ]
        rows = self._with_errors(islice(rows, most))
        return b"".join(
            write_rejects(sheet.header, rows, gone, sheet.delimiter, sheet.encoding)
        )

    def _get_refused_lines(self):
        """:return: ``LineSet`` of the rows that are rejected, however many they are"""
        problems = self._get_problems()
        problems.flush_model(["import_id", "is_warning", "line"])
        query = problems._search(self._get_refusals_domain())
        self.env.cr.execute(query.select(SQL.identifier(query.table, "line")))
        return LineSet(line for (line,) in iter(self.env.cr.fetchone, None))

    def _get_refusals_domain(self):
        return Domain("import_id", "=", self.id) & Domain("is_warning", "=", False)

    def _with_errors(self, rows):
        """Say what is wrong with each row, some at a time.

        :param rows: iterator of pairs (cells, line) of rejected rows
        :return: iterator of triples (cells, line, error)
        """
        while batch := list(islice(rows, ERRORS_READ)):
            errors = self._get_errors([line for _cells, line in batch])
            for cells, line in batch:
                yield cells, line, errors[line]

    def _get_errors(self, lines):
        """:return: dict: line of a rejected row -> what is wrong with it"""
        domain = self._get_refusals_domain() & Domain("line", "in", lines)
        problems = self._get_problems().search(domain)
        errors = {}
        for problem in problems:
            errors.setdefault(problem.line, []).append(problem.message)
        problems.invalidate_recordset()
        return {line: " ".join(texts) for line, texts in errors.items()}

    def _keep_matches(self, matches):
        """Keep whom a check found, so that a run can tell when it changed.

        :param matches: ``array`` with the id of a partner, or a code, for each row
        """
        packed = zlib.compress(matches.tobytes())
        self._books().check_matches = base64.b64encode(packed)

    def _get_matches(self):
        """:return: the ``array`` that :meth:`_keep_matches` kept, empty without"""
        matches = array("i")
        # The size is all that the web client asks for.
        if packed := self._books().with_context(bin_size=False).check_matches:
            matches.frombytes(zlib.decompress(base64.b64decode(packed)))
        return matches
