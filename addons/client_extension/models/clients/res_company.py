from odoo import api, fields, models


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

    @api.model_create_multi
    def create(self, vals_list):
        # A company made from the Clients app is no prospect.
        unmarked = self.with_context(default_client_status=False)
        records = super(ResCompany, unmarked).create(vals_list)
        return records.with_env(self.env)

    @api.model
    def _client_are_several(self):
        """:return: bool, whether this database has more than one company"""
        # Superuser: companies of which the user is none count all the same.
        return self.sudo().search_count([], limit=2) > 1
