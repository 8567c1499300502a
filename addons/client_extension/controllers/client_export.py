import json
import logging

from odoo import api, fields, http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..models.client_export_xlsx import FORMATS

_logger = logging.getLogger(__name__)


class ClientExportController(http.Controller):
    @http.route("/client_extension/export", type="http", auth="user", methods=["POST"])
    def export(self, data, token=None):
        """Send the clients of a list as a file while they are being read.

        :param str data: JSON object with ``format`` (csv or xlsx), ``domain``, ``ids``
            (the selection, in place of the domain), ``company_ids`` and ``delimiter``,
            all optional
        :param token: what the web client adds to each download; not used
        """
        try:
            env, wanted = self._get_wanted(data)
            # What can be refused is refused here: the file itself is made after the
            # answer has begun, when its status can no longer change.
            env["client.export"].iter_file(**wanted)
        except UserError as error:
            return self._refuse(error)
        today = fields.Date.context_today(env["res.partner"])
        name = f"clients_{today}.{wanted['file_format']}"
        return request.make_response(
            self._stream(env, wanted),
            headers=[
                ("Content-Type", FORMATS[wanted["file_format"]]),
                ("Content-Disposition", content_disposition(name)),
                # nginx would otherwise keep the file until it is complete
                ("X-Accel-Buffering", "no"),
            ],
        )

    def _get_wanted(self, data):
        """Read the parameters; those that are none are refused in a sentence."""
        try:
            return self._read_params(data)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            sentence = request.env._("This is no filter on clients: %s", error)
            raise UserError(sentence) from error

    def _read_params(self, data):
        """:return: environment, and what ``iter_file`` needs"""
        params = json.loads(data)
        context = {"lang": request.env.lang}
        if params.get("company_ids"):
            context["allowed_company_ids"] = [int(i) for i in params["company_ids"]]
        domain = params.get("domain") or []
        if params.get("ids"):
            # Who selects archived clients by hand wants them.
            context["active_test"] = False
            domain = [("id", "in", [int(i) for i in params["ids"]])]
        return (
            request.env(context={**request.env.context, **context}),
            {
                "file_format": str(params.get("format") or "csv"),
                "domain": domain,
                "delimiter": str(params.get("delimiter") or ";"),
            },
        )

    def _stream(self, env, wanted):
        """The file, read with a cursor of its own: by the time that the server sends
        it the request is over and its cursor is closed."""
        registry, uid, context = env.registry, env.uid, dict(env.context)
        address = request.httprequest.remote_addr

        def pieces():
            with registry.cursor(readonly=True) as cr:
                export = api.Environment(cr, uid, context)["client.export"]
                yield from export.iter_file(**wanted)
            _logger.info("User %d got a file of clients at %s", uid, address)

        return pieces()

    def _refuse(self, error):
        """An answer that the web client shows as it shows every refusal."""
        payload = {
            "code": 0,
            "message": "Odoo Server Error",
            "data": http.serialize_exception(error),
        }
        return request.make_json_response(payload, status=403)
