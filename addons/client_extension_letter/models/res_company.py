from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..letter_layout.window import MARGIN_TOP, WINDOWS, Window, default_window, moved


class ResCompany(models.Model):
    _inherit = "res.company"

    client_letter_window = fields.Selection(
        [
            ("left_b", "Left, form B"),
            ("left_a", "Left, form A"),
            ("right", "Right"),
            ("right_swiss", "Right, Switzerland"),
            ("custom", "Other position"),
        ],
        string="Envelope Window",
        compute="_compute_client_letter_window",
        store=True,
        readonly=False,
        help="Where the window of your envelopes is on the folded sheet.",
    )
    client_letter_left = fields.Float(
        string="Window: Left Edge", default=20.0, help="In mm from the left edge."
    )
    client_letter_top = fields.Float(
        string="Window: Top Edge", default=45.0, help="In mm from the top edge."
    )
    client_letter_width = fields.Float(
        string="Window: Width", default=85.0, help="In mm."
    )
    client_letter_height = fields.Float(
        string="Window: Height", default=45.0, help="In mm."
    )
    client_letter_offset_x = fields.Float(
        string="Printer Offset to the Right",
        help="In mm. Moves the address to the right; negative numbers to the left.",
    )
    client_letter_offset_y = fields.Float(
        string="Printer Offset Down",
        help="In mm. Moves the address down; negative numbers up.",
    )
    client_letter_letterhead = fields.Boolean(
        string="Print Letterhead",
        default=True,
        help="Prints the logo and the details of the company, for blank paper.",
    )

    # Computed once for each company, with the country that it has then: what was chosen
    # since stays.
    @api.depends("country_id")
    def _compute_client_letter_window(self):
        for company in self:
            if not company.client_letter_window:
                code = company.country_id.code or ""
                company.client_letter_window = default_window(code)

    @api.constrains(
        *("client_letter_window", "client_letter_left", "client_letter_top"),
        *("client_letter_width", "client_letter_height"),
        *("client_letter_offset_x", "client_letter_offset_y"),
    )
    def _check_client_letter_window(self):
        for company in self:
            if not company._get_client_letter_window().is_on_page:
                raise ValidationError(
                    self.env._(
                        "The envelope window is not on the page. It has to start at "
                        "least %(margin)s mm below the top edge and fit an A4 sheet.",
                        margin=int(MARGIN_TOP),
                    )
                )

    def _get_client_letter_window(self):
        """The part of a sheet that is seen through the envelopes of this company.

        :return: ``Window``, with the offset of the printer; overridden for envelopes
            that depend on something else
        """
        self.ensure_one()
        window = WINDOWS.get(self.client_letter_window) or Window(
            left=self.client_letter_left,
            top=self.client_letter_top,
            width=self.client_letter_width,
            height=self.client_letter_height,
        )
        return moved(window, self.client_letter_offset_x, self.client_letter_offset_y)

    def action_client_letter_test_page(self):
        """Print the window of this company with rulers, to measure it.

        :return: dict, a report action
        :raise AccessError: when the user may not change the company
        """
        self.ensure_one()
        self.check_access("write")
        report = self.env.ref("client_extension_letter.client_letter_test_report")
        return report.report_action(self, config=False)
