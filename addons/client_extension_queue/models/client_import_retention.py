from odoo import api, models


class ClientImportRetention(models.AbstractModel):
    """The rows that jobs have not processed are deleted along with the file."""

    _inherit = "client.import.retention"

    @api.model
    def _clear(self, imports, days=0):
        imports.chunk_ids.unlink()
        return super()._clear(imports, days)
