from odoo import api, fields, models

from odoo.addons.client_extension.tools.client_figure import (
    ClientFigure,
    ClientSection,
    ClientSheetList,
    ClientTimelineSource,
)

from ..letter_layout.address import MAX_LINES, problems, window_lines

#: what a template of a letter can say about the client
PLACEHOLDERS = (
    *("object.ref", "object.client_salutation", "object.lang"),
    *("object.client_civility", "object.client_first_name", "object.client_last_name"),
    *("object.street", "object.street2", "object.zip", "object.city"),
    *("object.state_id.name", "object.country_id.name"),
    *("object.email", "object.phone", "object.mobile", "object.website", "object.vat"),
    *("object.client_type_id.name", "object.client_business_unit_id.name"),
    *("object.user_id.email", "object.user_id.phone"),
)


class ResPartner(models.Model):
    """Letters to a client: how they are addressed, and where they are shown."""

    _inherit = "res.partner"

    client_no_mailing = fields.Boolean(
        string="No Mailings",
        tracking=True,
        groups="base.group_user",
        help="This client objects to mailings: a mail merge and labels for several "
        "clients leave it out. A single letter is still possible.",
    )

    @api.model
    def mail_allowed_qweb_expressions(self):
        allowed = super().mail_allowed_qweb_expressions()
        return (*allowed, *(text for text in PLACEHOLDERS if text not in allowed))

    def action_client_write_letter(self):
        """Open a new letter to this client.

        :return: dict, a window action
        :raise AccessError: when the user may not read the client or write letters
        """
        self.ensure_one()
        self._check_client_user()
        self.check_access("read")
        self.env["client.letter"].check_access("create")
        view = self.env.ref("client_extension_letter.client_letter_view_form_dialog")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write a Letter"),
            "res_model": "client.letter",
            "views": [(view.id, "form")],
            "target": "new",
            "context": {"default_client_id": self.id, "dialog_size": "extra-large"},
        }

    # Address

    def _get_client_letter_lines(self, recipient):
        """The address of a letter to this client, for the window of the envelope.

        :param recipient: ``res.partner``, the client itself or one of its contacts
        :return: list of str, the lines in their order; overridden to address letters
            in another way
        """
        self.ensure_one()
        company = self.env.company
        address = self._get_client_letter_address(recipient)
        # The post of the sender reads the name of the country.
        country = address.country_id or self.country_id or company.country_id
        country = country.with_context(lang=company.partner_id.lang)
        abroad = country != company.country_id
        return window_lines(
            self._get_client_letter_names(recipient),
            address._get_client_letter_street().splitlines(),
            country.name if abroad else "",
            country.code or "",
        )

    def _get_client_letter_names(self, recipient):
        """:return: list of str, the names above the address, the company first"""
        self.ensure_one()
        if recipient == self:
            return [self.name or ""]
        names = [recipient.name or ""]
        return [self.name or "", *names] if self.is_company else names

    def _get_client_letter_address(self, recipient):
        """:return: ``res.partner``, whose address is used: the recipient's own, and the
        client's when the recipient has none
        """
        self.ensure_one()
        return recipient if recipient.street or recipient.city else self

    def _get_client_letter_problems(self, recipient, lines):
        """Say what the post could not read of an address.

        :param recipient: ``res.partner``, the client itself or one of its contacts
        :param lines: list of str, see :meth:`_get_client_letter_lines`
        :return: list of str, sentences for the user; overridden to check more
        """
        address = self._get_client_letter_address(recipient)
        street = bool(address.street or address.street2)
        texts = {
            "no_street": self.env._("The address has no street."),
            "no_city": self.env._("The address has no city."),
            "too_many": self.env._(
                "The address has more than %(number)s lines. Shorten it.",
                number=MAX_LINES,
            ),
        }
        too_long = self.env._("This line is too long for the window: “%s”.")
        return [
            texts.get(problem.code) or too_long % problem.line
            for problem in problems(lines, street, bool(address.city))
        ]

    def _get_client_letter_street(self):
        """:return: str, the address of one partner in lines, without its country"""
        self.ensure_one()
        address_format, values = self._prepare_display_address(without_company=True)
        values["country_name"] = ""
        return address_format % values

    def _get_client_letter_contact(self, role):
        """Find who of this client has a role today.

        :param role: ``client.contact.role``
        :return: ``res.partner``, one of the contacts, the main contact first; empty
            when none has the role
        """
        self.ensure_one()
        lines = self.client_contact_ids.filtered(
            lambda line: role in line.role_ids and not line.is_ended
        )
        return lines.sorted("is_main", reverse=True)[:1].contact_id

    def _get_client_letter_lang(self, contact):
        """:return: str or False, the language of a letter to this client, to a contact
        of it or, without a contact, to the client itself
        """
        known = dict(self.env["res.lang"].get_installed())
        langs = contact.lang, self.lang, self.env.lang
        return next((lang for lang in langs if lang in known), False)

    # Overview and timeline

    @api.model
    def _get_client_sections(self):
        return [
            *super()._get_client_sections(),
            ClientSection(
                key="letter",
                label=self.env._("Letters"),
                icon="fa-envelope-o",
                sequence=80,
                model="client.letter",
                new="action_client_write_letter",
            ),
        ]

    @api.model
    def _get_client_figures(self):
        declared = {
            "section": "letter",
            "model": "client.letter",
            "partner_field": "client_id",
            "action": "client_extension_letter.client_letter_action",
        }
        return [
            *super()._get_client_figures(),
            ClientFigure(
                key="draft",
                label=self.env._("Drafts"),
                domain=[("state", "=", "draft")],
                oldest="date",
                **declared,
            ),
            ClientFigure(
                key="done",
                label=self.env._("Printed or Sent"),
                domain=[("state", "not in", ("draft", "skipped"))],
                **declared,
            ),
        ]

    @api.model
    def _get_client_sheet_lists(self):
        return [
            *super()._get_client_sheet_lists(),
            ClientSheetList(
                ("letter", "done"),
                ("date", "name", "state"),
                order="date desc, id desc",
            ),
        ]

    @api.model
    def _get_client_timeline_sources(self):
        return [
            *super()._get_client_timeline_sources(),
            ClientTimelineSource(
                key="letter",
                label=self.env._("Letters"),
                icon="fa-envelope-o",
                model="client.letter",
                date_field="date",
                domain=[("state", "!=", "skipped")],
                partner_field="client_id",
                title_field="name",
                state_field="state",
                talk=False,
            ),
        ]
