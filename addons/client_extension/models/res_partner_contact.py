from odoo import api, fields, models
from odoo.fields import Domain

APP_GROUPS = (
    "client_extension.group_client_user,account.group_account_invoice,"
    "account.group_account_readonly"
)


class ResPartner(models.Model):
    _inherit = "res.partner"

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
        help="Persons whom Odoo has below this client and who have no line here.",
    )
    # Also of lines that are typed and not stored yet, for the next one.
    client_has_main_contact = fields.Boolean(
        compute="_compute_client_has_main_contact",
        groups="base.group_user",
        export_string_translation=False,
    )

    @api.depends("client_contact_ids")
    def _compute_client_contact_count(self):
        self._count_contact_lines("client_id", "client_contact_count")

    @api.depends("client_of_ids")
    def _compute_client_of_count(self):
        self._count_contact_lines("contact_id", "client_of_count")

    def _count_contact_lines(self, side, name):
        """Count the lines of these partners in one query.

        :param str side: ``client_id`` or ``contact_id``: what the partners are there
        :param str name: the field that takes the number
        """
        groups = self.env["client.contact"]._read_group(
            [(side, "in", self.ids)], [side], ["__count"]
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner[name] = counts.get(partner._origin.id, 0)

    @api.depends("client_contact_ids.is_main", "client_contact_ids.contact_id")
    def _compute_client_main_contact_id(self):
        for partner in self:
            lines = partner.client_contact_ids.filtered("is_main")
            partner.client_main_contact_id = lines.contact_id[:1]

    @api.depends("client_contact_ids.is_main")
    def _compute_client_has_main_contact(self):
        for partner in self:
            mains = partner.client_contact_ids.filtered("is_main")
            partner.client_has_main_contact = bool(mains)

    @api.depends("child_ids", "client_contact_ids.contact_id")
    def _compute_client_other_contact_count(self):
        for partner in self:
            partner.client_other_contact_count = len(partner._get_other_contacts())

    def _get_other_contacts(self):
        """:return: Odoo's own contacts of this client that have no line with it"""
        self.ensure_one()
        persons = self.child_ids.filtered(
            lambda child: child.active and child.type == "contact" and child.name
        )
        persons = persons.filtered(lambda child: not child.is_company)
        return persons - self.client_contact_ids.contact_id

    @api.model
    def _search_client_main_contact_id(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        main = Domain("is_main", "=", True)
        domain = Domain(
            "client_contact_ids", "any", main & Domain("contact_id", operator, value)
        )
        if operator == "in" and False in value:
            domain |= Domain("client_contact_ids", "not any", main)
        return domain

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        # Where a person is looked for, the number on their card finds them as well.
        by_phone = self.env.context.get("client_find_by_phone")
        if not by_phone or operator != "ilike" or not isinstance(value, str):
            return domain
        if sum(char.isdigit() for char in value) >= self._phone_search_min_length:
            domain |= Domain("phone_mobile_search", "ilike", value)
        return domain

    # Actions

    def action_client_contacts(self):
        """The persons who stand with this client, and their roles."""
        self.ensure_one()
        action = self._get_client_contact_action()
        action["domain"] = [("client_id", "=", self.id)]
        action["context"] = {"default_client_id": self.id}
        return action

    def action_client_of(self):
        """The clients with whom this person stands."""
        self.ensure_one()
        action = self._get_client_contact_action()
        action["domain"] = [("contact_id", "=", self.id)]
        action["context"] = {"default_contact_id": self.id}
        return action

    def action_client_add_contacts(self):
        """Give a line to each of Odoo's own contacts of these clients."""
        self._check_client_user()
        self.env["client.contact"].create(
            [
                {"client_id": client.id, "contact_id": person.id}
                for client in self
                for person in client._get_other_contacts()
            ]
        )
        return True

    @api.model
    def _get_client_contact_action(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.client_contact_action"
        )

    # Recipients

    def _get_client_recipients(self, right):
        """The contacts who get a kind of document of this client.

        Called in the name of whoever sends the document: who may send it needs not
        be able to read the contacts one by one.

        :param str right: a boolean of the roles, such as ``gets_invoices``
        :return: persons with an e-mail address who have such a role today, in
            superuser mode; overridden where others get documents as well
        """
        self.ensure_one()
        domain = self.env["client.contact"]._get_current_domain()
        domain &= Domain(f"role_ids.{right}", "=", True)
        domain &= Domain("contact_id.email", "!=", False)
        domain &= Domain("contact_id.active", "=", True)
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
