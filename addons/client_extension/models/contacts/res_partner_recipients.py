from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Who is mailed the documents of a client: the contacts whose role says so."""

    _inherit = "res.partner"

    client_has_invoice_contact = fields.Boolean(
        string="Invoices Sent to a Contact",
        compute="_compute_client_has_invoice_contact",
        search="_search_client_has_invoice_contact",
        groups="base.group_user",
    )

    # Not on the values of the person: each partner that is written would be asked for
    # its clients.
    @api.depends(
        "client_contact_ids.contact_id",
        "client_contact_ids.role_ids",
        "client_contact_ids.date_start",
        "client_contact_ids.date_end",
    )
    def _compute_client_has_invoice_contact(self):
        found = self.with_context(active_test=False).search(
            Domain("id", "in", self.ids)
            & self._get_recipients_known_domain("gets_invoices")
        )
        ids = set(found.ids)
        for partner in self:
            partner.client_has_invoice_contact = partner._origin.id in ids

    @api.model
    def _search_client_has_invoice_contact(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_recipients_known_domain("gets_invoices")

    @api.model
    def _get_recipients_known_domain(self, right):
        """:return: ``Domain`` of the partners for whom :meth:`_get_client_recipients`
        finds somebody"""
        known = Domain(
            "client_contact_ids",
            "any",
            self.env["client.contact"]._get_recipient_domain(right),
        )
        below = Domain("parent_id", "!=", False)
        return known | (below & Domain("commercial_partner_id", "any", known))

    def _get_client_recipients(self, right):
        """The contacts who get a kind of document of this client.

        Called in the name of whoever sends the document: who may send it needs not
        be able to read the contacts one by one.

        :param str right: a boolean of the roles, such as ``gets_invoices``
        :return: persons with an e-mail address who have such a role today, in
            superuser mode; overridden where others get documents as well
        """
        self.ensure_one()
        domain = self.env["client.contact"]._get_recipient_domain(right)
        # Superuser: who sends an invoice need not see the Clients app.
        lines = self.env["client.contact"].sudo()
        for client in dict.fromkeys((self, self.commercial_partner_id)):
            if found := lines.search(domain & Domain("client_id", "=", client.id)):
                return found.contact_id
        return lines.contact_id

    def _replace_client_recipients(self, recipients, right):
        """Put the contacts with a role in the place of the client.

        The client itself gets the document only where no contact does. Whoever else
        was to get it stays: an address chosen on the document, a copy of a template.

        :param recipients: ``res.partner`` recordset chosen so far
        :param str right: see :meth:`_get_client_recipients`
        :return: ``res.partner`` recordset in the environment of `recipients`
        """
        self.ensure_one()
        contacts = self._get_client_recipients(right).with_env(recipients.env)
        if not contacts:
            return recipients
        return contacts | (recipients - self.commercial_partner_id)
