from odoo import fields, models
from odoo.exceptions import UserError


class ClientLetter(models.Model):
    """A letter that is one of many: which run it belongs to, or why it is missing."""

    _inherit = "client.letter"  # pylint: disable=consider-merging-classes-inherited

    run_id = fields.Many2one(
        "client.letter.run",
        string="Mail Merge",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    problem = fields.Selection(
        [
            ("no_mailing", "Objects to mailings"),
            ("no_address", "No address"),
            ("no_street", "No street"),
            ("no_city", "No city"),
            ("no_email", "No email address"),
            ("no_text", "The text is empty"),
            ("no_client", "No longer a client"),
            ("failed", "The text cannot be filled in"),
        ],
        string="Reason",
        readonly=True,
        copy=False,
        help="Why the letter was not written.",
    )
    has_long_address = fields.Boolean(
        string="Address Too Long",
        readonly=True,
        copy=False,
        help="The address did not fit the window when the letter was written.",
    )
    sort_key = fields.Char(readonly=True, copy=False, export_string_translation=False)

    def action_open_client(self):
        """Open the client of this letter, to correct what is missing.

        :return: dict, a window action
        :raise AccessError: when the user may not read the letter
        """
        self.ensure_one()
        self.check_access("read")
        view = self.env.ref("client_extension.res_partner_view_form")
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.client_id.id,
            "views": [(view.id, "form")],
        }

    def _check_written(self):
        """Refuse letters of a run that were not written.

        :raise UserError: when one of these was not
        """
        for letter in self.filtered(lambda one: one.state == "skipped")[:1]:
            labels = dict(self._fields["problem"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "The letter to %(client)s was not written: %(reason)s. Correct "
                    "this, and click “Write Missing Letters” in the mail merge.",
                    client=letter.client_id.display_name,
                    reason=labels.get(letter.problem, ""),
                )
            )
