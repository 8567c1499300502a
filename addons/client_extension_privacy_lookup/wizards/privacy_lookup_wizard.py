import time
from itertools import chain

from odoo import models
from odoo.tools import SQL

from odoo.addons.client_extension.importer.files.decode import decode
from odoo.addons.client_extension.importer.files.read import read
from odoo.addons.client_extension.importer.problems import FileProblem
from odoo.addons.client_extension.importer.rows.clean import text_of

#: model -> columns that can name a person
COLUMNS = {
    "client.import": (
        "columns_summary",
        "corrections",
        "question_summary",
        "unknown_values",
        "value_answers",
    ),
    "client.import.mapping": ("value_answers",),
    "client.import.change": ("label", "old_values", "new_values", "contact_values"),
    "client.import.preview": ("reference", "name", "changes", "summary", "note"),
    "client.import.problem": ("value", "params"),
}
#: files of an import
FILES = ("file", "rejects_file", "correction_file")
#: seconds for which files are searched while the administrator waits
PACE = 60


class PrivacyLookupWizard(models.TransientModel):
    """Finds a person in the imports of clients: files, problems and change logs."""

    _inherit = "privacy.lookup.wizard"

    def _get_query_models_blacklist(self):
        # Each is searched once, by the text as well as by the contact.
        return [*super()._get_query_models_blacklist(), *COLUMNS]

    def _get_query(self):
        queries = [self._get_client_query(model) for model in COLUMNS]
        return SQL(" UNION ALL ").join([super()._get_query(), *queries])

    def _get_client_query(self, model):
        """:param str model: a key of ``COLUMNS``
        :return: ``SQL`` that selects what Odoo's own query does, where the person is
            named or linked"""
        texts = [f"%{_escape(text)}%" for text in self._get_client_texts()]
        conditions = [
            SQL("t.%s::text ILIKE ANY(%s)", SQL.identifier(column), texts)
            for column in COLUMNS[model]
        ]
        if model == "client.import":
            conditions.append(SQL("t.id = ANY(%s)", self._get_client_imports().ids))
        else:
            conditions += self._get_client_links(model)
        return SQL(
            "SELECT %s AS res_model_id, t.id AS res_id, TRUE AS is_active"
            " FROM %s AS t WHERE %s",
            self.env["ir.model"]._get_id(model),
            SQL.identifier(self.env[model]._table),
            SQL(" OR ").join(conditions),
        )

    def _get_client_links(self, model):
        """:return: list of ``SQL``, conditions on the contacts that Odoo has found"""
        if "partner_id" not in self.env[model]._fields:
            return []
        found = SQL("(SELECT id FROM indirect_references)")
        # What was emptied only has the link, which goes along with the contact.
        kept = SQL("TRUE")
        if model == "client.import.change":
            kept = SQL("t.values_cleared IS NOT TRUE")
        return [SQL("(t.partner_id IN %s AND %s)", found, kept)]

    def _get_client_texts(self):
        """:return: list of str: what identifies the person in a text"""
        return [text for text in (self.email.strip(), self.name.strip()) if text]

    # Files

    def _get_client_imports(self):
        """The imports whose files contain the person.

        Those for which no time is left, or that cannot be read, are found as well: to
        be looked at, rather than to be overlooked.

        :return: ``client.import`` records in superuser mode
        """
        # Superuser: as Odoo's own lookup, which only administrators can use.
        imports = self.env["client.import"].sudo().search([("cleared_at", "=", False)])
        texts = [text.casefold() for text in self._get_client_texts()]
        end = time.monotonic() + PACE
        return imports.filtered(
            lambda record: (
                time.monotonic() > end
                or any(_is_in_file(record, name, texts) for name in FILES)
            )
        )


def _is_in_file(record, field_name, texts):
    """:return: bool, whether one of the texts is in a file, or may be in a part of it
    that is not read
    """
    opener = record._get_opener(field_name)
    with opener() as file:
        if not file.read(1):
            return False
    try:
        answer = record._get_encoding_answer()
        decoded = decode(opener, record.encoding or "", answer)
        sheet = read(decoded, record.delimiter or "")
        return bool(sheet.others) or any(
            _is_in_row(cells, texts)
            for cells in chain([sheet.header], (row.cells for row in sheet.rows()))
        )
    except FileProblem as refused:
        # Other files are refused because they are no lists of clients.
        return refused.problem.code != "file_no_rows"


def _is_in_row(cells, texts):
    # First and last names are two cells beside each other.
    line = " ".join(map(text_of, cells)).casefold()
    return any(text in line for text in texts)


def _escape(text):
    """:return: str, a text in which no character is a wildcard of LIKE"""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
