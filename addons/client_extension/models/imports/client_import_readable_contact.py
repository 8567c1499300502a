from odoo import api, models

from ...importer.rows.contact import KEYS, NAMES, find, name_of


class ClientImportReadable(models.AbstractModel):
    """Says when somebody else becomes the main contact: nobody is renamed then."""

    _inherit = "client.import.readable"

    @api.model
    def _get_shown(self, outcome):
        shown = super()._get_shown(outcome)
        if not self._get_new_main(outcome):
            return shown
        return {
            key: (None if key in KEYS else old, new)
            for key, (old, new) in shown.items()
            if key not in NAMES
        }

    @api.model
    def _prepare_preview(self, outcome, lines, note):
        if pair := self._get_new_main(outcome):
            old, new = pair
            line = {"label": self.env._("Main Contact"), "old": old, "new": new}
            lines = [line, *lines]
        return super()._prepare_preview(outcome, lines, note)

    @api.model
    def _get_new_main(self, outcome):
        """:return: pair of names, of before and after, or None where it is the same"""
        changed = not KEYS.isdisjoint(outcome.changes)
        if outcome.kind not in ("create", "update") or not changed:
            return None
        contacts = outcome.candidate.contacts if outcome.candidate else ()
        main = next((c for c in contacts if c.is_main), None)
        found = find(outcome.row.values, contacts)
        if found and found is main:
            return None
        old = name_of(main.first, main.last) if main else ""
        if found:
            return old, name_of(found.first, found.last)
        new = name_of(*(outcome.row.values.get(key) for key in NAMES))
        return old, self.env._("%s (new)", new)
