from odoo import http
from odoo.http import request

from .export_stream import send_export


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
        return send_export(export, "clients", wanted)
