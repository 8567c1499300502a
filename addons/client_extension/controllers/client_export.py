import json
import logging

from odoo import api, fields, http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

_logger = logging.getLogger(__name__)


class ClientExportController(http.Controller):
    @http.route("/client_extension/export", type="http", auth="user", methods=["POST"])
    def export(self, data, token=None):
        """Send the clients of a list as a CSV file while they are being read.

        :param str data: JSON object with ``domain``, ``ids`` (the selection, in place
            of the domain), ``company_ids`` and ``delimiter``, all optional
        :param token: what the web client adds to each download; not used
        """
        try:
            env, domain, delimiter = self._read_params(data)
            # What can be refused is refused here: the file itself is made after the
            # answer has begun, when its status can no longer change.
            env["client.export"].iter_csv(domain, delimiter)
            env["res.partner"].search_count(domain, limit=1)
        except UserError as error:
            return self._refuse(error)
        name = f"clients_{fields.Date.context_today(env['res.partner'])}.csv"
        return request.make_response(
            self._stream(env, domain, delimiter),
            headers=[
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", content_disposition(name)),
                # nginx would otherwise keep the file until it is complete
                ("X-Accel-Buffering", "no"),
            ],
        )

    def _read_params(self, data):
        """:return: environment, domain and separator of what was asked for"""
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
            domain,
            params.get("delimiter") or ";",
        )

    def _stream(self, env, domain, delimiter):
        """The file, read with a cursor of its own: by the time that the server sends
        it the request is over and its cursor is closed."""
        registry, uid, context = env.registry, env.uid, dict(env.context)
        address = request.httprequest.remote_addr

        def pieces():
            count = -1
            with registry.cursor(readonly=True) as cr:
                export = api.Environment(cr, uid, context)["client.export"]
                for piece in export.iter_csv(domain, delimiter):
                    count += 1
                    yield piece
            _logger.info("User %d exported %d clients to %s", uid, count, address)

        return pieces()

    def _refuse(self, error):
        """An answer that the web client shows as it shows every refusal."""
        payload = {
            "code": 0,
            "message": "Odoo Server Error",
            "data": http.serialize_exception(error),
        }
        return request.make_json_response(payload, status=403)
