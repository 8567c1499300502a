import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..importer.files.decode import decode, opener
from ..importer.files.read import read
from ..importer.problems import FileProblem
from ..importer.rows.columns import header_test, signature
from ..models.imports.client_import_options_mixin import ANSWERS
from ..tools.long_file import is_long


class ClientImportWizard(models.TransientModel):
    """The options of an import, entered before a file of clients is imported."""

    _name = "client.import.wizard"
    _inherit = "client.import.question.mixin"
    _description = "Import Clients"

    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    separator = fields.Selection(
        [
            (";", "Semicolon ;"),
            (",", "Comma ,"),
            ("\t", "Tab"),
            ("|", "Vertical bar |"),
            ("other", "Another character"),
        ],
        help="The character between two cells. Leave empty to detect it automatically.",
    )
    other_separator = fields.Char(size=1)
    encoding = fields.Selection(
        [
            ("utf-8", "UTF-8"),
            ("cp1252", "Windows, Western Europe (cp1252)"),
            ("iso-8859-15", "Latin-9 (ISO 8859-15)"),
            ("utf-16", "UTF-16"),
        ],
        help="How accented characters are stored in the file. Leave empty to "
        "detect it automatically.",
    )
    delimiter = fields.Char(
        string="Character between Cells",
        compute="_compute_delimiter",
        export_string_translation=False,
    )
    # A dialog does not belong to a company: the import that it creates is checked.
    business_unit_id = fields.Many2one(check_company=False)
    mapping_id = fields.Many2one(
        "client.import.mapping",
        domain=lambda self: [("company_id", "=", self.env.company.id)],
        help="The column mapping and the options below, as saved for another "
        "file with the same columns.",
    )
    problem = fields.Char(export_string_translation=False)

    @api.depends("separator", "other_separator")
    def _compute_delimiter(self):
        for wizard in self:
            other = wizard.separator == "other"
            wizard.delimiter = wizard.other_separator if other else wizard.separator

    @api.onchange("file", "separator", "other_separator", "encoding")
    def _onchange_file(self):
        """Suggest the mapping that was saved for a file with the same columns, and ask
        in which encoding to read it.

        The message about the previous file does not apply to this one, nor do answers.
        """
        self.problem = False
        header, question = self._read_header()
        noted = self._get_noted_choices()
        self._note_questions([question] if question else [])
        is_other = noted != self._get_noted_choices()
        if is_other:
            self.file_answers = False
        if header is not None:
            mappings = self.env["client.import.mapping"]
            self.mapping_id = mappings._propose(signature(header))
            if is_other and self.mapping_id:
                self.file_answers = self.mapping_id.file_answers

    @api.onchange("mapping_id")
    def _onchange_mapping(self):
        mapping = self.mapping_id
        if not mapping:
            return
        for name in (*ANSWERS, "file_answers"):
            self[name] = mapping[name]
        if mapping.delimiter:
            known = dict(self._fields["separator"].selection)
            self.separator = (
                mapping.delimiter if mapping.delimiter in known else "other"
            )
            self.other_separator = mapping.delimiter
        if mapping.encoding in dict(self._fields["encoding"].selection):
            self.encoding = mapping.encoding

    # Actions

    def action_check(self):
        """Check the file: immediately or, if it is long, in the background."""
        client_import = self._create_import()
        client_import.action_check()
        return self._show(client_import)

    def action_import(self):
        """Import the file: immediately if it is short, else in the background."""
        client_import = self._create_import()
        client_import.action_import()
        return self._show(client_import)

    def _create_import(self):
        """:return: a new ``client.import`` with the answers of this wizard"""
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Select the file to import first."))
        return self.env["client.import"].create(self._prepare_import())

    def _prepare_import(self):
        """The answers as values of the import.

        :return: dict for ``client.import``; overridden where an add-on adds options
        """
        return {
            "file": self.file,
            "file_name": self.file_name,
            "delimiter": self.delimiter,
            "encoding": self.encoding,
            "mapping_id": self.mapping_id.id,
            "column_mapping": self.mapping_id.column_mapping or False,
            "value_answers": self.mapping_id.value_answers or False,
            "file_answers": self.file_answers or False,
            **self._get_answers(),
        }

    def _show(self, client_import):
        """Open the import, or show the dialog again with the reason the file was
        refused."""
        # If a mapping can correct the header, open the import to choose one.
        if client_import.state == "failed" and not client_import.can_map:
            self.problem = client_import.problem_ids[:1].message
            # Superuser: importers cannot delete imports, but this one never started.
            client_import.sudo().unlink()
            return self._get_action("client_import_wizard_action", self.id)
        return self._get_action("client_import_action", client_import.id)

    # Tools

    def _get_noted_choices(self):
        """:return: list of the possible answers to each question, with their samples"""
        return [noted["choices"] for noted in self.question_summary or []]

    def _read_header(self):
        """:return: pair: the header as a tuple of str, the ``importer.types.Question``
        of the encoding; None where there is none, or the file cannot be read"""
        content, question = self.with_context(bin_size=False).file, None
        if not content:
            return None, None
        columns = self.env["client.import.columns"]._get_import_columns()
        try:
            source = opener(base64.b64decode(content))
            answer = self._get_encoding_answer()
            decoded = decode(source, self.encoding or "", answer)
            question = decoded.question
            # a workbook is read completely before its first row
            if decoded.workbook and is_long(source):
                return None, None
            sheet = read(decoded, self.delimiter or "", header_test(columns))
        except (FileProblem, ValueError, TypeError):  # TypeError: it is not text
            return None, question
        return sheet.header, question

    @api.model
    def _get_action(self, name, res_id):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"client_extension.{name}"
        )
        return {**action, "res_id": res_id, "views": [(False, "form")]}
