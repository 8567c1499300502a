from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from odoo.addons.base.models.res_partner import _lang_get

from ..letter_layout.safe_html import printable

#: what was on the paper: it stays as it was printed
FROZEN = frozenset(
    [
        *("client_id", "contact_id", "template_id", "company_id", "user_id"),
        *("name", "salutation", "body", "lang", "date", "enclosure_ids"),
    ]
)
#: in the context of a write that only changes whose the files are; an object, so that
#: it cannot be sent from outside
OWN_COPIES = object()
#: what the letter and its run write themselves
OWN = frozenset(
    {"state", "address", "run_id", "problem", "sort_key", "has_long_address"}
)


class ClientLetter(models.Model):
    """A letter to a client: text and address as they were printed.

    The PDF is not stored. It is made again from the record, which cannot be changed
    once it was printed or sent.
    """

    _name = "client.letter"
    _description = "Letter"
    _order = "date desc, id desc"
    _check_company_auto = True

    client_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain=[("client_status", "!=", False)],
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Addressed To",
        compute="_compute_contact_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
        domain="[('client_of_ids.client_id', '=', client_id)]",
        help="The contact who gets the letter. The client gets it if left empty.",
    )
    recipient_id = fields.Many2one("res.partner", compute="_compute_recipient_id")
    template_id = fields.Many2one(
        "mail.template",
        ondelete="set null",
        domain=[("client_is_letter", "=", True)],
    )
    name = fields.Char(
        string="Subject",
        compute="_compute_name",
        compute_sudo=False,
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    lang = fields.Selection(
        _lang_get,
        string="Language",
        compute="_compute_lang",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        help="The language of the template, the salutation and the date.",
    )
    salutation = fields.Char(
        compute="_compute_salutation",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    body = fields.Html(
        string="Text",
        compute="_compute_body",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        sanitize_style=True,
    )
    enclosure_ids = fields.Many2many(
        "ir.attachment",
        string="Enclosures",
        compute="_compute_enclosure_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        help="Files that go along: they are named below the text and attached to the "
        "email. PDF files are printed behind a letter that is printed by itself.",
    )
    date = fields.Date(default=fields.Date.context_today, required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Signed By",
        default=lambda self: self.env.user,
        ondelete="set null",
        help="Whose name stands below the text.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        compute="_compute_company_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    address = fields.Text(
        string="Printed Address", readonly=True, copy=False, help="As it was printed."
    )
    window_address = fields.Text(string="Address", compute="_compute_window_address")
    address_problems = fields.Text(compute="_compute_window_address")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("printed", "Printed"),
            ("sent", "Sent by Email"),
            ("skipped", "Not Written"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )

    # What the dialog proposes, with the rights of who writes the letter: it would tell
    # of clients whom this user may not see.

    def _get_seen(self):
        """:return: ``res.partner``: those of these letters whom the user may see.
        A form tries what it is given, and the names that it answers with leave the
        whole partner in the cache, where no right is asked for."""
        return (self.client_id | self.contact_id)._filtered_access("read")

    @api.depends("client_id", "template_id")
    def _compute_contact_id(self):
        seen = self._get_seen()
        for letter in self:
            client = letter.client_id & seen
            role = letter.template_id.client_letter_role_id
            letter.contact_id = (
                client._get_client_letter_contact(role) if client and role else False
            )

    @api.depends("client_id", "contact_id")
    def _compute_recipient_id(self):
        seen = self._get_seen()
        for letter in self:
            partners = letter.contact_id | letter.client_id
            letter.recipient_id = partners[:1] if partners <= seen else False

    @api.depends("client_id")
    def _compute_company_id(self):
        seen = self._get_seen()
        for letter in self:
            client = letter.client_id & seen
            letter.company_id = client.company_id or self.env.company

    # The language of a partner is no dependency here: a draft that somebody edited
    # stays when the data of the client changes.
    @api.depends("client_id", "contact_id")
    def _compute_lang(self):
        for letter in self:
            client = letter.client_id if letter.recipient_id else letter.recipient_id
            contact = letter.contact_id & letter.recipient_id
            letter.lang = client._get_client_letter_lang(contact)

    @api.depends("client_id", "template_id", "lang")
    def _compute_name(self):
        for letter in self:
            letter.name = letter._render_template("subject") or letter.name or ""

    @api.depends("client_id", "contact_id", "lang")
    def _compute_salutation(self):
        for letter in self:
            partner, lang = letter.recipient_id, letter.lang
            letter.salutation = partner and partner._get_client_salutation(lang)

    @api.depends("client_id", "template_id", "lang")
    def _compute_body(self):
        for letter in self:
            letter.body = letter._render_template("body_html") or letter.body

    @api.depends("template_id")
    def _compute_enclosure_ids(self):
        for letter in self:
            template = letter.template_id
            letter.enclosure_ids = template.client_is_letter and template.attachment_ids

    def _render_template(self, field):
        """Fill in a text of the template, in the language of this letter.

        :param str field: ``subject`` or ``body_html``
        :return: str or Markup, empty without a template or a client
        """
        self.ensure_one()
        client, template = self.client_id._origin, self.template_id._origin
        if not (client and self.recipient_id) or not template.client_is_letter:
            return ""
        return template._render_field(field, client.ids, set_lang=self.lang)[client.id]

    # Window

    @api.depends("client_id", "contact_id", "company_id", "address", "state")
    def _compute_window_address(self):
        for letter in self:
            lines = letter._get_lines()
            letter.window_address = "\n".join(lines)
            letter.address_problems = "\n".join(letter._get_problem_texts(lines))

    def _get_lines(self):
        """:return: list of str, the lines of the address: as printed, or as they would
        be printed now
        """
        self.ensure_one()
        if self.state != "draft":
            return (self.address or "").splitlines()
        if not self.recipient_id:
            return []
        client = self.client_id.with_company(self.company_id)
        return client._get_client_letter_lines(self.recipient_id.with_env(client.env))

    def _get_problem_texts(self, lines):
        """Say what the post could not read.

        :param lines: list of str, the address
        :return: list of str, sentences for the user; overridden to check more
        """
        self.ensure_one()
        if self.state != "draft" or not self.recipient_id:
            return []
        objects = self.env._("This client objects to mailings.")
        partners = self.client_id | self.recipient_id
        return [
            *([objects] if any(partners.mapped("client_no_mailing")) else []),
            *self.client_id._get_client_letter_problems(self.recipient_id, lines),
        ]

    @api.depends(
        "window_address", "company_id", "salutation", "date", "lang", "client_id"
    )
    def _compute_preview(self):
        view = "client_extension_letter.client_letter_preview"
        for letter in self:
            letter.preview = self.env["ir.qweb"]._render(
                view, letter._prepare_print_values()
            )

    def _prepare_print_values(self):
        """What the paper shows, beside the fields of the letter.

        :return: dict of values for QWeb; overridden to print more
        """
        self.ensure_one()
        company = self.company_id
        lang = self.env["res.lang"]._get_data(code=self.lang or self.env.lang)
        return {
            "letter": self,
            "company": company,
            "window": company._get_client_letter_window(),
            "lines": (self.window_address or "").splitlines(),
            "date": format_date(
                self.env, self.date, date_format="long", lang_code=lang.code
            ),
            "direction": lang.direction or "ltr",
            "body": Markup(printable(self.body or "")),  # cleaned by printable
            "enclosures": self.with_context(lang=lang.code)._get_enclosure_line(),
        }

    # Storing

    @api.model_create_multi
    def create(self, vals_list):
        letters = super().create(vals_list)
        # Users cannot write to whom they are not allowed to see.
        (letters.client_id | letters.contact_id).check_access("read")
        letters._keep_enclosures()
        # Also what came by a default of the context.
        done = letters.filtered(
            lambda one: one.state != "draft" or one.address or one.run_id
        )
        if done and not self.env.su:
            self._refuse_own()
        return letters

    def write(self, vals):
        if not self.env.su and OWN & vals.keys():
            self._refuse_own()
        same = self.env.context.get("client_letter_enclosures") is OWN_COPIES
        if FROZEN & vals.keys() and not same:
            self._check_draft()
        result = super().write(vals)
        if vals.keys() & {"client_id", "contact_id"}:
            (self.client_id | self.contact_id).check_access("read")
        if vals.keys() & {"client_id", "company_id"}:
            # Odoo checks the access to the former company only.
            self.check_access("write")
        if "enclosure_ids" in vals:
            self._keep_enclosures()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_printed(self):
        manager = self.env.user.has_group("client_extension.group_client_manager")
        if not manager and not self.env.su:
            self._check_draft()

    def _check_draft(self):
        """Refuse to change what was printed or sent.

        :raise UserError: when one of these letters is not a draft
        """
        self._check_written()
        if done := self.filtered(lambda letter: letter.state != "draft")[:1]:
            raise UserError(
                self.env._(
                    "The letter “%s” has been printed or sent and cannot be changed. "
                    "Duplicate it instead.",
                    done.name,
                )
            )

    def _refuse_own(self):
        raise AccessError(
            self.env._("The status of a letter changes when it is printed or sent.")
        )
