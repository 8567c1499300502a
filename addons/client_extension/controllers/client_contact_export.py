from odoo import http

from .export_stream import send_list


class ClientContactExportController(http.Controller):
    @http.route(
        "/client_extension/export/contacts", type="http", auth="user", methods=["POST"]
    )
    def export_contacts(self, data, token=None):
        """Send the contacts of a list as a file while they are being read.

        :param str data: see :func:`.export_stream.send_list`
        :param token: what the web client adds to each download; not used
        """
        return send_list("client.contact.export", "contacts", data)
