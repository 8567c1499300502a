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
        help="Contacts of this client in Odoo that are not listed here.",
    )
    client_line_removed = fields.Boolean(
        copy=False,
        groups="base.group_user",
        export_string_translation=False,
        help="A user removed this person from the contacts of the parent client.",
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

    # Who is the main contact changes with the day as well: nothing of it is stored.

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

    @api.depends("child_ids", "client_contact_ids.contact_id")
    def _compute_client_other_contact_count(self):
        for partner in self:
            partner.client_other_contact_count = len(partner._get_other_contacts())

    def _get_other_contacts(self):
        """:return: Odoo's own contacts of this client that have no line with it, less
        those whose line somebody removed"""
        self.ensure_one()
        persons = self.child_ids.filtered(
            lambda child: child.active and child.type == "contact" and child.name
        )
        persons = persons.filtered(
            lambda child: not (child.is_company or child.client_line_removed)
        )
        return persons - self.client_contact_ids.contact_id

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

    def write(self, vals):
        # Who was removed from the contacts of one client is offered to another one.
        # Superuser: the mark says something of the line alone.
        marked = self.sudo().browse(self.ids if "parent_id" in vals else ())
        if marked := marked.filtered("client_line_removed"):
            marked.client_line_removed = False
        return super().write(vals)

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
