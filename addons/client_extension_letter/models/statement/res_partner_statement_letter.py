from odoo import models


class ResPartner(models.Model):
    """How the statements of clients are printed and sent, with a letter that goes
    along, such as a payment reminder chosen by hand."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _prepare_client_statement_letters(self, template):
        """The letters that are printed before the statements of these clients.

        :param template: ``mail.template`` of letters, which the user may read
        :return: list of dicts, values of ``client.letter``, one for each client, in its
            language and to the address of its statement
        """
        vals_list = []
        addressees = self._get_client_statement_addressees()
        langs = self.grouped(lambda client: client._get_client_statement_lang())
        for lang, clients in langs.items():
            subjects, bodies = (
                template._render_field(field, clients.ids, set_lang=lang)
                for field in ("subject", "body_html")
            )
            for client in clients:
                recipient = addressees[client]
                vals_list.append(
                    {
                        "client_id": client.id,
                        "contact_id": (recipient - client).id,
                        "template_id": template.id,
                        "company_id": (client.company_id or self.env.company).id,
                        "lang": lang,
                        "name": subjects[client.id] or template.name,
                        "salutation": recipient._get_client_salutation(lang),
                        "body": bodies[client.id],
                    }
                )
        return vals_list

    def _print_client_statements(self, template=None, **values):
        """What prints the statements of these clients, who are told it in their chatter
        where a letter goes along.

        :param template: ``mail.template`` of the letter, or None
        :param values: more values of the letters
        :return: pair: the report, in the context that it needs, and the letters
        """
        report = self.env.ref("client_extension_letter.client_statement_report")
        # Superuser: accountants do not write letters, but send what they print. The
        # texts are made of what they may read.
        letters = self.env["client.letter"].sudo()
        if template:
            letters = letters.create(
                [
                    {**one, **values}
                    for one in self._prepare_client_statement_letters(template)
                ]
            )
            letters._check_text()
            letters._freeze("printed", self.env._("Printed with the statement:"))
        return report.with_context(client_statement_letters=letters.ids), letters

    def _prepare_client_statement_composer(self, template=None):
        """What Odoo's dialog for emails needs to send the statements of these clients.

        :param template: ``mail.template`` of the text; a short standard text if empty
        :return: dict, the context of the dialog
        """
        standard = self.env.ref("client_extension_letter.mail_template_statement")
        # Odoo's dialog for one posts on the client, which takes the right to change it.
        many = len(self) > 1 or not self.has_access("write")
        return {
            "default_model": "res.partner",
            "default_res_ids": self.ids,
            "default_composition_mode": "mass_mail" if many else "comment",
            "default_template_id": (template or standard).id,
            "default_lang": "{{ object.lang }}",
            "default_email_layout_xmlid": "mail.mail_notification_light",
            "client_statement": True,
        }
