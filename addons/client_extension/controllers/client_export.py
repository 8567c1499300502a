import logging

from odoo import api, fields, http
from odoo.http import content_disposition, request

from ..models.exports.client_export_xlsx import FORMATS

_logger = logging.getLogger(__name__)


class ClientExportController(http.Controller):
    @http.route(
        "/client_extension/export/<int:wizard_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def export(self, wizard_id):
        """Send the file that a dialog asks for, while the clients are being read.

        :param int wizard_id: id of a ``client.export.wizard`` of the same user
        """
        wizard = request.env["client.export.wizard"].browse(wizard_id).exists()
        if not wizard or not wizard.has_access("read"):
            raise request.not_found()
        export, wanted = wizard._get_export()
        # What can be refused is refused here: the file itself is made after the
        # answer has begun, when its status can no longer change.
        export.iter_file(**wanted)
        today = fields.Date.context_today(wizard)
        name = f"clients_{today}.{wanted['file_format']}"
        return request.make_response(
            self._stream(export.env, wanted),
            headers=[
                ("Content-Type", FORMATS[wanted["file_format"]]),
                ("Content-Disposition", content_disposition(name)),
            ],
        )

    def _stream(self, env, wanted):
        """The file, read with a cursor of its own: by the time that the server sends
        it the request is over and its cursor is closed."""
        registry, uid, context = env.registry, env.uid, dict(env.context)
        _logger.info(
            "Exporting for user %d at %s", uid, request.httprequest.remote_addr
        )

        def pieces():
            with registry.cursor(readonly=True) as cr:
                export = api.Environment(cr, uid, context)["client.export"]
                yield from export.iter_file(**wanted)

        return pieces()
