from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from odoo.addons.client_extension.importer.writers.write_csv import write_csv

FILE_NAMES = {"rooming": "rooming", "passenger": "passengers"}


class ClientTripList(models.TransientModel):
    """The dialog of a rooming or passenger list: print it, download it, send it, and
    mark it as sent.

    The list itself is made for the user each time, and stored nowhere.
    """

    _name = "client.trip.list"
    _description = "List of a Trip"

    trip_id = fields.Many2one(
        "client.trip", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("rooming", "Rooming List"), ("passenger", "Passenger List")],
        required=True,
        readonly=True,
        default="rooming",
    )
    lang = fields.Selection(
        "_get_languages",
        string="Language",
        required=True,
        default=lambda self: self.env.user.lang,
    )
    language_count = fields.Integer(
        compute="_compute_language_count", export_string_translation=False
    )
    with_marks = fields.Boolean(
        "Mark Changes",
        default=True,
        help="Marks who is new, changed or gone since the list was sent.",
    )
    sent_notice = fields.Char(
        compute="_compute_sent_notice", export_string_translation=False
    )
    # Email
    partner_ids = fields.Many2many("res.partner", string="To")
    # Proposed with the rights of the user: a form tries trips that are not shown.
    subject = fields.Char(
        compute="_compute_subject", compute_sudo=False, store=True, readonly=False
    )
    body = fields.Html(
        compute="_compute_body", compute_sudo=False, store=True, readonly=False
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        context = self.env.context
        if context.get("active_model") == "client.trip" and "trip_id" in fields:
            values.setdefault("trip_id", context.get("active_id"))
        return values

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards.trip_id.check_access("read")
        return wizards

    def write(self, vals):
        result = super().write(vals)
        if "trip_id" in vals:
            # Users cannot link records that they are not allowed to see.
            self.trip_id.check_access("read")
        return result

    @api.model
    def _get_languages(self):
        return self.env["res.lang"].get_installed()

    @api.depends_context("lang")
    def _compute_language_count(self):
        self.language_count = len(self._get_languages())

    @api.depends("trip_id", "kind", "lang")
    def _compute_sent_notice(self):
        for wizard in self:
            trip = wizard.trip_id
            sent = trip and trip._get_sent_list(wizard.kind)
            notices = trip._get_list(wizard.kind).notices if sent else []
            wizard.sent_notice = notices[0] if notices else False

    @api.depends("trip_id", "kind", "lang")
    def _compute_subject(self):
        for wizard in self:
            trip = wizard.trip_id.with_context(lang=wizard.lang)
            title = trip._get_list_titles()[wizard.kind]
            # The reference alone: the list says the rest.
            wizard.subject = f"{title} {trip.name or ''}".strip()

    @api.depends("trip_id", "kind", "lang", "with_marks")
    def _compute_body(self):
        for wizard in self:
            trip = wizard.trip_id.with_context(lang=wizard.lang)
            title = trip._get_list_titles()[wizard.kind]
            wizard.body = wizard._prepare_body(trip, title)

    def _prepare_body(self, trip, title):
        """:return: markup: what the email says; overridden to say more"""
        attached = trip.env._(
            "Please find attached: %(list)s %(trip)s.", list=title, trip=trip.name or ""
        )
        if self.with_marks and trip._get_sent_list(self.kind):
            marks = trip.env._("Changes since the last list are marked.")
            attached = f"{attached} {marks}"
        paragraphs = [
            trip.env._("Hello,"),
            attached,
            trip.env._("Kind regards,") + "\n" + self.env.user.name,
        ]
        return plaintext2html("\n\n".join(paragraphs))

    def _get_sheet(self):
        """:return: :class:`..models.lists.trip_list.ListSheet` with these options"""
        self.ensure_one()
        return self.trip_id._get_list(
            self.kind, lang=self.lang, with_marks=self.with_marks
        )

    def _get_file_name(self):
        """:return: str: the name of the file, which names no person"""
        reference = (self.trip_id.name or "").replace("/", "_")
        return f"{reference} {FILE_NAMES[self.kind]}".strip()

    def _write_csv(self):
        """:return: bytes: the list as a file; formulas are guarded"""
        return b"".join(write_csv(self._get_sheet().iter_rows()))

    # Actions

    def action_print(self):
        """Print the list.

        :return: dict of the action of a PDF
        """
        self.trip_id._check_list_access(self.kind)
        return self._get_report().report_action(self)

    def _get_report(self):
        """:return: ``ir.actions.report`` of the list of a dialog"""
        return self.env.ref("client_extension_travel.client_trip_report_asked_list")

    def action_download(self):
        """Let the browser download the list as CSV.

        :return: dict of a client action
        """
        self.ensure_one().trip_id._check_list_access(self.kind)
        return {
            "type": "ir.actions.client",
            "tag": "client_extension.download",
            "params": {"url": f"/client_extension_travel/list/{self.id}"},
        }

    def action_mark_sent(self):
        """Note that the list was sent by other means: the next one marks what is new
        since then."""
        self.ensure_one()
        self.trip_id._keep_sent_list(self.kind)
        self.trip_id._message_log(
            body=self.env._("%s: marked as sent.", self._get_title())
        )
        return {"type": "ir.actions.act_window_close"}

    def action_send(self):
        """Send the list as a PDF to the chosen recipients, and keep neither the email
        nor the file.

        :return: dict that closes the dialog
        :raise UserError: without recipients with an email address, or when the email
            could not be sent
        """
        self.ensure_one()
        self.trip_id._check_list_access(self.kind)
        self.trip_id.check_access("write")
        self._check_recipients()
        rows = self._get_sheet().rows
        number = sum(bool(row.number) for row in rows)
        # Before it is kept: the changes would not be marked any more.
        pdf = self._make_pdf()
        self.trip_id._keep_sent_list(self.kind)
        # Without any name or value of the list.
        self.trip_id._message_log(
            body=self.env._(
                "%(list)s: sent to %(recipients)s. People: %(count)s.",
                list=self._get_title(),
                recipients=", ".join(self.partner_ids.mapped("display_name")),
                count=number,
            )
        )
        self._send(pdf)
        return {"type": "ir.actions.act_window_close"}

    def _check_recipients(self):
        without = self.partner_ids.filtered(lambda one: not one.email)
        if not self.partner_ids:
            raise UserError(self.env._("Enter the recipients of the email."))
        if without:
            raise UserError(
                self.env._("%s: enter an email address first.", without[0].display_name)
            )

    def _get_title(self):
        return self.trip_id._get_list_titles()[self.kind]

    def _make_pdf(self):
        """:return: bytes"""
        report = self._get_report()
        return report._render_qweb_pdf(report.report_name, self.ids)[0]

    def _send(self, pdf):
        """Send the email by Odoo's composer, which deletes it with its file.

        :param bytes pdf: the list
        :raise UserError: when it could not be sent, so that nothing of it is kept
        """
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{self._get_file_name()}.pdf",
                "raw": pdf,
                "mimetype": "application/pdf",
                "res_model": "mail.compose.message",
                "res_id": 0,
            }
        )
        composer = self.env["mail.compose.message"].create(
            {
                "composition_mode": "mass_mail",
                "model": "client.trip",
                "res_ids": repr(self.trip_id.ids),
                "partner_ids": self.partner_ids.ids,
                "subject": self.subject,
                "body": self.body,
                "attachment_ids": attachment.ids,
                "auto_delete": True,
                "auto_delete_keep_log": False,
                "force_send": True,
            }
        )
        mails, _messages = composer._action_send_mail()
        # The composer sent a copy, which went with the email.
        attachment.unlink()
        failed = mails.exists().filtered(lambda mail: mail.state == "exception")
        if failed:
            raise UserError(
                self.env._(
                    "The email could not be sent. %s", failed[0].failure_reason or ""
                )
            )
