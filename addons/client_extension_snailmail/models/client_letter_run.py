from odoo import models
from odoo.exceptions import UserError

#: letters that are handed over in one click: each takes some milliseconds
MOST = 1000


class ClientLetterRun(models.Model):
    """The letters of a mail merge go by post, each in an envelope of its own."""

    _inherit = "client.letter.run"

    def action_post(self):
        """Hand the letters that were not printed yet to Odoo's service for letters by
        post; its scheduled action prints and sends them one by one. Those whose address
        is not complete stay to be printed.

        :return: dict, the action that says how many were sent and shows the run again
        :raise AccessError: when the user may not see the run or write letters
        :raise UserError: when letters are still being written, or none can be sent
        """
        run = self._check_run_access()
        if run.state in ("queued", "running"):
            raise UserError(self.env._("The letters are still being written."))
        drafts = run._get_letters([("state", "=", "draft")])
        letters = drafts.filtered(lambda letter: letter._has_post_address())[:MOST]
        if not letters:
            raise UserError(self.env._("There is no letter that can be sent by post."))
        # Superuser: only against a second click; the right to write was checked.
        letters.sudo().lock_for_update()
        letters._check_text()
        letters._freeze("posted", self.env._("Letter sent by post:"))
        self.env["snailmail.letter"].create(
            [letter._prepare_post() for letter in letters]
        )
        message = self.env._("Letters sent by post: %(count)s", count=len(letters))
        if left := len(drafts - letters):
            message += "\n" + self.env._(
                "Still to print, for example because the address is not complete: "
                "%(count)s",
                count=left,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left else "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
