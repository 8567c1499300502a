from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_letter_window = fields.Selection(
        related="company_id.client_letter_window", readonly=False, required=True
    )
    client_letter_left = fields.Float(
        related="company_id.client_letter_left", readonly=False
    )
    client_letter_top = fields.Float(
        related="company_id.client_letter_top", readonly=False
    )
    client_letter_width = fields.Float(
        related="company_id.client_letter_width", readonly=False
    )
    client_letter_height = fields.Float(
        related="company_id.client_letter_height", readonly=False
    )
    client_letter_offset_x = fields.Float(
        related="company_id.client_letter_offset_x", readonly=False
    )
    client_letter_offset_y = fields.Float(
        related="company_id.client_letter_offset_y", readonly=False
    )
    client_letter_letterhead = fields.Boolean(
        related="company_id.client_letter_letterhead", readonly=False
    )

    def action_client_letter_test_page(self):
        """Print the window as it is stored, with rulers.

        :return: dict, a report action
        :raise AccessError: when the user may not change the company
        """
        return self.company_id.action_client_letter_test_page()
