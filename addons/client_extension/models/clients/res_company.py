from odoo import api, fields, models

# Field of the contact dialog -> setting that makes it required for main contacts.
MAIN_CONTACT = {
    "civility": "client_main_civility",
    "first_name": "client_main_first_name",
    "last_name": "client_main_last_name",
    "function": "client_main_function",
    "email": "client_main_email",
    "phone": "client_main_phone",
    "mobile": "client_main_mobile",
    "lang": "client_main_lang",
    "source_id": "client_main_source",
    "role_ids": "client_main_role",
}


class ResCompany(models.Model):
    _inherit = "res.company"

    client_auto_reference = fields.Boolean(
        string="Number New Clients Automatically",
        help="A client without a reference gets the next number of the sequence.",
    )
    client_auto_status = fields.Boolean(
        string="Prospects Become Clients Automatically",
        default=True,
        help="A prospect becomes a client when its first customer invoice is posted.",
    )
    client_country_default = fields.Selection(
        [
            ("company", "Country of the company"),
            ("none", "No country"),
            ("chosen", "Another country"),
        ],
        string="Country of New Clients",
        default="company",
        required=True,
        help="The country that the form of a new client starts with. Imports and other "
        "apps do not use it.",
    )
    client_country_id = fields.Many2one(
        "res.country",
        string="Other Country of New Clients",
        help="Used if new clients start with another country than the company's.",
    )

    # What an import keeps of clients with posted invoices, unless the user agrees.
    client_protect_vat = fields.Boolean(string="Protect Tax IDs", default=True)
    client_protect_registry = fields.Boolean(string="Protect Company IDs", default=True)
    client_protect_receivable = fields.Boolean(
        string="Protect Receivable Accounts", default=True
    )
    client_protect_address = fields.Boolean(
        string="Protect Invoice Addresses", default=True
    )

    # The data required for the main contact of a client that is a company. Only the
    # forms of the Clients app require it: an import, stock Odoo and other add-ons do
    # not.
    client_main_civility = fields.Boolean(string="Main Contacts Need a Title")
    client_main_first_name = fields.Boolean(
        string="Main Contacts Need a First Name", default=True
    )
    client_main_last_name = fields.Boolean(
        string="Main Contacts Need a Last Name", default=True
    )
    client_main_function = fields.Boolean(string="Main Contacts Need a Job Position")
    client_main_email = fields.Boolean(
        string="Main Contacts Need an Email", default=True
    )
    client_main_phone = fields.Boolean(
        string="Main Contacts Need a Direct Phone", default=True
    )
    client_main_mobile = fields.Boolean(string="Main Contacts Need a Mobile")
    client_main_lang = fields.Boolean(string="Main Contacts Need a Language")
    client_main_source = fields.Boolean(string="Main Contacts Need a Source")
    client_main_role = fields.Boolean(string="Main Contacts Need a Role")

    # The data of the client that invoices and quotations print.
    client_print_reference = fields.Boolean(string="Print the Client Reference")
    client_print_type = fields.Boolean(string="Print the Client Type")
    client_print_unit = fields.Boolean(string="Print the Business Unit")
    client_print_contact = fields.Boolean(string="Print the Main Contact")

    @api.model_create_multi
    def create(self, vals_list):
        # A company created from the Clients app is not a prospect.
        unmarked = self.with_context(default_client_status=False)
        records = super(ResCompany, unmarked).create(vals_list)
        return records.with_env(self.env)

    @api.model
    def _client_are_several(self):
        """:return: bool, whether this database has more than one company"""
        # Superuser: also count the companies that the user has no access to.
        return self.sudo().search_count([], limit=2) > 1

    def _get_client_default_country(self):
        """:return: ``res.country`` of the form of a new client; empty for none"""
        self.ensure_one()
        if self.client_country_default == "company":
            return self.country_id
        chosen = self.client_country_default == "chosen"
        return self.client_country_id if chosen else self.country_id.browse()

    def _get_main_contact_fields(self):
        """:return: list of the fields of the dialog that are required for a main
        contact"""
        self.ensure_one()
        return [name for name, setting in MAIN_CONTACT.items() if self[setting]]
