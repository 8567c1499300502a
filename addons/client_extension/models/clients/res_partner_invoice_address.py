from odoo import api, fields, models

# Field of the form -> field of the invoice address that it shows.
ADDRESS = {
    "client_invoice_name": "name",
    "client_invoice_street": "street",
    "client_invoice_street2": "street2",
    "client_invoice_zip": "zip",
    "client_invoice_city": "city",
    "client_invoice_state_id": "state_id",
    "client_invoice_country_id": "country_id",
    "client_invoice_email": "email",
}
# Other fields computed from the addresses.
SHOWN = (
    "client_invoice_same",
    "client_invoice_partner_id",
    "client_invoice_addresses",
)


class ResPartner(models.Model):
    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_invoice_same = fields.Boolean(
        string="Use this address for invoices",
        compute="_compute_client_invoice_address",
        inverse="_inverse_client_invoice_address",
        groups="base.group_user",
        help="Turn this off to send invoices to another address of this client.",
    )
    client_invoice_partner_id = fields.Many2one(
        "res.partner",
        string="Invoice Address",
        compute="_compute_client_invoice_address",
        groups="base.group_user",
    )
    client_invoice_addresses = fields.Char(
        compute="_compute_client_invoice_address",
        groups="base.group_user",
        export_string_translation=False,
        help="All invoice addresses, shown before they are archived.",
    )
    client_invoice_name = fields.Char(
        string="Invoice Name",
        compute="_compute_client_invoice_address",
        inverse="_inverse_client_invoice_address",
        groups="base.group_user",
    )
    client_invoice_street = fields.Char(
        string="Invoice Street",
        compute="_compute_client_invoice_address",
        inverse="_inverse_client_invoice_address",
        groups="base.group_user",
    )
    client_invoice_street2 = fields.Char(
        string="Invoice Street 2",
        compute="_compute_client_invoice_address",
        inverse="_inverse_client_invoice_address",
        groups="base.group_user",
    )
    client_invoice_zip = fields.Char(
        string="Invoice ZIP",
        compute="_compute_client_invoice_address",
        inverse="_inverse_client_invoice_address",
        groups="base.group_user",
    )
    client_invoice_city = fields.Char(
        string="Invoice City",
        compute="_compute_client_invoice_address",
        inverse="_inverse_client_invoice_address",
        groups="base.group_user",
    )
    client_invoice_state_id = fields.Many2one(
        "res.country.state",
        string="Invoice State",
        compute="_compute_client_invoice_address",
        inverse="_inverse_client_invoice_address",
        groups="base.group_user",
        domain="[('country_id', '=?', client_invoice_country_id)]",
    )
    client_invoice_country_id = fields.Many2one(
        "res.country",
        string="Invoice Country",
        compute="_compute_client_invoice_address",
        inverse="_inverse_client_invoice_address",
        groups="base.group_user",
    )
    client_invoice_email = fields.Char(
        string="Invoice Email",
        compute="_compute_client_invoice_address",
        inverse="_inverse_client_invoice_address",
        groups="base.group_user",
    )

    # It deliberately depends on no field: adding a contact on the form would recompute
    # it and lose what the user has just typed. Stored values change only through create
    # and write, which invalidate the computed ones.
    def _compute_client_invoice_address(self):
        for partner in self:
            addresses = partner._get_client_invoice_addresses()
            partner.client_invoice_addresses = "; ".join(
                address._get_client_address_line() for address in addresses
            )
            address = addresses[:1]
            partner.client_invoice_partner_id = address
            partner.client_invoice_same = not address
            for name, source in ADDRESS.items():
                partner[name] = address[source]

    @api.model
    def _switch_client_invoice_same(self, vals):
        """:return: dict, `vals` with *same* set to false when they contain an invoice
        address"""
        if "client_invoice_same" in vals or not any(map(vals.get, ADDRESS)):
            return vals
        return {**vals, "client_invoice_same": False}

    @api.model
    def _writes_client_invoice_address(self, vals):
        """:return: bool, whether these values for ``write`` may change the invoice
        addresses that clients show
        """
        return bool(vals.keys() & {"active", "parent_id", "type", *ADDRESS.values()})

    def _forget_client_invoice_address(self):
        """Make the clients of these invoice addresses recompute them."""
        clients = self.filtered(lambda p: p.type == "invoice").parent_id
        names = [*SHOWN, *ADDRESS]
        clients.invalidate_recordset(names, flush=False)

    @api.onchange("client_invoice_same")
    def _onchange_client_invoice_same(self):
        if not self.client_invoice_same and not self.client_invoice_country_id:
            self.client_invoice_country_id = self.country_id

    def _inverse_client_invoice_address(self):
        for partner in self:
            if partner.client_invoice_same:
                partner._get_client_invoice_addresses().action_archive()
                continue
            address = partner._get_client_invoice_addresses()[:1]
            values = self._convert_to_write(
                {source: partner[name] for name, source in ADDRESS.items()}
            )
            if address:
                address.write(values)
            elif any(values.values()):
                self.create(partner._prepare_client_invoice_address(values))
        # The typed values may differ from the stored ones: an address that was archived
        # or left empty is gone.
        self.invalidate_recordset([*SHOWN, *ADDRESS])

    def _get_client_invoice_addresses(self):
        """:return: active ``res.partner`` of type invoice of this client; Odoo sends
        invoices to the first one"""
        self.ensure_one()
        addresses = self.child_ids.filtered(lambda c: c.type == "invoice" and c.active)
        return addresses.sorted("id")

    def _get_client_address_line(self):
        """:return: str, name and address of this partner in one line"""
        self.ensure_one()
        town = " ".join(filter(None, (self.zip, self.city)))
        parts = (self.name, self.street, self.street2, town, self.country_id.name)
        return ", ".join(filter(None, parts)) or self.display_name

    def _prepare_client_invoice_address(self, values):
        """Values of a new invoice address.

        :param dict values: what the user typed, by field of the address
        :return: values for ``create``; overridden to keep more on the address
        """
        self.ensure_one()
        return {
            **values,
            "parent_id": self.id,
            "type": "invoice",
            "company_id": self.company_id.id,
            "lang": self.lang,
        }
