from odoo import http

from odoo.addons.client_extension.controllers.export_stream import send_list


class ClientTripExportController(http.Controller):
    @http.route(
        "/client_extension_travel/export/trips",
        type="http",
        auth="user",
        methods=["POST"],
    )
    def export_trips(self, data, token=None):
        """Send the trips of a list as a file while they are being read.

        :param str data: see ``send_list``
        :param token: what the web client adds to each download; not used
        """
        return send_list("client.trip.export", "trips", data)

    @http.route(
        "/client_extension_travel/export/participants",
        type="http",
        auth="user",
        methods=["POST"],
    )
    def export_participants(self, data, token=None):
        """Send the participants of the trips of a list as a file while they are being
        read.

        :param str data: see ``send_list``
        :param token: what the web client adds to each download; not used
        """
        return send_list("client.trip.participant.export", "participants", data)
