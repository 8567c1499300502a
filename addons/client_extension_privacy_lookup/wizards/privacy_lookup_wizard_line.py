from functools import partial

from odoo import models
from odoo.exceptions import UserError


class PrivacyLookupWizardLine(models.TransientModel):
    """*Delete* empties what imports know of a person, and leaves their counts.

    An import and its change log have the data of many others too.
    """

    _inherit = "privacy.lookup.wizard.line"

    def action_unlink(self):
        self.ensure_one()
        clear = self._get_client_clear()
        if not clear or self.is_unlinked:
            return super().action_unlink()
        self.check_access("write")
        clear()
        self.execution_details = self.env._(
            "Cleared %(model)s #%(id)s", model=self.res_model_id.name, id=self.res_id
        )
        self.is_unlinked = True
        return None

    def _get_client_clear(self):
        """:return: callable that empties the record of this line, None if it can be
        deleted as a whole

        :raise UserError: when it does not exist any more
        """
        methods = {
            "client.import": "action_clear",
            "client.import.change": "_clear_values",
            "client.import.mapping": "_forget_words",
            "client.import.problem": "_clear_values",
        }
        if self.res_model not in methods:
            return None
        # Superuser: as Odoo deletes records here, for administrators only.
        record = self.env[self.res_model].sudo().browse(self.res_id).exists()
        if not record:
            raise UserError(self.env._("This record has already been deleted."))
        clear = getattr(record, methods[self.res_model])
        if self.res_model == "client.import.mapping":
            # Its other words are still needed.
            return partial(clear, self.wizard_id._get_client_texts())
        return clear
