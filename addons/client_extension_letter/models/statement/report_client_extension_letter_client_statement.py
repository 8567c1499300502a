from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.client_extension.models.sheets import (
    report_client_extension_client_sheet as sheet,
)

#: Statements of one file: beyond, a file takes longer to print than a request may last.
MOST_STATEMENTS = 500


class ReportClientExtensionLetterClientStatement(models.AbstractModel):
    """The statements of account of some clients, in one file."""

    _name = "report.client_extension_letter.client_statement"
    _description = "Statement of Account"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: dict for the template: ``statements``, see
            ``_prepare_client_statements``, ``company``, ``window``, ``zoom``,
            ``base_url`` and the heights of the titles
        :raise AccessError: when the user may not read what the clients owe
        :raise UserError: for more statements than fit in one file
        """
        clients = sheet.get_printed_clients(self.env, docids)
        clients._check_client_statement()
        if len(clients) > MOST_STATEMENTS:
            raise UserError(
                self.env._(
                    "You selected %(count)s clients. Print at most %(most)s statements "
                    "at once: filter them, for example by business unit.",
                    count=len(clients),
                    most=MOST_STATEMENTS,
                )
            )
        company = self.env.company
        return {
            "statements": clients._prepare_client_statements(),
            "company": company,
            "window": company._get_client_letter_window(),
            "zoom": self.env["ir.actions.report"]._get_client_letter_zoom(),
            "base_url": clients[:1].get_base_url(),
        }
