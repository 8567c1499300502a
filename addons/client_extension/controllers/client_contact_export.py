import json

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .export_stream import send_export


class ClientContactExportController(http.Controller):
    @http.route(
        "/client_extension/export/contacts", type="http", auth="user", methods=["POST"]
    )
    def export_contacts(self, data, token=None):
        """Send the contacts of a list as a file while they are being read.

        :param str data: JSON object with ``format`` (csv or xlsx), ``domain``, ``ids``
            (the selection, in place of the domain) and ``company_ids``, all optional
        :param token: what the web client adds to each download; not used
        """
        try:
            env, wanted = self._get_wanted(data)
            # Companies that the user does not belong to are refused once they are used.
            env.company.ensure_one()
            return send_export(env["client.contact.export"], "contacts", wanted)
        except UserError as error:
            return self._refuse(error)

    def _get_wanted(self, data):
        """:return: pair (environment, dict of the parameters of ``iter_file``)"""
        try:
            params = json.loads(data)
            context = {"lang": request.env.lang}
            if params.get("company_ids"):
                ids = [int(i) for i in params["company_ids"]]
                context["allowed_company_ids"] = ids
            domain = params.get("domain") or []
            if params.get("ids"):
                domain = [("id", "in", [int(i) for i in params["ids"]])]
            env = request.env(context={**request.env.context, **context})
            file_format = str(params.get("format") or "csv")
            return env, {"file_format": file_format, "domain": domain}
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            sentence = request.env._(
                "This is not a valid filter on contacts: %s", error
            )
            raise UserError(sentence) from error

    def _refuse(self, error):
        """A response that the web client shows like any other error."""
        payload = {
            "code": 0,
            "message": "Odoo Server Error",
            "data": http.serialize_exception(error),
        }
        return request.make_json_response(payload, status=403)
