from odoo import api, models

from ..tools.missing import NamesMissing
from .client_import_jobs import CHUNK_KEY, ChunkId


class ClientImportApply(models.AbstractModel):
    _inherit = "client.import.apply"

    @api.model
    def _add_missing(self, columns, labels, names):
        """Leave it to who makes each once, when jobs may miss the same.

        :raise NamesMissing: in a job, when there is something to make
        """
        in_job = isinstance(self.env.context.get(CHUNK_KEY), ChunkId)
        if in_job and (labels or names):
            raise NamesMissing(labels, names)
        return super()._add_missing(columns, labels, names)
