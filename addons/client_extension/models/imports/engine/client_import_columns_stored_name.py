from dataclasses import replace

from odoo import api, models

from ....importer.text.fold import one_line


class ClientImportColumns(models.AbstractModel):
    _inherit = "client.import.columns"

    @api.model
    def _get_import_columns(self):
        columns = super()._get_import_columns()
        if not self.env["res.partner"]._stores_name_parts():
            return columns
        # That add-on keeps single spaces only: a name with others would differ from
        # what is stored, and be written again by every import of the same file.
        return tuple(
            replace(column, reader=one_line) if column.key == "name" else column
            for column in columns
        )
