from odoo import fields, models

# Field of the contact dialog -> setting that makes it a must for main contacts.
MAIN_CONTACT = {
    "first_name": "client_main_first_name",
    "last_name": "client_main_last_name",
    "email": "client_main_email",
    "phone": "client_main_phone",
}


class ResCompany(models.Model):
    """What the main contact of a client that is a company must have.

    The Clients app asks for it where a contact is typed; nothing else does: an import,
    stock Odoo and other add-ons go on without.
    """

    _inherit = "res.company"

    client_main_first_name = fields.Boolean(
        string="Main Contacts Have a First Name", default=True
    )
    client_main_last_name = fields.Boolean(
        string="Main Contacts Have a Last Name", default=True
    )
    client_main_email = fields.Boolean(
        string="Main Contacts Have an Email", default=True
    )
    client_main_phone = fields.Boolean(
        string="Main Contacts Have a Direct Phone", default=True
    )

    def _get_main_contact_fields(self):
        """:return: list of the fields of the dialog that a main contact must have"""
        self.ensure_one()
        return [name for name, setting in MAIN_CONTACT.items() if self[setting]]
