from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    _inherit = "res.partner"

    client_status = fields.Selection(
        [("prospect", "Prospect"), ("client", "Client")],
        index="btree_not_null",
        copy=True,
        tracking=True,
        help="Empty for partners that are neither a prospect nor a client.",
    )
    client_prospect_date = fields.Date(string="Prospect Since", copy=False)
    client_since = fields.Date(copy=False)
    client_type_id = fields.Many2one(
        "client.type", index="btree_not_null", ondelete="restrict"
    )
    client_business_unit_id = fields.Many2one(
        "client.business.unit", index="btree_not_null", ondelete="restrict"
    )
    client_source_id = fields.Many2one(
        "utm.source",
        index="btree_not_null",
        ondelete="set null",
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
        for partner in self.filtered("client_business_unit_id.company_id"):
            unit = partner.client_business_unit_id
            if partner.company_id and partner.company_id != unit.company_id:
                raise ValidationError(
                    self.env._(
                        "%(client)s and the business unit %(unit)s belong to "
                        "different companies.",
                        client=partner.display_name,
                        unit=unit.complete_name,
                    )
                )

    @api.onchange("client_type_id")
    def _onchange_client_type_id(self):
        if self.client_type_id.company_type and not self._origin:
            self.company_type = self.client_type_id.company_type
            self.is_company = self.company_type == "company"
