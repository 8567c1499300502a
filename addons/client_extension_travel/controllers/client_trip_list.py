from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request


class ClientTripListController(http.Controller):
    @http.route(
        "/client_extension_travel/list/<int:wizard_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def download_list(self, wizard_id):
        """Send the list that a dialog asks for as CSV; it is stored nowhere.

        :param int wizard_id: id of a ``client.trip.list`` of the same user
        """
        wizard = request.env["client.trip.list"].browse(wizard_id).exists()
        if not wizard or not wizard.has_access("read"):
            raise request.not_found()
        try:
            content = wizard._write_csv()
        except UserError as error:
            raise request.not_found() from error
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "text/csv; charset=utf-8"),
                (
                    "Content-Disposition",
                    content_disposition(f"{wizard._get_file_name()}.csv"),
                ),
                ("Cache-Control", "no-store"),
            ],
        )
