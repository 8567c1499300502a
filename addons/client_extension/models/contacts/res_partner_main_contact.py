from odoo import api, fields, models
from odoo.tools import groupby

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
    """What is known of the main contact, for lists, exports and imports of clients."""

    _inherit = "res.partner"

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

    # Not on the values of the person: each partner that is written would be asked for
    # its clients. Nothing but lists and files, which read anew, shows these.
    @api.depends(
        "client_contact_ids.is_main",
        "client_contact_ids.date_end",
        "client_contact_ids.contact_id",
        "client_contact_ids.role_ids",
    )
    def _compute_client_contact(self):
        mains = self.client_contact_ids._filter_main()
        by_client = dict(groupby(mains, lambda line: line.client_id))
        # Most of a page have none: what is empty is set for all of them at once.
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
            # Which data the company asks for is no secret to who sees its clients.
            company = (partner.company_id or self.env.company).sudo()
            partner.client_asks_main_contact = bool(
                asks and company._get_main_contact_fields()
            )

    def action_client_add_main_contact(self):
        """Open the dialog of a contact, for the main contact of this client."""
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
