from itertools import islice

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.line_set import LineSet

#: characters of a cell that a problem shows
VALUE_SHOWN = 200
#: rejected rows whose problems are read at a time
ERRORS_READ = 1000
#: params of a sentence that name clients
NAMING = ("client", "clients")


class ClientImportProblem(models.Model):
    """A problem in a file: something refused, or accepted with a warning."""

    _name = "client.import.problem"
    _description = "Import Problem"
    _order = "line, id"
    _rec_name = "message"

    import_id = fields.Many2one(
        "client.import",
        string="Client Import",
        required=True,
        index=True,
        ondelete="cascade",
    )
    line = fields.Integer(
        help="The line number shown by a text editor, or the row number in a "
        "spreadsheet; 0 for problems with the whole file."
    )
    column = fields.Char(help="The header of the column with the problem.")
    value = fields.Char()
    code = fields.Char(required=True, export_string_translation=False)
    layer = fields.Selection(
        [
            ("file", "File"),
            ("header", "Header"),
            ("row", "Row"),
            ("cell", "Cell"),
            ("match", "Reference"),
            ("apply", "Odoo"),
        ],
        string="Type",
    )
    params = fields.Json(export_string_translation=False)
    is_warning = fields.Boolean(
        string="Warning", help="The row was imported without this cell."
    )
    message = fields.Char(compute="_compute_message")

    # Problems are read for some lines at a time.
    _import_line_idx = models.Index("(import_id, line)")

    @api.depends("code", "params", "line", "column", "value")
    @api.depends_context("lang", "uid")
    def _compute_message(self):
        hidden = self._get_hidden_ids()
        sentences = self._get_messages(
            [(problem.code, problem._get_message_params(hidden)) for problem in self]
        )
        for problem, sentence in zip(self, sentences, strict=True):
            problem.message = sentence

    def _get_message_params(self, hidden=frozenset()):
        """The values that the sentence of this problem can use.

        :param hidden: ids of clients that are not named
        :return: dict
        """
        self.ensure_one()
        params = self.params or {}
        if hidden and not hidden.isdisjoint(self._get_client_ids()):
            params = {**params, **dict.fromkeys(NAMING, self.env._("(hidden)"))}
        return {
            "line": self.line or "",
            "column": self.column or "",
            "value": self.value or "",
            **params,
        }

    # Rejected rows

    @api.model
    def _prepare_problem(self, client_import, problem):
        """:return: dict of values to store one ``importer.problems.Problem``"""
        return {
            "import_id": client_import.id,
            "line": problem.line,
            "column": problem.column,
            "value": problem.value[:VALUE_SHOWN],
            "code": problem.code,
            "layer": problem.layer,
            "params": dict(problem.params),
            "is_warning": problem.warning,
        }

    @api.model
    def _get_refused_lines(self, client_import):
        """:return: ``LineSet`` of all rejected rows, in little memory"""
        # Superuser: the import was checked, and its problems go with it.
        problems = self.sudo()
        problems.flush_model(["import_id", "is_warning", "line"])
        query = problems._search(_get_refusals_domain(client_import))
        self.env.cr.execute(query.select(SQL.identifier(query.table, "line")))
        return LineSet(line for (line,) in iter(self.env.cr.fetchone, None))

    @api.model
    def _with_errors(self, client_import, rows):
        """Add to each row what is wrong with it, a batch at a time.

        :param client_import: the ``client.import``
        :param rows: iterator of pairs (cells, line) of rejected rows
        :return: iterator of triples (cells, line, error)
        """
        while batch := list(islice(rows, ERRORS_READ)):
            errors = self._get_errors(client_import, [line for _cells, line in batch])
            for cells, line in batch:
                yield cells, line, errors[line]

    @api.model
    def _get_errors(self, client_import, lines):
        """:return: dict: line of a rejected row -> what is wrong with it"""
        domain = _get_refusals_domain(client_import) & Domain("line", "in", lines)
        # Superuser: the import was checked, and its problems go with it.
        problems = self.sudo().search(domain)
        errors = {}
        for problem in problems:
            errors.setdefault(problem.line, []).append(problem.message)
        problems.invalidate_recordset()
        return {line: " ".join(texts) for line, texts in errors.items()}

    # Wording

    @api.model
    def _get_sentence(self, code, params):
        """The sentence for one problem.

        :param code: a code of ``importer.problems.CODES``, or one of a bridge
        :param params: dict of the values that the sentence needs
        :return: str, the sentence
        """
        return self._get_messages([(code, params)])[0]

    @api.model
    def _get_messages(self, problems):
        """The sentences for many problems.

        :param problems: list of pairs (code, params)
        :return: list of str
        """
        sentences = self._get_sentences() | self._get_kind_sentences()
        kinds = self.env["client.label"]._fields["kind"]
        names = dict(kinds._description_selection(self.env))
        messages = []
        for code, params in problems:
            kind = params.get("kind")
            sentence = sentences.get((code, kind)) or sentences.get(code, code or "")
            # Types of labels as the screens call them.
            shown = {**params, "kind": names.get(kind, kind)}
            messages.append(_fill(sentence, shown))
        return messages

    @api.model
    def _get_sentences(self):
        """All sentences by code.

        :return: dict of str with named placeholders; overridden by bridges that
            have problems of their own
        """
        return {
            **self._get_file_sentences(),
            **self._get_header_sentences(),
            **self._get_row_sentences(),
            **self._get_cell_sentences(),
            **self._get_match_sentences(),
            **self._get_apply_sentences(),
        }

    @api.model
    def _get_file_sentences(self):
        _ = self.env._
        return {
            "file_missing": _(
                "The file is no longer stored on the server. Select it again."
            ),
            "file_empty": _("The file is empty."),
            "file_no_rows": _("The file has a header but no rows."),
            "file_not_text": _(
                "This is not a text file (%(kind)s). Save it as CSV and try again."
            ),
            "file_encoding_unknown": _(
                "There is no encoding named “%(value)s”. Select another one."
            ),
            "file_encoding_wrong": _(
                "The file is not encoded in %(value)s: line %(line)s, or "
                "one shortly after it, cannot be read. Select another "
                "encoding."
            ),
            "file_encoding_mixed": _(
                "The file is encoded in UTF-8 up to line %(line)s, but "
                "differently from there on. Save it again in a single "
                "encoding, or select one here."
            ),
            "file_delimiter": _(
                "“%(value)s” cannot be used as the separator. It must be "
                "a single character other than a quotation mark."
            ),
            "file_workbook_broken": _(
                "The spreadsheet is damaged or incomplete. Open it in your "
                "spreadsheet program, save it again and try again."
            ),
            "file_workbook_format": _(
                "Files of this type (%(kind)s) cannot be imported. Save "
                "the file as XLSX, ODS or CSV and try again."
            ),
            "file_workbook_password": _(
                "The spreadsheet is password-protected. Save it without a "
                "password and try again."
            ),
            "file_workbook_size": _(
                "The spreadsheet is far too large once unpacked "
                "(%(value)s). Save it as CSV and try again."
            ),
            "file_time": _(
                "Reading the file takes too long. Split it into smaller files."
            ),
            "file_repeated": _(
                "One reference is on too many rows: %(count)s. The maximum is "
                "%(most)s. Check which column holds the reference."
            ),
        }

    @api.model
    def _get_header_sentences(self):
        _ = self.env._
        return {
            "header_no_reference": _(
                "The file has no “reference” column. Its columns are: %(value)s."
            ),
            "header_duplicate": _(
                "The columns “%(other)s” (number %(first)s) and "
                "“%(column)s” (number %(second)s) stand for the same "
                "field. Keep only one of them."
            ),
            "header_quote": _(
                "A quotation mark in the header (line %(line)s) is never "
                "closed. Close it and try again."
            ),
            "header_target": _(
                "The column “%(column)s” cannot be mapped to “%(value)s”: "
                "the import has no such field. Select another one."
            ),
            "header_changed": _(
                "The column “%(column)s” is no longer read as it was when the file "
                "was checked, because the apps have changed. Check the file again."
            ),
            "header_columns": _(
                "The file has too many columns: %(count)s. The maximum is %(most)s."
            ),
        }

    @api.model
    def _get_row_sentences(self):
        _ = self.env._
        return {
            "row_quote": _(
                "A quotation mark in this row is never closed, or is closed too early."
            ),
            "row_in_quote": _(
                "This line may belong to the row that starts on line "
                "%(first)s, where a quotation mark is never closed."
            ),
            "row_extra_cells": _(
                "The row has more cells than the header: “%(value)s” does "
                "not belong to any column."
            ),
            "row_too_long": _("The row is too long to be imported. Shorten its cells."),
            "row_no_reference": _("The row has no reference. Fill it in."),
            "row_no_name": _("A name is required to create a client. Fill it in."),
            "row_contact_no_name": _(
                "The contact has no name, and the client has no main "
                "contact to update. Fill in the contact's name."
            ),
            "row_header": _("The row repeats the header. Remove it."),
        }

    @api.model
    def _get_cell_sentences(self):
        _ = self.env._
        return {
            "cell_flag": _("“%(value)s” is not valid here. Use yes or no."),
            "cell_type": _("“%(value)s” is not a type. Use individual or company."),
            "cell_status": _("“%(value)s” is not a status. Use prospect or client."),
            "cell_email": _("“%(value)s” is not a valid email address."),
            "cell_unknown": _(
                "“%(value)s” in %(column)s is unknown. Check the spelling, or "
                "create it in Odoo first."
            ),
            "cell_several": _(
                "“%(value)s” in %(column)s is ambiguous: several records match."
            ),
            "cell_clear": _("The value of %(column)s cannot be cleared."),
            "cell_no_label": _(
                "“%(column)s” is not a label yet, and you are not allowed "
                "to add labels. Ask a manager of the Clients app."
            ),
            "cell_error": _(
                "The cell in %(column)s contains the error “%(value)s” "
                "instead of a value."
            ),
            "cell_formula": _(
                "The formula in %(column)s has no saved result. Open the "
                "file in your spreadsheet program, save it and try again."
            ),
            "cell_long": _(
                "The text in %(column)s is longer than %(most)s characters. Shorten it."
            ),
            "cell_kind": _("“%(value)s” is not valid for %(column)s (type: %(kind)s)."),
            "cell_unclear": _(
                "“%(value)s” in %(column)s can mean %(large)s or "
                "%(small)s. Write it in one of these two ways."
            ),
        }

    @api.model
    def _get_kind_sentences(self):
        """How to write a value of each type of additional data.

        :return: dict: pair (code, type) -> str, as :meth:`_get_sentences`; another
            type has the sentence of the code
        """
        _ = self.env._
        return {
            ("cell_kind", "integer"): _(
                "“%(value)s” in %(column)s is not a whole number. Write digits only, "
                "for example 1200."
            ),
            ("cell_kind", "float"): _(
                "“%(value)s” in %(column)s is not a number. Write it without a unit, "
                "for example 1200.50."
            ),
            ("cell_kind", "date"): _(
                "“%(value)s” in %(column)s is not a date. Write it as 2026-12-31 or "
                "31/12/2026."
            ),
            ("cell_kind", "boolean"): _(
                "“%(value)s” in %(column)s is neither yes nor no."
            ),
            ("cell_kind", "selection"): _(
                "“%(value)s” is not one of the choices of %(column)s: %(choices)s."
            ),
        }

    @api.model
    def _get_match_sentences(self):
        _ = self.env._
        return {
            "match_exists": _(
                "The reference “%(value)s” is already used by %(client)s."
            ),
            "match_missing": _("No client has the reference “%(value)s”."),
            "match_several": _(
                "The reference “%(value)s” is used by several records "
                "(%(count)s): %(clients)s. Make it unique first."
            ),
            "match_taken": _(
                "The reference “%(value)s” is already used by a client "
                "you do not have access to."
            ),
            "match_repeated": _(
                "The reference “%(value)s” already appears on line "
                "%(first)s of this file."
            ),
            "match_changed": _(
                "The reference “%(value)s” no longer belongs to the "
                "client found by the check. Check the file again."
            ),
        }

    @api.model
    def _get_apply_sentences(self):
        _ = self.env._
        return {
            "apply_refused": _("Row rejected by Odoo: %(reason)s"),
            "apply_access": _("Access denied: %(reason)s"),
            "apply_failed": _("The row could not be saved: %(reason)s"),
            "apply_time": _("This row takes too long: the server stops the import."),
        }


def _get_refusals_domain(client_import):
    return Domain("import_id", "=", client_import.id) & Domain("is_warning", "=", False)


def _fill(sentence, params):
    """Fill in the placeholders; a missing value becomes an empty text."""
    return sentence % _Params(params)


class _Params(dict):
    def __missing__(self, key):
        return ""
