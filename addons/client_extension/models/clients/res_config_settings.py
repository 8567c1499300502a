from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_auto_reference = fields.Boolean(
        related="company_id.client_auto_reference", readonly=False
    )
    client_auto_status = fields.Boolean(
        related="company_id.client_auto_status", readonly=False
    )
    client_country_default = fields.Selection(
        related="company_id.client_country_default", readonly=False, required=True
    )
    client_country_id = fields.Many2one(
        related="company_id.client_country_id", readonly=False
    )
    client_protect_vat = fields.Boolean(
        related="company_id.client_protect_vat", readonly=False
    )
    client_protect_registry = fields.Boolean(
        related="company_id.client_protect_registry", readonly=False
    )
    client_protect_receivable = fields.Boolean(
        related="company_id.client_protect_receivable", readonly=False
    )
    client_protect_address = fields.Boolean(
        related="company_id.client_protect_address", readonly=False
    )
    client_import_limit = fields.Integer(
        string="Rows Imported Immediately",
        default=500,
        config_parameter="client_extension.import_limit",
        help="Files with more rows are imported in the background.",
    )
    client_label_limit = fields.Integer(
        string="New Labels without Confirmation",
        default=50,
        config_parameter="client_extension.label_limit",
        help="A file that would add more labels to the additional data of all clients "
        "is imported only if the user agrees.",
    )
    client_journal_days = fields.Integer(
        string="Keep Import Change Logs (Days)",
        default=90,
        config_parameter="client_extension.journal_days",
        help="How long imports can be undone. Their change logs are then deleted.",
    )
    client_import_days = fields.Integer(
        string="Keep Imported Files (Days)",
        default=90,
        config_parameter="client_extension.import_days",
        help="How long the files of imports and the values of their rows are kept.",
    )

    client_users_add_labels = fields.Boolean(
        string="Let Users Add Labels",
        config_parameter="client_extension.users_add_labels",
        help="All users of the Clients app can add labels to the additional data.",
    )
    client_label_days = fields.Integer(
        string="Keep Removed Labels (Days)",
        default=90,
        config_parameter="client_extension.label_days",
        help="How long removed labels can be restored with their values.",
    )
    client_main_civility = fields.Boolean(
        related="company_id.client_main_civility", readonly=False
    )
    client_main_first_name = fields.Boolean(
        related="company_id.client_main_first_name", readonly=False
    )
    client_main_last_name = fields.Boolean(
        related="company_id.client_main_last_name", readonly=False
    )
    client_main_function = fields.Boolean(
        related="company_id.client_main_function", readonly=False
    )
    client_main_email = fields.Boolean(
        related="company_id.client_main_email", readonly=False
    )
    client_main_phone = fields.Boolean(
        related="company_id.client_main_phone", readonly=False
    )
    client_main_mobile = fields.Boolean(
        related="company_id.client_main_mobile", readonly=False
    )
    client_main_lang = fields.Boolean(
        related="company_id.client_main_lang", readonly=False
    )
    client_main_source = fields.Boolean(
        related="company_id.client_main_source", readonly=False
    )
    client_main_role = fields.Boolean(
        related="company_id.client_main_role", readonly=False
    )
    client_print_reference = fields.Boolean(
        related="company_id.client_print_reference", readonly=False
    )
    client_print_type = fields.Boolean(
        related="company_id.client_print_type", readonly=False
    )
    client_print_unit = fields.Boolean(
        related="company_id.client_print_unit", readonly=False
    )
    client_print_contact = fields.Boolean(
        related="company_id.client_print_contact", readonly=False
    )

    def set_values(self):
        """Keep a number that is 0.

        Odoo would delete the parameter, and the default would be used instead.
        """
        result = super().set_values()
        # Superuser: as Odoo writes the others; execute() has checked the access rights.
        parameters = self.env["ir.config_parameter"].sudo()
        for name, parameter in self._get_classified_fields()["config"]:
            field = self._fields[name]
            if name.startswith("client_") and field.type == "integer":
                parameters.set_param(parameter, self[name])
        return result
