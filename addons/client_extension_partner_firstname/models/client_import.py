from dataclasses import replace

from odoo import models


class ClientImport(models.Model):
    """Names as ``partner_firstname`` stores them.

    A name that differs in the file would be written again by every import.
    """

    _inherit = "client.import"

    def _get_plan_options(self, labels):
        options = super()._get_plan_options(labels)
        stored_name = self.env["res.partner"]._get_stored_name
        normalizers = {**options.normalizers, "name": stored_name}
        return replace(options, normalizers=normalizers)
