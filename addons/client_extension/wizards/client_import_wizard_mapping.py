import base64

from odoo import api, fields, models

from ..importer.files.decode import decode, opener
from ..importer.files.read import read
from ..importer.problems import FileProblem
from ..importer.rows.columns import header_test, signature
from ..models.imports.client_import_mapping import ANSWERS
from ..models.imports.client_import_wait import is_long


class ClientImportWizard(models.TransientModel):
    """The mapping that was kept for files with these columns."""

    _inherit = "client.import.wizard"

    mapping_id = fields.Many2one(
        "client.import.mapping",
        domain=lambda self: [("company_id", "=", self.env.company.id)],
        help="The column mapping and the options below, as saved for another "
        "file with the same columns.",
    )

    @api.onchange("file", "separator", "other_separator", "encoding")
    def _onchange_file_mapping(self):
        """Propose what was kept for a file with the same columns."""
        header = self._get_header()
        if header is not None:
            mappings = self.env["client.import.mapping"]
            self.mapping_id = mappings._propose(signature(header))

    @api.onchange("mapping_id")
    def _onchange_mapping(self):
        mapping = self.mapping_id
        if not mapping:
            return
        for name in ANSWERS:
            self[name] = mapping[name]
        if mapping.delimiter:
            known = dict(self._fields["separator"].selection)
            self.separator = (
                mapping.delimiter if mapping.delimiter in known else "other"
            )
            self.other_separator = mapping.delimiter
        if mapping.encoding in dict(self._fields["encoding"].selection):
            self.encoding = mapping.encoding

    def _get_header(self):
        """:return: tuple of str, or None where the file cannot be read"""
        content = self.with_context(bin_size=False).file
        if not content:
            return None
        other = self.separator == "other"
        delimiter = self.other_separator if other else self.separator
        columns = self.env["client.import.columns"]._get_import_columns()
        try:
            source = opener(base64.b64decode(content))
            decoded = decode(source, self.encoding or "")
            # a workbook is read from end to end before its first row
            if decoded.workbook and is_long(source):
                return None
            return read(decoded, delimiter or "", header_test(columns)).header
        except (FileProblem, ValueError, TypeError):  # TypeError: it is no text at all
            return None

    def _prepare_import(self):
        return {
            **super()._prepare_import(),
            "mapping_id": self.mapping_id.id,
            "column_mapping": self.mapping_id.column_mapping or False,
        }

    def _show(self, client_import):
        """A header that a mapping can mend opens the import to choose one."""
        if client_import.state == "failed" and client_import.can_map:
            return self._get_action("client_import_action", client_import.id)
        return super()._show(client_import)
