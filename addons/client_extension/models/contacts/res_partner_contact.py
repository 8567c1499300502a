from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import groupby

APP_GROUPS = (
    "client_extension.group_client_user,account.group_account_invoice,"
    "account.group_account_readonly"
)

# Field of the client -> field of the line that it shows.
SHOWN = {
    "client_contact_first_name": "first_name",
    "client_contact_last_name": "last_name",
    "client_contact_email": "email",
    "client_contact_phone": "phone",
    "client_contact_mobile": "mobile",
    "client_contact_job": "function",
    "client_contact_role_ids": "role_ids",
}


class ResPartner(models.Model):
    """The contacts of a client: the lines, the main contact, recipients of
    documents."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_contact_ids = fields.One2many(
        "client.contact",
        "client_id",
        string="Contacts & Roles",
        groups="base.group_user",
    )
    client_of_ids = fields.One2many(
        "client.contact",
        "contact_id",
        string="Contact Of",
        groups="base.group_user",
    )
    client_contact_count = fields.Integer(
        compute="_compute_client_contact_count", groups=APP_GROUPS
    )
    client_of_count = fields.Integer(
        compute="_compute_client_of_count", groups=APP_GROUPS
    )
    client_main_contact_id = fields.Many2one(
        "res.partner",
        string="Main Contact",
        compute="_compute_client_main_contact_id",
        search="_search_client_main_contact_id",
        groups="base.group_user",
    )
    client_other_contact_count = fields.Integer(
        compute="_compute_client_other_contact_count",
        groups="base.group_user",
        export_string_translation=False,
        help="Contacts of this client in Odoo that are not listed here.",
    )
    client_line_removed = fields.Boolean(
        copy=False,
        groups="base.group_user",
        export_string_translation=False,
        help="A user removed this person from the contacts of the parent client.",
    )
    # Also counts lines that are entered and not stored yet, for the next one.
    client_has_main_contact = fields.Boolean(
        compute="_compute_client_has_main_contact",
        groups="base.group_user",
        export_string_translation=False,
    )

    # The data of the main contact, for lists, exports and imports of clients.
    client_contact_first_name = fields.Char(
        "Contact First Name",
        compute="_compute_client_contact",
        groups="base.group_user",
    )
    client_contact_last_name = fields.Char(
        "Contact Last Name", compute="_compute_client_contact", groups="base.group_user"
    )
    client_contact_email = fields.Char(
        "Contact Email", compute="_compute_client_contact", groups="base.group_user"
    )
    client_contact_phone = fields.Char(
        "Contact Phone", compute="_compute_client_contact", groups="base.group_user"
    )
    client_contact_mobile = fields.Char(
        "Contact Mobile", compute="_compute_client_contact", groups="base.group_user"
    )
    client_contact_job = fields.Char(
        "Contact Job", compute="_compute_client_contact", groups="base.group_user"
    )
    client_contact_role_ids = fields.Many2many(
        "client.contact.role",
        string="Contact Roles",
        compute="_compute_client_contact",
        groups="base.group_user",
    )
    client_asks_main_contact = fields.Boolean(
        compute="_compute_client_asks_main_contact",
        groups="base.group_user",
        export_string_translation=False,
    )
    client_has_invoice_contact = fields.Boolean(
        string="Invoices Sent to a Contact",
        compute="_compute_client_has_invoice_contact",
        search="_search_client_has_invoice_contact",
        groups="base.group_user",
    )

    @api.depends("client_contact_ids")
    def _compute_client_contact_count(self):
        self._count_contact_lines("client_id", "client_contact_count")

    @api.depends("client_of_ids")
    def _compute_client_of_count(self):
        self._count_contact_lines("contact_id", "client_of_count")

    def _count_contact_lines(self, side, name):
        """Count the lines of these partners in one query.

        :param str side: ``client_id`` or ``contact_id``: the field that holds the
            partners
        :param str name: the field that stores the number
        """
        groups = self.env["client.contact"]._read_group(
            [(side, "in", self.ids)], [side], ["__count"]
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner[name] = counts.get(partner._origin.id, 0)

    # The main contact also depends on the date, so nothing is stored.

    @api.depends(
        "client_contact_ids.is_main",
        "client_contact_ids.date_end",
        "client_contact_ids.contact_id",
    )
    def _compute_client_main_contact_id(self):
        for partner in self:
            lines = partner.client_contact_ids._filter_main()
            partner.client_main_contact_id = lines.contact_id[:1]

    @api.depends("client_contact_ids.is_main", "client_contact_ids.date_end")
    def _compute_client_has_main_contact(self):
        for partner in self:
            mains = partner.client_contact_ids._filter_main()
            partner.client_has_main_contact = bool(mains)

    @api.model
    def _search_client_main_contact_id(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        main = self.env["client.contact"]._get_main_domain()
        domain = Domain(
            "client_contact_ids", "any", main & Domain("contact_id", operator, value)
        )
        if operator == "in" and False in value:
            domain |= Domain("client_contact_ids", "not any", main)
        return domain

    # No dependency on the values of the person: each write on a partner would look up
    # its clients. Only lists and files show these fields, and they read them again.
    @api.depends(
        "client_contact_ids.is_main",
        "client_contact_ids.date_end",
        "client_contact_ids.contact_id",
        "client_contact_ids.role_ids",
    )
    def _compute_client_contact(self):
        mains = self.client_contact_ids._filter_main()
        by_client = dict(groupby(mains, lambda line: line.client_id))
        # Most records of a page have none: set the empty values for all at once.
        for name in SHOWN:
            self[name] = False
        for partner in self.filtered(by_client.get):
            for name, shown in SHOWN.items():
                partner[name] = by_client[partner][0][shown]

    @api.depends("is_company", "client_status", "client_has_main_contact", "company_id")
    @api.depends_context("company")
    def _compute_client_asks_main_contact(self):
        for partner in self:
            asks = (
                partner.is_company
                and partner.client_status
                and not partner.client_has_main_contact
            )
            # Superuser: users who see the clients may know which data the company
            # requires.
            company = (partner.company_id or self.env.company).sudo()
            partner.client_asks_main_contact = bool(
                asks and company._get_main_contact_fields()
            )

    @api.depends("child_ids", "client_contact_ids.contact_id")
    def _compute_client_other_contact_count(self):
        for partner in self:
            partner.client_other_contact_count = len(partner._get_other_contacts())

    def _get_other_contacts(self):
        """:return: Odoo's own contacts of this client that have no line with it, except
        those whose line was removed"""
        self.ensure_one()
        persons = self.child_ids.filtered(
            lambda child: child.active and child.type == "contact" and child.name
        )
        persons = persons.filtered(
            lambda child: not (child.is_company or child.client_line_removed)
        )
        return persons - self.client_contact_ids.contact_id

    def _forget_removed_lines(self):
        """Offer them to another client: their line was removed from the former one."""
        # Superuser: the mark is only about the line.
        if marked := self.sudo().filtered("client_line_removed"):
            marked.client_line_removed = False

    # Actions

    def action_client_contacts(self):
        """Open the contacts of this client, with their roles."""
        self.ensure_one()
        action = self._get_client_contact_action()
        action["domain"] = [("client_id", "=", self.id)]
        action["context"] = {"default_client_id": self.id}
        return action

    def action_client_of(self):
        """Open the clients that this person is a contact of."""
        self.ensure_one()
        action = self._get_client_contact_action()
        action["domain"] = [("contact_id", "=", self.id)]
        action["context"] = {"default_contact_id": self.id}
        return action

    def action_client_add_contacts(self):
        """Add a line for each of Odoo's own contacts of these clients."""
        self._check_client_user()
        self.env["client.contact"].create(
            [
                {"client_id": client.id, "contact_id": person.id}
                for client in self
                for person in client._get_other_contacts()
            ]
        )
        return True

    def action_client_add_main_contact(self):
        """Open the contact dialog for the main contact of this client."""
        self.ensure_one()
        self._check_client_user()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Main Contact"),
            "res_model": "client.contact",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_client_id": self.id,
                "default_is_main": True,
                "client_contact_dialog": True,
                "client_is_company": self.is_company,
            },
        }

    @api.model
    def _get_client_contact_action(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.client_contact_action"
        )

    # Recipients

    # No dependency on the values of the person: each write on a partner would look up
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
        """:return: ``Domain`` of the partners for which :meth:`_get_client_recipients`
        finds someone"""
        known = Domain(
            "client_contact_ids",
            "any",
            self.env["client.contact"]._get_recipient_domain(right),
        )
        below = Domain("parent_id", "!=", False)
        return known | (below & Domain("commercial_partner_id", "any", known))

    def _get_client_recipients(self, right):
        """The contacts who receive a kind of document of this client.

        Called as the user who sends the document, who may not have access to each of
        the contacts.

        :param str right: a boolean of the roles, such as ``gets_invoices``
        :return: persons with an email address who have such a role today, in superuser
            mode; overridden where others receive documents as well
        """
        self.ensure_one()
        domain = self.env["client.contact"]._get_recipient_domain(right)
        # Superuser: a user who sends an invoice may not have access to the Clients app.
        lines = self.env["client.contact"].sudo()
        for client in dict.fromkeys((self, self.commercial_partner_id)):
            # A dialog that is not saved yet asks for its own copy of a client.
            mine = Domain("client_id", "=", client._origin.id)
            if found := lines.search(domain & mine):
                return found.contact_id
        return lines.contact_id

    def _replace_client_recipients(self, recipients, right):
        """Replace the client with the contacts who have a role.

        The client itself receives the document only if no contact does. Other
        recipients stay: an address chosen on the document, a copy of a template.
        Contacts who are hidden from the user are left out: Odoo shows each recipient to
        the sender.

        :param recipients: ``res.partner`` recordset chosen so far
        :param str right: see :meth:`_get_client_recipients`
        :return: ``res.partner`` recordset in the environment of `recipients`
        """
        self.ensure_one()
        contacts = self._get_client_recipients(right).with_env(recipients.env)
        contacts = contacts._filter_client_visible()
        if not contacts:
            return recipients
        return contacts | (recipients - self.commercial_partner_id)

    def _filter_client_visible(self):
        """:return: those of these partners whom the user is allowed to see, also where
        Odoo computes something as superuser; all, if the user is not an employee:
        what customers cause is sent automatically"""
        user = self.env.user
        if not user._is_internal():
            return self
        return self.with_user(user)._filtered_access("read").with_env(self.env)

    def _get_client_hidden_note(self, right):
        """Which of these clients have recipients whom the user is not allowed to see.

        :param str right: see :meth:`_get_client_recipients`
        :return: str, a sentence for the dialog that sends a document, or False
        """
        hidden = {}
        for partner in self:
            contacts = partner._get_client_recipients(right).with_env(self.env)
            if count := len(contacts - contacts._filter_client_visible()):
                hidden[partner.commercial_partner_id] = count
        if not hidden:
            return False
        return self.env._(
            "Some contacts who receive these documents are hidden from you, so they "
            "are not among the recipients: %s.",
            ", ".join(
                f"{client.display_name} ({count})" for client, count in hidden.items()
            ),
        )
