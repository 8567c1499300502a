from odoo import models
from odoo.fields import Domain


class ClientContact(models.Model):
    """Persons who live elsewhere than the client with whom they stand.

    Odoo shares the address of a child of type contact with its parent both ways; one
    of type other has its own. A role that is taken away changes nothing back: that
    would overwrite the address of the person.
    """

    _inherit = "client.contact"

    def _keep_own_addresses(self):
        """Take the persons of these lines who have such a role out of the exchange."""
        # Superuser: addresses are exchanged whoever may see the roles and the persons,
        # and the type is all that is written.
        lines = self.sudo().with_context(active_test=False)
        apart = lines.filtered(
            lambda line: (
                any(line.role_ids.mapped("keeps_own_address"))
                and line.contact_id.type == "contact"
                and line.contact_id.parent_id == line.client_id
            )
        )
        if apart:
            apart.contact_id.write({"type": "other"})

    def _get_own_addresses(self, persons):
        """With which clients these persons share no address.

        :param persons: ``res.partner`` recordset
        :return: set of pairs (id of the person, id of the client)
        """
        if not self.env["client.contact.role"]._any_keeps_own_address():
            return set()
        # Superuser: lines that the user may not see count all the same.
        lines = self.sudo().with_context(active_test=False)
        lines = lines.search(
            Domain("contact_id", "in", persons.ids)
            & Domain("role_ids.keeps_own_address", "=", True)
        )
        return {(line.contact_id.id, line.client_id.id) for line in lines}
