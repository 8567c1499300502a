from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    """What the house knows of a client is for its employees: a portal user, who
    reads the own record, never sees how it is classified."""

    _inherit = "res.partner"

    client_status = fields.Selection(
        [("prospect", "Prospect"), ("client", "Client")],
        index="btree_not_null",
        copy=True,
        tracking=True,
        groups="base.group_user",
        help="Empty for contacts that are neither a prospect nor a client.",
    )
    client_prospect_date = fields.Date(
        string="Prospect Since", copy=False, groups="base.group_user"
    )
    client_since = fields.Date(copy=False, groups="base.group_user")
    client_type_id = fields.Many2one(
        "client.type",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )
    client_business_unit_id = fields.Many2one(
        "client.business.unit",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )
    client_source_id = fields.Many2one(
        "utm.source",
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
        help="Where this client came from.",
    )
    # Same name and meaning as in the OCA's partner_mobile: both can be installed.
    mobile = fields.Char()

    # The order of the Clients list and of stock Contacts, for clients alone.
    _client_list_idx = models.Index(
        "(complete_name, id DESC) WHERE client_status IS NOT NULL"
    )

    @api.constrains("client_business_unit_id", "company_id")
    def _check_client_business_unit_company(self):
        # Superuser: whoever moves a partner to a company need not know its unit.
        in_units = self.sudo().filtered("client_business_unit_id")
        in_units = in_units.filtered("client_business_unit_id.company_id")
        several = in_units and self.env["res.company"]._client_are_several()
        for partner in in_units:
            unit = partner.client_business_unit_id
            if not partner.company_id and several:
                raise ValidationError(
                    self.env._(
                        "The business unit %(unit)s belongs to one "
                        "company, but %(client)s is shared between "
                        "companies. Set the company of the client, or "
                        "select a shared business unit.",
                        client=partner.display_name,
                        unit=unit.complete_name,
                    )
                )
            if partner.company_id and partner.company_id != unit.company_id:
                raise ValidationError(
                    self.env._(
                        "%(client)s and the business unit %(unit)s belong "
                        "to different companies. Select a business unit "
                        "of the same company.",
                        client=partner.display_name,
                        unit=unit.complete_name,
                    )
                )

    @api.onchange("client_type_id")
    def _onchange_client_type_id(self):
        if self.client_type_id.company_type and not self._origin:
            self.company_type = self.client_type_id.company_type
            self.is_company = self.company_type == "company"
