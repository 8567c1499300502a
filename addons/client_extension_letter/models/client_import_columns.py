from odoo import api, models

from odoo.addons.client_extension.importer.types import Column

NO_MAILING = Column(
    "no_mailing",
    "client_no_mailing",
    "yes_no",
    (
        *("no mailings", "objects to mailings", "opt out of mailings"),
        *("pas de publipostage", "pas de mailing", "refuse les publipostages"),
        *("geen mailings", "geen mailing", "geen reclamepost"),
    ),
)


class ClientImportColumns(models.AbstractModel):
    _inherit = "client.import.columns"

    @api.model
    def _get_import_columns(self):
        return (*super()._get_import_columns(), NO_MAILING)
