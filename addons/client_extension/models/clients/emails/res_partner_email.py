from odoo import api, models

from ....importer.text.fold import as_cell
from ....importer.text.letters import has_signs

#: fields that hold email addresses of a client
EMAILS = ("email", "client_invoice_email")


class ResPartner(models.Model):
    """The email addresses of a client are stored without invisible signs, as an import
    stores them: mail to an address that contains one does not arrive.

    Other partners keep what was typed.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _clean_client_emails(self, vals):
        """Take the invisible signs out of the addresses of a client.

        :param dict vals: values for ``create`` or ``write`` of clients
        :return: dict, the same or a changed copy
        """
        signed = {
            name: as_cell(text)
            for name in EMAILS
            if isinstance(text := vals.get(name), str) and has_signs(text)
        }
        return {**vals, **signed} if signed else vals

    def _split_client_emails(self, vals):
        """Take such signs out of what is written on those that are clients.

        :param dict vals: values for ``write``
        :return: list of pairs (``res.partner`` recordset, values to write on it)
        """
        cleaned = self._clean_client_emails(vals)
        if cleaned is vals:
            return [(self, vals)]
        if "client_status" in vals:
            return [(self, cleaned if vals["client_status"] else vals)]
        # Superuser: whoever changes the address of a partner need not be allowed to see
        # whether it is a client.
        clients = self.filtered(lambda partner: partner.sudo().client_status)
        pairs = [(clients, cleaned), (self - clients, vals)]
        return [(partners, values) for partners, values in pairs if partners]

    def _clean_kept_client_emails(self):
        """The same for addresses that these partners had before they were clients."""
        for partner in self:
            if partner.email and has_signs(partner.email):
                partner.email = as_cell(partner.email)
