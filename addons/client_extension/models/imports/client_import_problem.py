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
        sentences, by_kind = self._get_sentences(), self._get_kind_sentences()
        kinds = self.env["client.label"]._fields["kind"]
        names = dict(kinds._description_selection(self.env))
        messages = []
        for code, params in problems:
            kind = params.get("kind")
            manner = f"{kind}_more" if params.get("more") else kind
            sentence = code == "cell_kind" and by_kind.get(manner)
            sentence = sentence or sentences.get(code, code or "")
            # Types of labels as the screens call them.
            shown = {**params, "kind": names.get(kind, kind)}
            messages.append(_fill(sentence, shown))
        return messages


def _get_refusals_domain(client_import):
    return Domain("import_id", "=", client_import.id) & Domain("is_warning", "=", False)


def _fill(sentence, params):
    """Fill in the placeholders; a missing value becomes an empty text."""
    return sentence % _Params(params)


class _Params(dict):
    def __missing__(self, key):
        return ""
