from ast import literal_eval

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class ClientExport(models.AbstractModel):
    """What is refused before a file begins: later its reader could not be told."""

    _inherit = "client.export"

    def _check_export_right(self):
        if not self.has_export_right():
            raise AccessError(
                self.env._(
                    "You are not allowed to export clients. Ask an "
                    "administrator for access."
                )
            )

    def _parse_domain(self, domain):
        """Run it once: rights to its fields, and values that are none, show only then.

        :param domain: a list, or a text as a user types it
        :return: ``Domain`` of the clients that it finds
        """
        try:
            domain = Domain(literal_eval(domain) if isinstance(domain, str) else domain)
            domain.validate(self.env["res.partner"])
            domain = self._get_client_export_domain(domain)
            self.env["res.partner"].search(domain, limit=1, order="id")
        except (ValueError, TypeError, SyntaxError) as error:
            raise UserError(
                self.env._("This is not a valid filter on clients: %s", error)
            ) from error
        return domain

    def _check_delimiter(self, delimiter):
        if len(delimiter) != 1 or delimiter in '"\r\n':
            raise UserError(self.env._("The separator must be a single character."))

    def _check_encoding(self, encoding):
        try:
            "".encode(encoding)
        except LookupError as error:
            raise UserError(
                self.env._("There is no encoding named “%s”.", encoding)
            ) from error
