from odoo import models
from odoo.exceptions import UserError


class ClientContact(models.Model):
    """Opens the page that merges persons who are duplicates, from their lines."""

    _inherit = "client.contact"  # pylint: disable=consider-merging-classes-inherited

    def action_client_compare(self):
        """Compare the persons of these lines side by side, to merge them.

        :return: action of the page where the user chooses which values to keep
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
