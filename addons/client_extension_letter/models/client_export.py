from odoo import models

from odoo.addons.client_extension.importer.kinds.registry import column_kind
from odoo.addons.client_extension.models.exports.field_column import FieldColumn

from .client_import_columns import NO_MAILING


class ClientExport(models.AbstractModel):
    _inherit = "client.export"

    def _get_client_export_columns(self):
        write_all = column_kind(NO_MAILING).write_all
        return {
            **super()._get_client_export_columns(),
            NO_MAILING.key: FieldColumn(NO_MAILING.field, write_all),
        }
