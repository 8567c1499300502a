import json
import logging

from odoo import api, fields, http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..models.exports.client_export import FORMATS

_logger = logging.getLogger(__name__)


def send_export(export, name, wanted):
    """A response that sends a file while its records are being read.

    Requests are refused here, with the error of ``iter_file``: the file itself is
    created after the response has started, when its status can no longer change.

    :param export: ``client.export`` or a ``client.record.export``, in the context of
        the file
    :param str name: of the file, before its date
    :param dict wanted: parameters of ``iter_file``
    :return: response of Odoo's http
    """
    export.iter_file(**wanted)
    today = fields.Date.context_today(export.env["res.partner"])
    file_format = wanted["file_format"]
    return request.make_response(
        _stream(export, wanted),
        headers=[
            ("Content-Type", FORMATS[file_format]),
            (
                "Content-Disposition",
                content_disposition(f"{name}_{today}.{file_format}"),
            ),
            # nginx would otherwise keep the file until it is complete
            ("X-Accel-Buffering", "no"),
        ],
    )


def _stream(export, wanted):
    """The file, read with a separate cursor: when the server sends it, the request is
    over and its cursor is closed."""
    model, registry, uid = export._name, export.env.registry, export.env.uid
    context = dict(export.env.context)
    address = request.httprequest.remote_addr
    _logger.info("User %d exports %s to %s", uid, model, address)

    def pieces():
        with registry.cursor(readonly=True) as cr:
            yield from api.Environment(cr, uid, context)[model].iter_file(**wanted)

    return pieces()


def send_list(model, name, data):
    """A response that sends what a list of the web client shows, or its selection.

    :param str model: name of a ``client.record.export``
    :param str name: of the file, before its date
    :param str data: JSON object with ``format`` (csv or xlsx), ``domain``, ``ids``
        (the selection, in place of the domain) and ``company_ids``, all optional
    :return: response of Odoo's http
    """
    try:
        env, wanted = _read_wanted(data)
        # Companies that the user does not belong to are refused once they are used.
        env.company.ensure_one()
        return send_export(env[model], name, wanted)
    except UserError as error:
        return _refuse(error)


def _read_wanted(data):
    """:return: pair (environment, dict of the parameters of ``iter_file``)"""
    try:
        params = json.loads(data)
        context = {"lang": request.env.lang}
        if params.get("company_ids"):
            context["allowed_company_ids"] = [int(i) for i in params["company_ids"]]
        domain = params.get("domain") or []
        if params.get("ids"):
            domain = [("id", "in", [int(i) for i in params["ids"]])]
        env = request.env(context={**request.env.context, **context})
        file_format = str(params.get("format") or "csv")
        return env, {"file_format": file_format, "domain": domain}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        sentence = request.env._("This is not a valid filter: %s", error)
        raise UserError(sentence) from error


def _refuse(error):
    """A response that the web client shows like any other error."""
    payload = {
        "code": 0,
        "message": "Odoo Server Error",
        "data": http.serialize_exception(error),
    }
    return request.make_json_response(payload, status=403)
