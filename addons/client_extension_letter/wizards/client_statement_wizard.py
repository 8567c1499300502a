from odoo import api, fields, models
from odoo.exceptions import UserError

#: Emails of one click: each makes a PDF of its own, which takes about a second.
MOST_EMAILS = 50


class ClientStatementWizard(models.TransientModel):
    """The dialog that prints or sends statements of account."""

    _name = "client.statement.wizard"
    _description = "Statement of Account"

    scope = fields.Selection(
        [
            ("selected", "Selected clients"),
            ("late", "Clients with late amounts"),
            ("open", "Clients with open amounts"),
        ],
        string="Clients",
        required=True,
        default=lambda self: "selected" if self._get_selected() else "open",
    )
    selected_ids = fields.Many2many(
        "res.partner", default=lambda self: self._get_selected()
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "client_statement_wizard_partner_rel",
        string="Statements Of",
        compute="_compute_partner_ids",
    )
    count = fields.Integer(string="Number of Clients", compute="_compute_partner_ids")
    letter_id = fields.Many2one(
        "mail.template",
        string="Reminder Letter",
        domain=[("client_is_letter", "=", True)],
        help="The text of the email. A short standard text is used if left empty.",
    )
    note = fields.Text(compute="_compute_note")

    @api.model
    def _get_selected(self):
        """:return: ``res.partner``, from whose form or list the dialog was opened"""
        context = self.env.context
        ids = context.get("active_ids") or []
        partners = self.env["res.partner"].browse(ids)
        return (
            partners if context.get("active_model") == "res.partner" else partners[:0]
        )

    @api.depends("scope", "selected_ids")
    def _compute_partner_ids(self):
        for wizard in self:
            wizard.partner_ids = wizard._get_clients()
            wizard.count = len(wizard.partner_ids)

    def _get_clients(self):
        """:return: ``res.partner``, the clients of the statements"""
        self.ensure_one()
        if self.scope == "selected":
            return self.selected_ids
        amount = {"late": "client_late_amount", "open": "client_open_amount"}
        clients = self.env["res.partner"].search(
            [("client_status", "!=", False), (amount[self.scope], ">", 0)]
        )
        # What is invoiced through another client is on the statement of that one.
        return clients.filtered(lambda one: one.commercial_partner_id == one)

    @api.depends("partner_ids")
    def _compute_note(self):
        for wizard in self:
            wizard.note = "\n".join(wizard._get_notes()) or False

    def _get_notes(self):
        """:return: list of str, what the user has to know before"""
        self.ensure_one()
        clients = self.partner_ids
        hidden = clients._get_client_hidden_note("gets_invoices")
        through = [
            self.env._(
                "%(client)s is invoiced through %(payer)s.",
                client=client.display_name,
                # Superuser: the reader of the client sees on its form who pays.
                payer=client.commercial_partner_id.sudo().display_name,
            )
            for client in clients
            if client.commercial_partner_id != client
        ]
        partial = self.env["ir.rule"]._client_narrows(
            "account.move.line"
        ) and self.env._(
            "Some items may be hidden from you: they are not on the statement."
        )
        return list(filter(None, [*through, hidden, partial]))

    def action_print(self):
        """Print the statements in one file.

        :return: dict, a report action
        :raise AccessError: when the user may not read what the clients owe
        :raise UserError: when there is no client
        """
        clients = self._get_checked_clients()
        report = self.env.ref("client_extension_letter.client_statement_report")
        action = report.report_action(clients.ids, config=False)
        return {**action, "close_on_report_download": True}

    def action_email(self):
        """Open Odoo's dialog for emails with the statements.

        :return: dict, a window action
        :raise AccessError: when the user may not read what the clients owe
        :raise UserError: when there is no client, one that is invoiced through another,
            or more than can be sent at once
        """
        clients = self._get_checked_clients()
        if through := clients.filtered(lambda one: one.commercial_partner_id != one)[
            :1
        ]:
            # Superuser: the name of the parent, which the name of the client shows.
            raise UserError(
                self.env._(
                    "%(client)s is invoiced through %(payer)s. Send the statement of "
                    "%(payer)s instead.",
                    client=through.display_name,
                    payer=through.commercial_partner_id.sudo().display_name,
                )
            )
        if len(clients) > MOST_EMAILS:
            raise UserError(
                self.env._(
                    "You selected %(count)s clients. Send at most %(most)s statements "
                    "at once: select fewer clients in the list.",
                    count=len(clients),
                    most=MOST_EMAILS,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send Statement of Account"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": self._prepare_composer_context(clients),
        }

    def _get_checked_clients(self):
        """:return: ``res.partner``, the clients of the statements
        :raise AccessError: when the user may not read what the clients owe
        :raise UserError: when there are none
        """
        self.ensure_one()
        clients = self.partner_ids
        clients._check_client_statement()
        if not clients:
            raise UserError(self.env._("There is no client with open amounts."))
        return clients

    def _prepare_composer_context(self, clients):
        """:return: dict, the context of the dialog for emails"""
        self.ensure_one()
        statement = self.env.ref("client_extension_letter.mail_template_statement")
        # Odoo's dialog for one posts on the client, which takes the right to change it.
        many = len(clients) > 1 or not clients.has_access("write")
        return {
            "default_model": "res.partner",
            "default_res_ids": clients.ids,
            "default_composition_mode": "mass_mail" if many else "comment",
            "default_template_id": (self.letter_id or statement).id,
            "default_lang": "{{ object.lang }}",
            "default_email_layout_xmlid": "mail.mail_notification_light",
            "client_statement": True,
        }
