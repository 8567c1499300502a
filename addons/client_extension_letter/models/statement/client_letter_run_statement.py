from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import merge_pdf


class ClientLetterRun(models.Model):
    """A run that prints or sends statements of account.

    It goes on as one of letters does: a client leaves ``pending_ids`` in the
    transaction that stores the pages of its statement, or its email. Emails are queued
    and not sent in that transaction, so that a worker which is killed sends none twice.
    """

    _inherit = "client.letter.run"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        [
            ("letter", "Letters"),
            ("print", "Statements to Print"),
            ("email", "Statements by Email"),
        ],
        string="Documents",
        default="letter",
        required=True,
        readonly=True,
    )

    def _get_next_statements(self, size):
        """:return: ``res.partner``, the clients who come next, by name, as superuser"""
        # Superuser: as for letters, those who became hidden are left out later.
        clients = self.sudo().pending_ids
        return clients.sorted(lambda one: (one.name or "", one.id))[:size]

    def _make_statements(self, clients):
        """Print or send the statements of some clients.

        :param clients: ``res.partner``, which the user may read
        :return: list of dicts, values of ``client.letter`` for those who got none
        """
        problems = {client: self._get_problem(client, client) for client in clients}
        done = clients.filtered(lambda client: not problems[client])
        if done and self.kind == "print":
            self._print_statements(done)
        elif done:
            self._send_statements(done)
        # Superuser: users change a run by its buttons alone; this one is theirs.
        self.sudo().statement_count += len(done)
        return self._prepare_skipped(
            {client: problem for client, problem in problems.items() if problem}
        )

    def _get_statement_problem(self, client):
        """:return: str, why a client gets no statement, or None"""
        if self.kind == "email":
            recipients = client._get_client_statement_recipients()
            return None if any(recipients.mapped("email")) else "no_email"
        # Who owes something may object to mailings, and has no address in the worst
        # case: the statement is printed as for one client.
        return None

    def _print_statements(self, clients):
        """Store the pages of some statements, with the letters that go along."""
        template = self.template_id.with_env(self.env)
        report, _letters = clients._print_client_statements(
            template.filtered("client_is_letter"),
            run_id=self.id,
            date=self.date,
            user_id=self.user_id.id,
        )
        content, _kind = report._render_qweb_pdf(report.report_name, clients.ids)
        self._store_pages(content)

    def _store_pages(self, content):
        """:return: ``ir.attachment``, a new file of this run"""
        # Superuser: users change a run by its buttons alone. Who may read it may read
        # its files.
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{self.sudo().name}.pdf",
                    "raw": content,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )

    def _send_statements(self, clients):
        """Queue the emails with some statements."""
        template = self.template_id.with_env(self.env)
        composer = self.env["mail.compose.message"].with_context(
            **clients._prepare_client_statement_composer(template)
        )
        # One email for each, also for the last one alone.
        values = {"composition_mode": "mass_mail", "force_send": False}
        composer.create(values)._action_send_mail()

    def action_download_statements(self):
        """Download the statements of this run in one file.

        :return: dict, the action that downloads a PDF
        :raise AccessError: when the user may not see the run or print statements
        :raise UserError: when they are still being printed, or when there are none
        """
        run = self._check_run_access()
        if run.state in ("queued", "running"):
            raise UserError(self.env._("The statements are still being printed."))
        # Superuser: users change a run by its buttons alone; this one is theirs.
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [("res_model", "=", self._name), ("res_id", "=", run.id)], order="id"
            )
        )
        if not files:
            raise UserError(self.env._("There is no statement to print."))
        if len(files) > 1:
            # One file from now on.
            whole = self._store_pages(merge_pdf([file.raw for file in files]))
            files.unlink()
            files = whole
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{files.id}?download=true",
            "target": "download",
        }
