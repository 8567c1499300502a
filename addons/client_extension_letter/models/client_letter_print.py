from collections import defaultdict

from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty
from odoo.tools.pdf import merge_pdf

from .client_letter import OWN_COPIES

PDF = ".pdf"


class ClientLetter(models.Model):
    """How letters are printed and sent by email."""

    _inherit = "client.letter"  # pylint: disable=consider-merging-classes-inherited

    def action_print(self):
        """Print these letters, drafts for the first time and others again. Those that a
        mail merge did not write are left out.

        :return: dict, the action that downloads one PDF of all
        :raise AccessError: when the user may not change the letters
        :raise UserError: when a draft has no text, or when none was written
        """
        self._check_may_send()
        letters = self.filtered(lambda letter: letter.state != "skipped")
        if not letters:
            self._check_written()
        letters._get_printed_enclosures()
        drafts = letters.filtered(lambda letter: letter.state == "draft")
        drafts._check_text()
        drafts._freeze("printed", self.env._("Letter printed:"))
        report = self.env.ref("client_extension_letter.client_letter_report")
        action = report.report_action(letters.ids, config=False)
        return {**action, "close_on_report_download": True}

    def action_email(self):
        """Open Odoo's dialog for emails with the text of this letter.

        :return: dict, a window action
        :raise AccessError: when the user may not change the letter
        :raise UserError: when the letter has no text
        """
        self.ensure_one()
        self._check_may_send()
        self._check_text()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send Letter by Email"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": self._prepare_composer_context(),
        }

    def _prepare_composer_context(self):
        """:return: dict, the context of the dialog for emails; overridden to attach
        more
        """
        self.ensure_one()
        opening = Markup("<p>%s</p>") % self.salutation if self.salutation else ""
        return {
            "default_model": "res.partner",
            "default_res_ids": self.client_id.ids,
            "default_composition_mode": "comment",
            "default_partner_ids": self.recipient_id.ids,
            "default_subject": self.name,
            "default_body": opening + (self.body or ""),
            "default_attachment_ids": self.enclosure_ids.ids,
            "lang": self.lang or self.env.lang,
            "client_letter_id": self.id,
        }

    # Enclosures

    def _get_enclosure_line(self):
        """:return: str, what the letter says below its text of what goes along, in the
        language of the environment, or False; overridden to name more
        """
        names = ", ".join(
            name.removesuffix(PDF) for name in self.enclosure_ids.mapped("name")
        )
        return self.env._("Enclosures: %s", names) if names else False

    def _get_printed_enclosures(self):
        """The files that are printed behind this letter.

        Only where one letter is printed by itself: who prints many puts them in by
        hand.

        :return: list of bytes, PDF files
        :raise UserError: when one of them cannot be read
        """
        files = self.enclosure_ids if len(self) == 1 else self.enclosure_ids.browse()
        found = []
        for file in files.filtered(lambda one: one.mimetype == "application/pdf"):
            try:
                merge_pdf([file.raw])
            except Exception as error:  # whatever its reader stumbles over
                raise UserError(
                    self.env._(
                        "The enclosure “%s” is damaged or protected and cannot be "
                        "printed. Remove it, or print it yourself.",
                        file.name,
                    )
                ) from error
            found.append(file.raw)
        return found

    def _keep_enclosures(self):
        """Make files that were uploaded for these letters part of them, so that who
        reads the letter reads them.

        :raise AccessError: for a file that the user is not allowed to read
        """
        self.enclosure_ids.check_access("read")
        for letter in self:
            mine = letter.enclosure_ids.filtered(
                lambda file, letter=letter: file.res_model == letter._name
            )
            # Of the letter that was duplicated: they are deleted with it.
            others = mine.filtered(lambda file, id_=letter.id: file.res_id != id_)
            letter._copy_enclosures(others.filtered("res_id"))
            others.filtered(lambda file: not file.res_id).res_id = letter.id

    def _copy_enclosures(self, files):
        """Give this letter copies of its own of some of its files.

        :param files: ``ir.attachment``
        """
        self.ensure_one()
        if not files:
            return
        own = files.browse()
        for file in files:
            own += file.copy({"res_model": self._name, "res_id": self.id})
        letter = self.with_context(client_letter_enclosures=OWN_COPIES)
        letter.enclosure_ids = letter.enclosure_ids - files + own

    def _check_may_send(self):
        """Refuse users who may not write letters."""
        self.env["res.partner"]._check_client_user()
        self.check_access("write")

    def _check_text(self):
        """:raise UserError: when a letter has no text"""
        self._check_written()
        if empty := self.filtered(lambda letter: is_html_empty(letter.body))[:1]:
            raise UserError(
                self.env._("The letter “%s” has no text. Enter it.", empty.name)
            )

    def _freeze(self, state, note):
        """Keep the address as it is now, and tell it in the chatter of the clients.

        :param str state: what becomes of the letters
        :param str note: what the chatter says in front of the link to the letter, or a
            false value for no note
        """
        # What was proposed and not stored yet would follow later changes of the client.
        self.flush_recordset()
        notes = defaultdict(Markup)
        for letter in self:
            lines = "\n".join(letter._get_lines())
            # Superuser: users do not write the status, which nobody can take back; the
            # callers checked that they may change the letter.
            letter.sudo().write({"address": lines, "state": state})
            notes[letter.client_id.id] += Markup("<p>%s %s</p>") % (
                note,
                letter._get_html_link(),
            )
        if note:
            self.client_id._message_log_batch(notes)
