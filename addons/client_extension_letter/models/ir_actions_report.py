import io

from odoo import api, models
from odoo.tools import split_every
from odoo.tools.pdf import merge_pdf

from odoo.addons.base.models.ir_actions_report import _wkhtml

LETTER = "client_extension_letter.report_client_letter"
REPORTS = (
    LETTER,
    "client_extension_letter.client_statement",
    "client_extension_letter.report_client_letter_test",
    "client_extension_letter.report_client_labels",
    "client_extension_letter.report_client_envelopes_c5",
    "client_extension_letter.report_client_envelopes_dl",
    "client_extension_letter.report_client_envelopes_c6_5",
)
#: documents that the program prints in one run
MOST = 500
#: Qt without patches prints a millimetre of a page as 0.768 of one
UNPATCHED_ZOOM = 1.3014


class IrActionsReport(models.Model):
    """Letters are laid out in millimetres and have a page of their own, without the
    style sheets, headers and footers of Odoo's documents."""

    _inherit = "ir.actions.report"

    @api.model
    def _get_client_letter_zoom(self):
        """:return: float, by how much a letter is enlarged so that the program which
        makes the PDF prints true millimetres
        """
        return 1 if _wkhtml().is_patched_qt else UNPATCHED_ZOOM

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        unavailable = self.get_wkhtmltopdf_state() == "install"
        if report.report_name not in REPORTS or unavailable:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        # One page after the other in one run of the program: a run takes a second, a
        # page some milliseconds. Very many are split, for the memory that they take.
        files = []
        for some in split_every(MOST, res_ids or []):
            html = self._render_qweb_html(report_ref, some, data=data)[0]
            files.append(self._run_wkhtmltopdf([html.decode()], report_ref=report_ref))
        if report.report_name == LETTER:
            letters = self.env["client.letter"].browse(res_ids)
            files += letters._get_printed_enclosures()
        content = files[0] if len(files) == 1 else merge_pdf(files)
        return {False: {"stream": io.BytesIO(content), "attachment": None}}
