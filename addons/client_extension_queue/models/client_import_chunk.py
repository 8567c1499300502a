from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import NO_ACCESS

#: time for which the chunks of a stopped import are kept
KEPT = timedelta(days=1)


class ClientImportChunk(models.Model):
    """Some rows of an import, processed by one job, and their result.

    The job locks this record, and marks it as done in the transaction that writes the
    rows: a job that is killed has done nothing, one that runs twice finds nothing left
    to do. A chunk that takes long is done in parts, each in a transaction of its own.
    """

    _name = "client.import.chunk"
    _description = "Batch of a Client Import"
    _order = "import_id, number"
    _rec_name = "number"

    import_id = fields.Many2one(
        "client.import",
        string="Client Import",
        required=True,
        index=True,
        ondelete="cascade",
    )
    number = fields.Integer()
    row_count = fields.Integer()
    rows = fields.Binary(
        attachment=True, groups=NO_ACCESS, export_string_translation=False
    )
    is_done = fields.Boolean(string="Done")
    is_counted = fields.Boolean(export_string_translation=False)
    counts = fields.Json(export_string_translation=False)
    done_count = fields.Integer(
        export_string_translation=False,
        help="Number of rows, from the first one, that are done.",
    )
    attempt = fields.Json(
        export_string_translation=False,
        help="What a job has begun and not finished, as in an import.",
    )

    @api.autovacuum
    def _gc_chunks(self):
        """Delete the old chunks of stopped imports."""
        self.search(
            [
                ("import_id.state", "not in", ("queued", "running")),
                ("write_date", "<", fields.Datetime.now() - KEPT),
            ]
        ).unlink()
