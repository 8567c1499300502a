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
            ``_prepare_client_statements``, ``letters`` by the id of their client,
            ``company``, ``window``, ``zoom`` and ``base_url``
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
            "letters": self._get_letters(clients),
            "company": company,
            "window": company._get_client_letter_window(),
            "zoom": self.env["ir.actions.report"]._get_client_letter_zoom(),
            "base_url": clients[:1].get_base_url(),
        }

    @api.model
    def _get_letters(self, clients):
        """:return: dict ``{client id: client.letter}``, the letters that are printed
        before the statements of these clients"""
        ids = self.env.context.get("client_statement_letters")
        known = [one for one in ids or () if isinstance(one, int)]
        # As the browser says: only those that the user may read.
        letters = self.env["client.letter"].browse(known).exists()
        return {
            letter.client_id.id: letter
            for letter in letters._filtered_access("read")
            if letter.client_id in clients
        }
