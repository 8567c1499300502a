import time
from array import array

from odoo import fields, models

from ...importer.files.decode import decode
from ...importer.files.read import read
from ...importer.problems import FileProblem
from ...importer.rows.match import repeated
from ...importer.rows.plan import Ledger
from ...importer.rows.report import report
from ...importer.text.fold import fold_header
from ...importer.text.labels import KINDS
from ...importer.types import CleanOptions, New, PlanOptions
from ...tools.attachment_file import get_opener
from ...tools.import_file import ImportFile
from .engine.context import FirstWalk, Walk


class ClientImport(models.Model):
    """A file of clients: what it was, what became of its rows, what was refused."""

    _name = "client.import"
    _inherit = "client.import.asked"
    _description = "Client Import"
    _order = "id desc"
    _rec_name = "file_name"

    # File
    file = ImportFile(attachment=True)
    file_name = fields.Char(default="clients.csv")
    delimiter = fields.Char(string="Separator", help="Found by itself when empty.")
    encoding = fields.Char(help="Found by itself when empty.")
    column_mapping = fields.Json(
        export_string_translation=False,
        help="Header -> key of a standard column, + for additional data or - for "
        "ignored; headers that are not in it are understood by themselves.",
    )
    # Course
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Imported By",
        readonly=True,
        ondelete="set null",
        default=lambda self: self.env.uid,
    )
    state = fields.Selection(
        string="Status",
        selection=[
            ("draft", "Draft"),
            ("checked", "Checked"),
            ("queued", "Queued"),
            ("running", "Running"),
            ("done", "Done"),
            ("done_with_problems", "Done with problems"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
            ("undone", "Undone"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
    )

    # Actions

    def check(self):
        """Say what the import would do, and do none of it."""
        self._check_importer()
        self._check_state("draft", "checked", "failed", "cancelled")
        for record in self:
            record._in_company()._check()
        return True

    def run(self):
        """Import the file now, in this transaction."""
        self._check_importer()
        self._check_state("draft", "checked", "failed", "cancelled")
        for record in self:
            record._in_company()._run()
        return True

    # Walk

    def _check(self):
        self._reset("checked")
        if walk := self._open():
            matches = array("i")
            for rows in self._chunks(walk):
                outcomes = self._plan(walk, rows, matches)
                self._keep(report(outcomes), len(rows), 0)
                self._keep_preview(walk, outcomes)
                self.env.flush_all()
                self.env.invalidate_all()
            self._keep_matches(matches)

    def _run(self):
        self._lock()
        expected = self._get_matches()
        self._reset("running")
        if walk := self._open(expected):
            for rows in self._chunks(walk):
                self._do(walk, rows)
            self._finish(walk)

    def _open(self, expected=None):
        """Walk the first rooms: the encoding, the rows, the columns.

        :param expected: ``array`` of the matches that a check found, or None
        :return: ``Walk``, or None when the whole file is refused, which is noted
        """
        try:
            sheet, columns = self._read()
            first = FirstWalk(sheet, columns)
            successors = self._get_successors()
            references = first.references()
            ledger = Ledger(repeated(successors.get(ref, ref) for ref in references))
        except FileProblem as refused:
            self._fail(refused.problem)
            return None
        self._note_file(sheet, columns, first.count)
        return self._prepare_walk(
            first.get_sheet(), columns, ledger, first.count, expected
        )

    def _prepare_walk(self, sheet, columns, ledger, row_count, expected=None):
        """Make what the other rooms need ready.

        :param sheet: ``importer.files.read.Sheet`` of all rows, or of some
        :param columns: ``importer.types.ColumnMap``
        :param ledger: ``importer.rows.plan.Ledger`` of the references that repeat in it
        :param row_count: int, how many rows the whole file has
        :param expected: ``array`` of the matches that a check found, or None
        :return: ``Walk``
        """
        room = self.env["client.import.columns"]
        labels = room._get_labels()
        return Walk(
            sheet,
            columns,
            room._get_lookups(self, columns.keys),
            labels,
            self._get_clean_options(labels, sheet),
            self._get_plan_options(labels),
            ledger,
            row_count,
            self._get_successors(),
            expected or array("i"),
        )

    def _read(self):
        """Cut the file into rows and say what its columns are.

        :return: pair (``importer.files.read.Sheet``, ``importer.types.ColumnMap``)
        :raise FileProblem: when the whole file is refused
        """
        return self._read_first()

    def _read_first(self):
        """:return: the same, of the file with which the import began"""
        decoded = decode(self._get_opener("file"), self.encoding or "")
        sheet = read(decoded, self.delimiter or "", self._get_header_test())
        return sheet, self._map_columns(sheet)

    def _get_opener(self, field_name):
        """:return: what opens that file, without reading it"""
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

    def _get_clean_options(self, labels, sheet):
        kinds = {text: label for text, (_name, label, _item) in labels.items()}
        return CleanOptions(
            self.clear_empty,
            self.warn_cells,
            kinds,
            # a workbook has no separator
            points=not sheet.delimiter,
        )

    def _get_plan_options(self, labels):
        """Say what the plan of each row depends on.

        :param dict labels: the labels of additional data, by their text
        :return: ``importer.types.PlanOptions``; overridden with more `shapes` where an
            add-on stores the text of a column in a shape of its own
        """
        return PlanOptions(
            self.mode,
            self.default_status,
            frozenset(self.category_ids.ids),
            self.business_unit_id.id or None,
            {
                t: label.kind
                for t, (_name, label, _item) in labels.items()
                if label.kind not in KINDS
            },
        )

    def _get_successors(self):
        """:return: dict: former reference -> the one that its client has now"""
        return self.env["client.former.reference"]._get_successors(self.company_id)

    def _do(self, walk, rows):
        """Walk the last rooms for one chunk: plan, apply, report."""
        started = time.monotonic()
        same, rest = self._set_aside(walk, rows)
        outcomes = self._plan(walk, rest)
        outcomes = self.env["client.import.apply"]._apply(self, outcomes, walk.columns)
        for outcome in outcomes:
            walk.ledger.remember(outcome)
        self._refresh(walk, outcomes)
        counted = same + report(outcomes)
        self._keep(counted, len(rows), time.monotonic() - started)
        self._let_go(walk, counted)

    def _let_go(self, walk, counted):
        """Empty the cache after a chunk: memory does not grow with the file.

        :param walk: ``Walk``
        :param counted: ``importer.rows.report.Report`` of the chunk
        """
        wrote = counted.created or counted.updated or counted.problems
        if wrote or walk.columns.labels:
            self.env.flush_all()
            self.env.invalidate_all()
        else:
            # nothing but clients was read: what the next chunk needs again stays
            self.env["res.partner"].invalidate_model()

    def _refresh(self, walk, outcomes):
        """Make the tables again when the chunk added names or labels to them."""
        room = self.env["client.import.columns"]
        if any(
            fold_header(t) not in walk.labels for o in outcomes for t in o.additional
        ):
            walk.labels = room._get_labels()
            walk.clean_options = self._get_clean_options(walk.labels, walk.sheet)
        if any(_has_new(new) for o in outcomes for _old, new in o.changes.values()):
            walk.lookups = room._get_lookups(self, walk.columns.keys)


def _has_new(value):
    items = value if isinstance(value, frozenset) else (value,)
    return any(isinstance(item, New) for item in items)
