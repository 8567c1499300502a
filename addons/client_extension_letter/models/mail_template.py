from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

MANAGERS = "client_extension.group_client_manager", "mail.group_mail_template_editor"


class MailTemplate(models.Model):
    """Texts of letters: Odoo's templates for contacts, marked as letters."""

    _inherit = "mail.template"

    client_is_letter = fields.Boolean(
        string="Letter to Clients",
        index="btree_not_null",
        help="Offers this template for letters to clients.",
    )
    client_letter_role_id = fields.Many2one(
        "client.contact.role",
        string="Addressed To",
        help="Letters go to the contact with this role. They go to the client if left "
        "empty, or if no contact of the client has this role.",
    )

    @api.constrains("client_is_letter", "model_id")
    def _check_client_letter_model(self):
        for template in self:
            if template.client_is_letter and template.model != "res.partner":
                raise ValidationError(
                    self.env._(
                        "A template of letters has to apply to contacts. Set “Applies "
                        "to” to Contact."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("client_is_letter") for vals in vals_list):
            self._check_client_letter_manager()
        templates = super().create(vals_list)
        if self.env.context.get("default_client_is_letter"):
            templates._check_client_letter_manager()
        return templates

    def write(self, vals):
        if vals.get("client_is_letter") or any(self.mapped("client_is_letter")):
            self._check_client_letter_manager()
        return super().write(vals)

    def unlink(self):
        # Odoo deletes the files of a template with it: letters keep theirs.
        # Superuser: letters that the user may not see keep theirs too.
        letters = self.env["client.letter"].sudo()
        mine = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        files = self.env["ir.attachment"].sudo().search(mine)
        for letter in letters.search([("enclosure_ids", "in", files.ids)]):
            letter._copy_enclosures(letter.enclosure_ids & files)
        return super().unlink()

    @api.model
    def _check_client_letter_manager(self):
        """Refuse to change what all users print.

        :raise AccessError: when the user is neither a manager of the Clients app nor an
            editor of Odoo's templates
        """
        if not self.env.su and not any(map(self.env.user.has_group, MANAGERS)):
            raise AccessError(
                self.env._(
                    "Only managers of the Clients app can change templates of letters."
                )
            )
