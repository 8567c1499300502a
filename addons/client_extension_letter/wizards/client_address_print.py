from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..letter_layout.sheet import ENVELOPES, SENDER, SHEETS, LabelSheet, font_size

#: what the dialog proposes again to the same user
REMEMBERED = (
    *("kind", "sheet", "envelope", "print_sender"),
    *("columns", "rows", "width", "height", "left", "top", "pitch_x", "pitch_y"),
)
MAKERS = {"avery": "Avery", "zweckform": "Avery Zweckform", "herma": "Herma"}


class ClientAddressPrint(models.TransientModel):
    """What is asked before addresses are printed on labels or envelopes."""

    _name = "client.address.print"
    _inherit = "client.letter.selection.mixin"
    _description = "Labels or Envelopes"

    run_id = fields.Many2one("client.letter.run", string="Mail Merge", readonly=True)
    role_id = fields.Many2one(
        "client.contact.role",
        string="Addressed To",
        help="Addresses are those of the contact with this role. They are those of the "
        "client if left empty, or if no contact of the client has this role.",
    )
    kind = fields.Selection(
        [("labels", "Labels"), ("envelopes", "Envelopes")],
        string="Print On",
        default="labels",
        required=True,
    )
    sheet = fields.Selection(
        selection=lambda self: self._get_sheets(),
        string="Label Sheet",
        default="avery_l7160",
        required=True,
    )
    first_label = fields.Integer(
        string="First Free Label",
        default=1,
        help="Counted line by line from the top left, for a sheet of which some labels "
        "have been used.",
    )
    envelope = fields.Selection(
        [
            ("c5", "C5, 229 x 162 mm"),
            ("dl", "DL, 220 x 110 mm"),
            ("c6_5", "C6/5, 229 x 114 mm"),
        ],
        default="dl",
        required=True,
    )
    print_sender = fields.Boolean(
        default=True,
        help="Prints the address of the company at the top left.",
    )
    columns = fields.Integer(string="Labels per Row", default=3)
    rows = fields.Integer(default=7)
    width = fields.Float(string="Label Width", default=63.5, help="In mm.")
    height = fields.Float(string="Label Height", default=38.1, help="In mm.")
    left = fields.Float(
        string="Left Margin",
        default=7.2,
        help="In mm, from the left edge of the sheet to the first label.",
    )
    top = fields.Float(
        string="Top Margin",
        default=15.1,
        help="In mm, from the top edge of the sheet to the first label.",
    )
    pitch_x = fields.Float(
        string="Horizontal Pitch",
        default=66.0,
        help="In mm, from the left side of a label to that of the next one.",
    )
    pitch_y = fields.Float(
        string="Vertical Pitch",
        default=38.1,
        help="In mm, from the top of a label to that of the one below.",
    )
    note = fields.Text(compute="_compute_note")

    @api.model
    def _get_sheets(self):
        """:return: list of pairs, key and name of each sheet of labels"""
        names = []
        for key, sheet in SHEETS.items():
            maker, number = key.split("_", 1)
            size = (
                f"{sheet.columns} x {sheet.rows}, {sheet.width:g} x {sheet.height:g} mm"
            )
            names.append((key, f"{MAKERS[maker]} {number.upper()}: {size}"))
        return [*names, ("custom", self.env._("Other sheet"))]

    @api.constrains("first_label", "sheet", *REMEMBERED[4:])
    def _check_sheet(self):
        for wizard in self.filtered(lambda one: one.kind == "labels"):
            sheet = wizard._get_sheet()
            if not sheet.is_on_page:
                raise ValidationError(
                    self.env._(
                        "The labels do not fit an A4 sheet, or overlap. Correct the "
                        "measures."
                    )
                )
            if not 1 <= wizard.first_label <= sheet.count:
                raise ValidationError(
                    self.env._(
                        "The first free label has to be between 1 and %(count)s.",
                        count=sheet.count,
                    )
                )

    def _get_sheet(self):
        """:return: ``LabelSheet``, the sheet on which labels are printed"""
        self.ensure_one()
        return SHEETS.get(self.sheet) or LabelSheet(
            columns=self.columns,
            rows=self.rows,
            width=self.width,
            height=self.height,
            left=self.left,
            top=self.top,
            pitch_x=self.pitch_x,
            pitch_y=self.pitch_y,
        )

    def _get_envelope(self):
        """:return: ``Envelope``, on which addresses are printed"""
        self.ensure_one()
        return ENVELOPES[self.envelope]

    # Addresses

    @api.depends("client_ids", "run_id", "role_id")
    def _compute_note(self):
        for wizard in self:
            printed = len(wizard._get_addresses())
            notes = [self.env._("Addresses: %(count)s", count=printed)]
            asked = len(wizard._get_letters() if wizard.run_id else wizard.client_ids)
            if asked > printed:
                notes.append(
                    self.env._(
                        "Left out because they have no address or object to mailings: "
                        "%(count)s",
                        count=asked - printed,
                    )
                )
            wizard.note = "\n".join(notes)

    def _get_addresses(self):
        """Whose address is printed.

        :return: list of lists of str, the lines of each address in the order of print
        """
        self.ensure_one()
        if self.run_id:
            return [letter._get_lines() for letter in self._get_letters()]
        clients = self._get_readable_clients()
        several = len(clients) > 1
        found = []
        for client in clients.sorted(lambda one: (one.name or "").casefold()):
            contact = self.role_id and client._get_client_letter_contact(self.role_id)
            recipient = contact or client
            objects = client.client_no_mailing or recipient.client_no_mailing
            address = client._get_client_letter_address(recipient)
            if address.city and not (several and objects):
                found.append(client._get_client_letter_lines(recipient))
        return found

    def _get_letters(self):
        """:return: ``client.letter``, those of the run in its order"""
        return self.run_id._check_run_access()._get_letters(
            [("state", "!=", "skipped")]
        )

    # Printing

    def action_print(self):
        """Print the addresses.

        :return: dict, the action that downloads a PDF
        :raise AccessError: when the user may not use clients
        :raise UserError: when there is no address
        """
        self.ensure_one()
        self.env["res.partner"]._check_client_user()
        self.check_access("read")
        if not self._get_addresses():
            raise UserError(self.env._("There is no address to print."))
        defaults = self.env["ir.default"]
        for name in REMEMBERED:
            defaults.set(self._name, name, self[name], user_id=True)
        kind = "labels" if self.kind == "labels" else "envelopes"
        suffix = "" if kind == "labels" else f"_{self.envelope}"
        report = self.env.ref(f"client_extension_letter.client_{kind}_report{suffix}")
        return {
            **report.report_action(self.ids, config=False),
            "close_on_report_download": True,
        }

    def _get_label_pages(self):
        """:return: list of lists of dicts, the blocks of text of each sheet with their
        place in mm and the size of their letters in points
        """
        sheet, addresses = self._get_sheet(), self._get_addresses()
        company = self.env.company
        right, down = company.client_letter_offset_x, company.client_letter_offset_y
        lines = iter(addresses)
        return [
            [
                {
                    "left": left + sheet.padding + right,
                    "top": top + sheet.padding + down,
                    "width": sheet.width - 2 * sheet.padding,
                    "size": sheet.font_size(block),
                    "lines": block,
                }
                for (left, top), block in zip(places, lines, strict=False)
            ]
            for places in sheet.places(len(addresses), self.first_label)
        ]

    def _get_envelope_pages(self):
        """:return: as :meth:`_get_label_pages`, one page for each envelope"""
        envelope, sender = self._get_envelope(), self._get_sender()
        left, top = SENDER
        from_block = {"left": left, "top": top, "width": 90, "size": 8, "lines": sender}
        width = envelope.width - envelope.left - 15
        height = envelope.height - envelope.top - 15
        return [
            [
                {
                    "left": envelope.left,
                    "top": envelope.top,
                    "width": width,
                    "size": font_size(lines, width, height, 11.0),
                    "lines": lines,
                },
                *([from_block] if sender else []),
            ]
            for lines in self._get_addresses()
        ]

    def _get_sender(self):
        """:return: list of str, the lines of the sender; overridden to print another"""
        if not self.print_sender:
            return []
        partner = self.env.company.partner_id
        lines = partner._get_client_letter_lines(partner)
        return [line for line in lines if line]
