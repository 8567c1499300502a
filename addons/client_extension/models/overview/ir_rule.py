from odoo import api, models, tools
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval


class IrRule(models.Model):
    _inherit = "ir.rule"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @tools.ormcache(
        "self.env.uid", "self.env.su", "model_name", "tuple(self.env.companies.ids)"
    )
    def _client_narrows(self, model_name):
        """Tell whether a record rule hides records of a model from the current user,
        other than those of companies that are not selected.

        :param str model_name: name of the model
        :return: bool
        """
        context = self._eval_context()
        open_to_all, by_group = False, False
        for rule in self._get_rules(model_name).sudo():
            # Superuser: users may not read rules. Only a yes or no leaves this method.
            domain = Domain(safe_eval(rule.domain_force or "[]", context))
            if rule.groups:
                by_group = True
                open_to_all |= domain.optimize(self.env[model_name]).is_true()
            elif not all(map(_is_about_company, domain.iter_conditions())):
                return True
        return by_group and not open_to_all


def _is_about_company(condition):
    return "company" in condition.field_expr
