from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    client_hidden_unit_ids = fields.Many2many(
        "client.business.unit",
        string="Hidden Business Units",
        compute="_compute_client_hidden_unit_ids",
        context={"active_test": False},
        # The units are only used inside the record rule on partners: users do not need
        # read access to the units that are hidden from them.
        compute_sudo=True,
        export_string_translation=False,
    )

    @api.model_create_multi
    def create(self, vals_list):
        # A user created from the Clients app is not a prospect.
        unmarked = self.with_context(default_client_status=False)
        records = super(ResUsers, unmarked).create(vals_list)
        return records.with_env(self.env)

    def _compute_client_hidden_unit_ids(self):
        units = self.env["client.business.unit"]
        for user in self:
            user.client_hidden_unit_ids = (
                units
                if user._client_sees_every_unit()
                else units._get_hidden_from(user)
            )

    def _client_sees_every_unit(self):
        """Whether this user sees the clients of all closed business units.

        For portal and public users Odoo's own rules apply, which show them only their
        own company: hiding that would lock them out of their own record.

        :return: bool; overridden by bridges that add a role of their own
        """
        self.ensure_one()
        return self.share or any(
            self.has_group(group)
            for group in (
                "client_extension.group_client_manager",
                "account.group_account_invoice",
                "account.group_account_readonly",
            )
        )
