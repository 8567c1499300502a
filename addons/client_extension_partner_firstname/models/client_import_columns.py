from dataclasses import replace

from odoo import api, models

from odoo.addons.client_extension.importer.text.fold import one_line


class ClientImportColumns(models.AbstractModel):
    _inherit = "client.import.columns"

    @api.model
    def _get_import_columns(self):
        # ``partner_firstname`` keeps single spaces only: a name with others would
        # differ from what is stored, and be written again by every import of the file.
        return tuple(
            replace(column, reader=one_line) if column.key == "name" else column
            for column in super()._get_import_columns()
        )
