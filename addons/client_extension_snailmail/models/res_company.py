from odoo import models

from odoo.addons.client_extension_letter.letter_layout.window import Window

#: in the context while a letter is printed for Odoo's post
POST = "client_letter_post"
#: where Odoo's post expects the address, as on its own cover page
POST_WINDOW = Window(left=115, top=58, width=88, height=32)


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_client_letter_window(self):
        if self.env.context.get(POST):
            return POST_WINDOW
        return super()._get_client_letter_window()
