from odoo import api, models

from ..tools.missing import NamesMissing
from .client_import_jobs import CHUNK_KEY, MAKER_KEY, ChunkId


class ClientImportApply(models.AbstractModel):
    _inherit = "client.import.apply"

    @api.model
    def _add_missing(self, columns, labels, names):
        """In a job, report what is missing, so that it is created only once.

        :raise NamesMissing: in a job, except one that has to create the names itself
        """
        in_job, makes_names = (
            isinstance(self.env.context.get(key), ChunkId)
            for key in (CHUNK_KEY, MAKER_KEY)
        )
        if in_job and not makes_names:
            raise NamesMissing(labels, names)
        return super()._add_missing(columns, labels, names)
