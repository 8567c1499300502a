from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.statement.report_client_extension_letter_client_statement import (
    MOST_STATEMENTS,
)

#: Emails of one click: each makes a PDF of its own, which takes about a second.
MOST_EMAILS = 50
#: addresses that the dialog names
MOST_ADDRESSES = 5


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
        help="The text of the email, and a letter before each statement that is "
        "printed. Emails have a short standard text if left empty.",
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
        addresses = self._get_address_notes()
        background = self._get_background_notes()
        return list(filter(None, [*through, hidden, partial, *addresses, *background]))

    def _get_address_notes(self):
        """:return: list of str, what of the addresses the post could not read; only of
        statements that are printed at once"""
        if self.count > MOST_STATEMENTS:
            return []
        problems = self.partner_ids._origin._get_client_statement_problems()
        shown = list(problems.items())[:MOST_ADDRESSES]
        notes = [
            self.env._(
                "Check the address of %(client)s before you print. %(problems)s",
                client=client.display_name,
                problems=" ".join(sentences),
            )
            for client, sentences in shown
        ]
        if more := len(problems) - len(shown):
            notes.append(self.env._("More addresses to check: %s.", more))
        return notes

    def _get_background_notes(self):
        """:return: list of str, what is not done while the user waits"""
        return [
            sentence % {"most": most}
            for most, sentence in (
                (
                    MOST_STATEMENTS,
                    self.env._(
                        "More than %(most)s statements are printed in the background."
                    ),
                ),
                (
                    MOST_EMAILS,
                    self.env._(
                        "More than %(most)s emails are sent in the background, with "
                        "the text of the template as it is."
                    ),
                ),
            )
            if self.count > most
        ]

    def action_print(self):
        """Print the statements in one file, each behind the letter that was chosen;
        very many of them in the background.

        :return: dict, a report action, or the action that shows the run
        :raise AccessError: when the user may not read what the clients owe
        :raise UserError: when there is no client, or when the letter has no text
        """
        clients = self._get_checked_clients()
        if len(clients) > MOST_STATEMENTS:
            return self._start_run(clients, "print")
        report, letters = clients._print_client_statements(self.letter_id)
        return {
            **report.report_action(clients.ids, config=False),
            "context": {
                "active_ids": clients.ids,
                "client_statement_letters": letters.ids,
            },
            "close_on_report_download": True,
        }

    def action_email(self):
        """Open Odoo's dialog for emails with the statements; very many emails are sent
        in the background.

        :return: dict, a window action
        :raise AccessError: when the user may not read what the clients owe
        :raise UserError: when there is no client, or one that is invoiced through
            another
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
            return self._start_run(clients, "email")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send Statement of Account"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": clients._prepare_client_statement_composer(self.letter_id),
        }

    def _start_run(self, clients, kind):
        """Leave the statements to the background.

        :param clients: ``res.partner``
        :param str kind: a value of ``client.letter.run.kind``
        :return: dict, the action that shows the run
        """
        # Superuser: users change a run by its buttons alone. What it is made of was
        # checked by the caller.
        runs = self.env["client.letter.run"].sudo()
        return runs.create(self._prepare_run(clients, kind))._start()

    def _prepare_run(self, clients, kind):
        """:return: dict, values of ``client.letter.run``"""
        standard = self.env.ref("client_extension_letter.mail_template_statement")
        template = self.letter_id or standard
        return {
            "kind": kind,
            "name": self.letter_id.name or self.env._("Statement of Account"),
            "template_id": template.id,
            "date": fields.Date.context_today(self),
            "user_id": self.env.uid,
            "company_id": self.env.company.id,
            "pending_ids": [Command.set(clients.ids)],
        }

    def _get_checked_clients(self):
        """:return: ``res.partner``, the clients of the statements
        :raise AccessError: when the user may not read what the clients owe
        :raise UserError: when there are none, or when the template is for no letters
        """
        self.ensure_one()
        clients = self.partner_ids
        clients._check_client_statement()
        if not clients:
            raise UserError(self.env._("There is no client with open amounts."))
        if self.letter_id:
            self.letter_id.check_access("read")
            if not self.letter_id.client_is_letter:
                raise UserError(self.env._("Choose a template for letters."))
        return clients
