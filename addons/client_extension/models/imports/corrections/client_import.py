import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from .rejected_rows import RejectedRows

#: rejected rows that can be corrected on the page of an import, and rows shown at once
MOST, PAGE = 1000, 50


class ClientImport(models.Model):
    """Rejected rows that are corrected on the page of their import.

    What users type is kept here until it is imported, as a corrected file.
    """

    _inherit = "client.import"  # pylint: disable=consider-merging-classes-inherited

    corrections = fields.Json(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="Line of a rejected row -> what was typed over its cells (key of a column "
        "-> text), the reference that the row has with it, and a version that tells "
        "two users of each other.",
    )
    can_correct = fields.Boolean(
        compute="_compute_can_correct", export_string_translation=False
    )
    correction_note = fields.Char(
        compute="_compute_correction_note", export_string_translation=False
    )

    @api.depends("state", "rejected_count", "task", "cleared_at")
    def _compute_can_correct(self):
        for record in self:
            record.can_correct = (
                record.state == "done_with_problems"
                and bool(record.rejected_count)
                and not record.task
                and not record.cleared_at
            )

    @api.depends("rejected_count")
    @api.depends_context("lang")
    def _compute_correction_note(self):
        for record in self:
            record.correction_note = record.rejected_count > MOST and self.env._(
                "Up to %(most)s rejected rows can be corrected on this page. This "
                "import has %(count)s: download the rejected rows, correct them and "
                "import the corrected file.",
                most=formatLang(self.env, MOST, digits=0),
                count=formatLang(self.env, record.rejected_count, digits=0),
            )

    # Actions

    @api.readonly
    def get_rejected_columns(self):
        """The columns of the rejected rows, with the words of those that are lists.

        :return: dict, see ``RejectedRows.get_columns``
        """
        return self._get_rejected_rows().get_columns()

    @api.readonly
    def get_rejected_rows(self, offset=0, limit=PAGE):
        """Some of the rejected rows, as corrected so far, and what is wrong with them.

        :param offset: int, number of rows before the first one
        :param limit: int, maximum number of rows
        :return: dict with ``rows`` (see ``RejectedRows.get_rows``), ``count`` and
            ``corrected``, the numbers of rejected and of corrected rows
        """
        rejected = self._get_rejected_rows()
        lines = list(rejected.cells)[max(int(offset), 0) :][: max(int(limit), 0)]
        return {
            "rows": rejected.get_rows(lines),
            "count": len(rejected.cells),
            "corrected": len(rejected.typed),
        }

    def correct_rows(self, rows):
        """Keep what was typed over cells of rejected rows, and check these rows.

        Nothing is imported.

        :param rows: list of dict with ``line``, ``version`` (as the row was read) and
            ``cells``: key of a column -> text, all that was typed in the row; empty to
            have the row as it came
        :return: dict with ``rows``: these, and those with the same reference, and
            ``corrected``, the number of corrected rows
        :raise UserError: when another user has changed one of the rows
        """
        rejected = self._get_rejected_rows()
        changed, references = set(), set()
        for row in rows:
            line, cells = self._check_correction(rejected, row)
            references.add(rejected.set_typed(line, cells))
            changed.add(line)
        self._keep_corrections(rejected.typed)
        shown = rejected.get_together(changed, references)
        return {"rows": rejected.get_rows(shown), "corrected": len(rejected.typed)}

    def import_corrected(self):
        """Import the rows that were corrected on the page, as a corrected file.

        :raise UserError: when no row was corrected, or this import is busy
        """
        self.ensure_one()
        self._check_importer()
        if not self.try_lock_for_update():
            raise UserError(
                self.env._(
                    "This import is being changed by another user. Wait a moment and "
                    "try again."
                )
            )
        rejected = self._get_rejected_rows()
        if not rejected.typed:
            raise UserError(self.env._("No rejected row has been corrected yet."))
        data = rejected.make_file(rejected.typed.keys())
        self._make_task("correct").start(base64.b64encode(data))
        return True

    # Corrections

    def _get_rejected_rows(self):
        """:return: ``RejectedRows``, for a user who may correct them
        :raise UserError: when this import has none, or too many"""
        self.ensure_one()
        self._check_importer()
        self._check_state("done_with_problems")
        self._check_file_kept()
        # An attachment: the web client asks for its size only.
        kept = self._as_engine().with_context(bin_size=True).rejects_file
        if not (self.rejected_count and kept):
            raise UserError(self.env._("This import has no rejected rows."))
        if self.correction_note:
            raise UserError(self.correction_note)
        return RejectedRows(self)

    def _get_corrections(self):
        """:return: dict: line -> dict with ``cells``, ``reference`` and ``version``"""
        found = self._as_engine().corrections or {}
        return {int(line): correction for line, correction in found.items()}

    def _keep_corrections(self, corrections):
        """:param corrections: dict, as :meth:`_get_corrections` returns it"""
        values = {str(line): found for line, found in corrections.items()}
        # Checked as if the user had sent the whole of it.
        self.sudo(False)._check_input({"corrections": values})
        self._as_engine().corrections = values or False

    def _get_corrections_left(self, done):
        """What is still typed after some corrected rows were processed.

        :param done: set of the lines of these rows: their new version is in the file
            of rejected rows, if they are rejected again
        :return: value of the field
        """
        refused = self.env["client.import.problem"]._get_refused_lines(self)
        left = {
            str(line): correction
            for line, correction in self._get_corrections().items()
            if line in refused and line not in done
        }
        return left or False

    def _check_correction(self, rejected, row):
        """:return: pair of the line and the typed cells of a row that a user sent
        :raise UserError: when the row is not as the user saw it"""
        row = row if isinstance(row, dict) else {}
        line, cells = row.get("line"), row.get("cells")
        if not isinstance(line, int) or line not in rejected.cells:
            raise UserError(self.env._("Line %s is no longer rejected.", line))
        if row.get("version") != rejected.get_version(line):
            raise UserError(
                self.env._(
                    "Line %s has been changed by another user in the meantime. Your "
                    "text was not saved: look at the row, then type it again.",
                    line,
                )
            )
        keys = rejected.get_keys(len(rejected.cells[line]))
        if not isinstance(cells, dict) or not all(
            key in keys and isinstance(text, str) for key, text in cells.items()
        ):
            raise UserError(self.env._("The cells of line %s are not valid.", line))
        return line, cells

    # Erasure

    @api.model
    def _erase_corrections(self, references):
        """Delete what was typed for clients who are deleted.

        :param references: set of pairs (reference, id of a company or False for all)
        """
        if not references:
            return
        # Superuser: whoever deletes a client deletes its data in every import.
        for record in self.sudo().search([("corrections", "!=", False)]):
            found = record._get_corrections()
            left = {
                line: correction
                for line, correction in found.items()
                if references.isdisjoint(
                    (correction["reference"], company)
                    for company in (False, record.company_id.id)
                )
            }
            if len(left) < len(found):
                record._keep_corrections(left)
