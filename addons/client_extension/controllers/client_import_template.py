from odoo import http
from odoo.http import content_disposition, request

from ..models.imports.client_import import GROUP


class ClientImportTemplateController(http.Controller):
    @http.route("/client_extension/import_template", type="http", auth="user")
    def import_template(self):
        """Send an empty import file with three examples."""
        if not request.env.user.has_group(GROUP):
            raise request.not_found()
        return request.make_response(
            request.env["client.import.template"]._get_template(),
            headers=[
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", content_disposition("clients_template.csv")),
            ],
        )
