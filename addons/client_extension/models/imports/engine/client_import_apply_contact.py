from odoo import api, models

from ....importer.rows.contact import KEYS


class ClientImportApply(models.AbstractModel):
    """Writes the main contact of a row along with its client, or neither of them."""

    _inherit = "client.import.apply"

    @api.model
    def _create(self, scope, outcomes):
        partners = super()._create(scope, outcomes)
        self._put_contacts(scope, outcomes, partners)
        return partners

    @api.model
    def _update(self, scope, outcomes):
        partners = super()._update(scope, outcomes)
        self._put_contacts(scope, outcomes, partners)
        return partners

    @api.model
    def _put_contacts(self, scope, outcomes, partners):
        todo = [
            (outcome, partner)
            for outcome, partner in zip(outcomes, partners, strict=True)
            if not KEYS.isdisjoint(outcome.changes)
        ]
        if todo:
            self.env["client.import.contact"]._put(scope.client_import, todo)

    @api.model
    def _prepare_client_import_vals(self, scope, outcome):
        vals = super()._prepare_client_import_vals(scope, outcome)
        for key in KEYS.intersection(outcome.changes):
            del vals[scope.columns.columns[key].field]
        return vals
