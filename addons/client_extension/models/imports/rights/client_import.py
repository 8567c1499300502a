from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..client_import import CHOICES, GROUP


class ClientImport(models.Model):
    """Who is allowed to do what to an import, and in which state."""

    _inherit = "client.import"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_user_context(self):
        """:return: dict, the context without defaults for fields users cannot write"""
        return {
            key: value
            for key, value in self.env.context.items()
            if not key.startswith("default_") or key.removeprefix("default_") in CHOICES
        }

    def _check_writable(self, vals):
        """Let only the import itself write its user and its result.

        :raise AccessError: when the values hold more than the user's choices
        """
        if not self.env.su and (fields_ := sorted(vals.keys() - CHOICES)):
            raise AccessError(
                self.env._(
                    "These fields of an import cannot be changed: %s.",
                    ", ".join(fields_),
                )
            )

    def _check_importer(self):
        """Refuse users who are not allowed to import, or not for this company.

        :raise AccessError: when the user is not in the group or not of the company
        """
        if self.env.su:
            return
        if not self.env.user.active:
            raise AccessError(
                self.env._(
                    "The user %s is archived. Another user can start it again, in "
                    "their own name.",
                    self.env.user.name,
                )
            )
        if not self.env.user.has_group(GROUP):
            raise AccessError(self._get_no_right())
        self.check_access("write")

    @api.model
    def _get_no_right(self):
        """:return: str, the message for a user who is not allowed to import"""
        return self.env._(
            "You are not allowed to import clients. Ask an administrator for access."
        )

    def _check_state(self, *states):
        """:raise UserError: when one of the imports is in another state, when its file
        is being checked, or when it is being undone"""
        _ = self.env._
        moving = {
            "check": _("This file is being checked. Wait a moment and try again."),
            "undo": _("This import is being undone. Wait a moment and try again."),
        }
        if found := moving.keys() & set(self.mapped("task")):
            raise UserError(moving[min(found)])
        labels = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if record.state not in states:
                raise UserError(
                    _(
                        "This is not possible because the import of "
                        "%(file)s has the status “%(state)s”. Start a new "
                        "import.",
                        file=record.file_name or "",
                        state=labels[record.state],
                    )
                )
