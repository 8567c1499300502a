from dataclasses import replace

from odoo import models


class ClientImport(models.Model):
    """Names where another add-on stores them in a form of its own.

    A file that says one otherwise would be written again by every import.
    """

    _inherit = "client.import"

    def _get_plan_options(self, labels):
        options = super()._get_plan_options(labels)
        partners = self.env["res.partner"]
        if not partners._stores_name_parts():
            return options
        normalizers = {**options.normalizers, "name": partners._get_stored_name}
        return replace(options, normalizers=normalizers)
