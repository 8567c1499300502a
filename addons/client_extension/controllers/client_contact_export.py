import json
import logging

from odoo import api, fields, http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..models.exports.client_export_xlsx import FORMATS

_logger = logging.getLogger(__name__)


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
            # What can be refused is refused here: the file itself is made after the
            # answer has begun, when its status can no longer change. Companies that
            # are not the user's are found out when somebody asks for them.
            env["client.contact.export"].with_company(env.company).iter_file(*wanted)
        except UserError as error:
            return self._refuse(error)
        today = fields.Date.context_today(env["res.partner"])
        name = f"contacts_{today}.{wanted[0]}"
        return request.make_response(
            self._stream(env, wanted),
            headers=[
                ("Content-Type", FORMATS[wanted[0]]),
                ("Content-Disposition", content_disposition(name)),
                # nginx would otherwise keep the file until it is complete
                ("X-Accel-Buffering", "no"),
            ],
        )

    def _get_wanted(self, data):
        """:return: environment, and format and domain of what is wanted"""
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
            return env, (str(params.get("format") or "csv"), domain)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            sentence = request.env._(
                "This is not a valid filter on contacts: %s", error
            )
            raise UserError(sentence) from error

    def _stream(self, env, wanted):
        """The file, read with a cursor of its own: by the time that the server sends
        it the request is over and its cursor is closed."""
        registry, uid, context = env.registry, env.uid, dict(env.context)
        address = request.httprequest.remote_addr

        def pieces():
            with registry.cursor(readonly=True) as cr:
                export = api.Environment(cr, uid, context)["client.contact.export"]
                yield from export.iter_file(*wanted)
            _logger.info("User %d exported contacts to %s", uid, address)

        return pieces()

    def _refuse(self, error):
        """An answer that the web client shows as it shows every refusal."""
        payload = {
            "code": 0,
            "message": "Odoo Server Error",
            "data": http.serialize_exception(error),
        }
        return request.make_json_response(payload, status=403)
