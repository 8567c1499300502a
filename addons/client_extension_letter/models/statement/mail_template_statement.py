from markupsafe import Markup

from odoo import models

REPORT = "client_extension_letter.client_statement_report"
RECIPIENTS = frozenset(["email_cc", "email_to", "partner_to"])


class MailTemplate(models.Model):
    """Emails with the statement of account of a client.

    Such a template attaches the statement. A letter, such as a payment reminder,
    becomes one when it is chosen in the dialog of the statements.
    """

    _inherit = "mail.template"  # pylint: disable=consider-merging-classes-inherited

    def _client_sends_statement(self):
        """:return: bool, whether emails of this template have a statement of account"""
        self.ensure_one()
        if self.model != "res.partner":
            return False
        report = self.env.ref(REPORT, raise_if_not_found=False)
        # Superuser: users do not read all reports. Only a yes or no leaves this method.
        return report in self.sudo().report_template_ids or self._client_goes_along()

    def _client_goes_along(self):
        """:return: bool, whether this is a letter that goes with a statement"""
        return self.client_is_letter and bool(self.env.context.get("client_statement"))

    def _generate_template(self, res_ids, render_fields, **options):
        if not self._client_goes_along() or self.lang:
            return super()._generate_template(res_ids, render_fields, **options)
        # Letters have no language of their own: each email is in that of its client.
        found = {}
        clients = self.env["res.partner"].browse(res_ids)
        for lang, some in clients.grouped(lambda one: one.lang or False).items():
            template = self.with_context(lang=lang) if lang else self
            found |= super(MailTemplate, template)._generate_template(
                some.ids, render_fields, **options
            )
        return found

    def _render_field(self, field, res_ids, *args, **options):
        found = super()._render_field(field, res_ids, *args, **options)
        if field == "body_html" and self._client_goes_along():
            for client in self.env["res.partner"].browse(res_ids):
                opening = client.with_env(self.env)._get_client_salutation()
                found[client.id] = Markup("<p>%s</p>%s") % (opening, found[client.id])
        return found

    def _generate_template_recipients(
        self, res_ids, render_fields, render_results=None, **options
    ):
        found = super()._generate_template_recipients(
            res_ids, render_fields, render_results=render_results, **options
        )
        if self._client_sends_statement() and RECIPIENTS & set(render_fields):
            for client in self.env["res.partner"].browse(res_ids):
                chosen = client.browse(found[client.id].get("partner_ids") or [])
                # The client itself, unless a contact receives it instead.
                recipients = client._get_client_statement_recipients()
                others = chosen - client
                found[client.id]["partner_ids"] = (recipients | others).ids
        return found

    def _generate_template_attachments(
        self, res_ids, render_fields, render_results=None
    ):
        found = super()._generate_template_attachments(
            res_ids, render_fields, render_results=render_results
        )
        if "report_template_ids" in render_fields and self._client_goes_along():
            statement = self.env.ref("client_extension_letter.mail_template_statement")
            added = statement.with_env(self.env)._generate_template_attachments(
                res_ids, ["report_template_ids"]
            )
            for res_id in res_ids:
                attachments = found[res_id].setdefault("attachments", [])
                attachments += added[res_id].get("attachments", [])
        return found
