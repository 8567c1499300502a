import logging

from odoo import api, fields
from odoo.http import content_disposition, request

from ..models.exports.client_export import FORMATS

_logger = logging.getLogger(__name__)


def send_export(export, name, wanted):
    """A response that sends a file while its records are being read.

    Requests are refused here, with the error of ``iter_file``: the file itself is
    created after the response has started, when its status can no longer change.

    :param export: ``client.export`` or ``client.contact.export``, in the context of
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
