from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.client_letter_run_write import AT_ONCE

#: clients of one run: its PDF is made while the user waits
MOST = 5000


class ClientLetterRunWizard(models.TransientModel):
    """What is asked before letters to many clients are written."""

    _name = "client.letter.run.wizard"
    _inherit = "client.letter.selection.mixin"
    _description = "Write Letters"

    client_count = fields.Integer(compute="_compute_note")
    template_id = fields.Many2one(
        "mail.template", domain=[("client_is_letter", "=", True)], required=True
    )
    role_id = fields.Many2one(
        "client.contact.role",
        string="Addressed To",
        compute="_compute_role_id",
        store=True,
        readonly=False,
        help="Letters go to the contact with this role. They go to the client if left "
        "empty, or if no contact of the client has this role.",
    )
    date = fields.Date(default=fields.Date.context_today, required=True)
    print_order = fields.Selection(
        selection=lambda self: (
            self.env["client.letter.run"]
            ._fields["print_order"]
            ._description_selection(self.env)
        ),
        default="zip",
        required=True,
        help="The order of the letters in the PDF. The country of the sender comes "
        "first.",
    )
    note = fields.Text(compute="_compute_note")

    @api.depends("template_id")
    def _compute_role_id(self):
        for wizard in self:
            wizard.role_id = wizard.template_id.client_letter_role_id

    @api.depends("client_ids")
    def _compute_note(self):
        for wizard in self:
            clients = wizard._get_clients()
            wizard.client_count = len(clients)
            wizard.note = "\n".join(wizard._get_notes(clients))

    def _get_notes(self, clients):
        """What the user should know before the letters are written.

        :param clients: ``res.partner``, who are written to
        :return: list of str; overridden to say more
        """
        notes = []
        if others := len(self.client_ids) - len(clients):
            notes.append(
                self.env._(
                    "Left out because they are not clients, are archived or belong to "
                    "another company: %(count)s",
                    count=others,
                )
            )
        if objecting := len(clients.filtered("client_no_mailing")):
            notes.append(
                self.env._(
                    "Left out because they object to mailings: %(count)s",
                    count=objecting,
                )
            )
        if len(clients) > AT_ONCE:
            notes.append(
                self.env._(
                    "More than %(count)s letters are written in the background.",
                    count=AT_ONCE,
                )
            )
        return notes

    def _get_clients(self):
        """:return: ``res.partner``, those of the selection who can be written to"""
        companies = (False, self.env.company.id)
        return self._get_readable_clients().filtered(
            lambda partner: (
                partner.client_status
                and partner.active
                and partner.company_id.id in companies
            )
        )

    def action_write(self):
        """Write the letters, at once or in the background.

        :return: dict, the action that shows the run
        :raise AccessError: when the user may not write letters
        :raise UserError: when there is no client, or when there are too many
        """
        self.ensure_one()
        self.env["res.partner"]._check_client_user()
        self.env["client.letter"].check_access("create")
        self.template_id.check_access("read")
        clients = self._get_clients()
        self._check_clients(clients)
        # Superuser: users change a run by its buttons alone. What it is made of was
        # checked above.
        run = self.env["client.letter.run"].sudo().create(self._prepare_run(clients))
        return run._start()

    def _check_clients(self, clients):
        if not clients:
            raise UserError(self.env._("None of the selected records is a client."))
        if len(clients) > MOST:
            raise UserError(
                self.env._(
                    "Selected clients: %(count)s. Select at most %(most)s at once.",
                    count=len(clients),
                    most=MOST,
                )
            )
        if not self.template_id.client_is_letter:
            raise UserError(self.env._("Choose a template for letters."))

    def _prepare_run(self, clients):
        """:return: dict, values of ``client.letter.run``; overridden to ask more"""
        return {
            "name": self.template_id.name,
            "template_id": self.template_id.id,
            "role_id": self.role_id.id,
            "date": self.date,
            "print_order": self.print_order,
            "user_id": self.env.uid,
            "company_id": self.env.company.id,
            "pending_ids": [Command.set(clients.ids)],
        }
