from odoo import fields, models
from odoo.exceptions import UserError


class ClientLetter(models.Model):
    """Letters that Odoo prints, puts into an envelope and posts."""

    _inherit = "client.letter"

    state = fields.Selection(
        selection_add=[("posted", "Sent by Post")],
        ondelete={"posted": lambda letters: letters.write({"state": "printed"})},
    )

    def action_post(self):
        """Hand this letter to Odoo's service for letters by post.

        :return: True
        :raise AccessError: when the user may not change the letter
        :raise UserError: when it has no text, when it was posted already, or when the
            address is not complete
        """
        self.ensure_one()
        self._check_may_send()
        self._check_text()
        self._check_post()
        self._freeze_posted()
        mail = self.env["snailmail.letter"].create(self._prepare_post())
        # Now, so that what cannot be printed is said now. Superuser: Odoo sets the
        # layout of the company for a moment; the user may change this letter.
        mail.sudo()._fetch_attachment()
        mail._snailmail_print(immediate=False)
        return True

    def _freeze_posted(self):
        """Keep what is posted, as it was printed before or as it is now."""
        if self.state == "draft":
            self._freeze("posted", self.env._("Letter sent by post:"))
        else:
            # Superuser: users do not write the status, which nobody can take back; the
            # caller checked that they may change the letter.
            self.sudo().state = "posted"

    def _check_post(self):
        """Refuse what cannot be posted.

        :raise UserError: when the letter was posted, or when its address is not
            complete
        """
        if self.state == "posted":
            raise UserError(
                self.env._(
                    "This letter has already been sent by post. Duplicate it to send "
                    "it again."
                )
            )
        if not self._has_post_address():
            raise UserError(
                self.env._(
                    "The address is not complete. A letter by post needs a street, a "
                    "city, a postcode and a country."
                )
            )

    def _has_post_address(self):
        """:return: bool, whether the post can deliver this letter"""
        partner = self._get_post_partner()
        return self.env["snailmail.letter"]._is_valid_address(partner)

    def _get_post_partner(self):
        """:return: ``res.partner``, whose address is on the letter"""
        return self.client_id._get_client_letter_address(self.recipient_id)

    def _prepare_post(self):
        """:return: dict, values of ``snailmail.letter``; overridden to post in another
        way
        """
        report = self.env.ref("client_extension_letter.client_letter_report")
        return {
            # Its messages are those of the client: a letter has none of its own.
            "model": "res.partner",
            "res_id": self.client_id.id,
            "partner_id": self._get_post_partner().id,
            "company_id": self.company_id.id,
            "user_id": self.env.uid,
            "client_letter_id": self.id,
            "report_template": report.id,
            "color": self.company_id.snailmail_color,
            "cover": self.company_id.snailmail_cover,
            "duplex": self.company_id.snailmail_duplex,
        }
