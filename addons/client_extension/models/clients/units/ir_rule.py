from odoo import api, models
from odoo.fields import Domain


class IrRule(models.Model):
    """Closes reports of apps that may be missing, so that no record rule can name them.

    Where a bridge depends on the app, it has a record rule instead.
    """

    _inherit = "ir.rule"

    @api.model
    def _get_client_paths(self):
        """The reports that show clients, whether their app is installed or not.

        :return: dict: model -> list of the paths to its partners; overridden by bridges
        """
        return {}

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        domain = super()._compute_domain(model_name, mode)
        paths = self._get_client_paths().get(model_name)
        if not paths or self.env.su or not self.env.user.client_hidden_unit_ids:
            return domain
        shown = Domain.AND(
            Domain(path, "=", False) | Domain(f"{path}.client_is_hidden", "=", False)
            for path in paths
        )
        return (domain & shown).optimize(self.env[model_name])
