from odoo import fields, models


class ClientImport(models.Model):
    """Which sheet of a workbook an import reads."""

    _inherit = "client.import"

    sheet_found = fields.Char(string="Sheet", readonly=True)
    sheets_left = fields.Char(
        string="Sheets Not Imported",
        readonly=True,
        help="These sheets also contain data. To import one of them, save it "
        "as a separate file.",
    )

    def _reset(self, state):
        result = super()._reset(state)
        self._books().write({"sheet_found": False, "sheets_left": False})
        return result

    def _note_file(self, sheet, columns, row_count):
        result = super()._note_file(sheet, columns, row_count)
        self._books().write(
            {"sheet_found": sheet.name, "sheets_left": ", ".join(sheet.others)}
        )
        return result
