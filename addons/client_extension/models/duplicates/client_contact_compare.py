from odoo import models
from odoo.exceptions import UserError


class ClientContact(models.Model):
    """From the lines of persons who are there twice to the page that merges them."""

    _inherit = "client.contact"  # pylint: disable=consider-merging-classes-inherited

    def action_client_compare(self):
        """Put the persons of these lines side by side, to be merged.

        :return: action of the page on which one chooses what stays
        """
        self.env["res.partner"]._check_client_user()
        lines = self.exists()
        lines.check_access("read")
        if len(lines.contact_id) < 2:
            raise UserError(
                self.env._(
                    "Select lines of at least two people: all of these belong "
                    "to the same person."
                )
            )
        return lines.contact_id.action_client_compare()
