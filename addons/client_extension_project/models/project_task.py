from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class ProjectTask(models.Model):
    _inherit = "project.task"

    client_in_template = fields.Boolean(
        string="Part of a Template",
        compute="_compute_client_in_template",
        search="_search_client_in_template",
        help="The task, or one above it, is a template.",
    )

    def _compute_client_in_template(self):
        for task in self:
            # Superuser: a task above this one may be closed to the user, and only
            # whether it is a template is told.
            task.client_in_template = task.sudo().has_template_ancestor

    def _search_client_in_template(self, operator, value):
        if operator != "in":
            return NotImplemented
        wanted = {bool(one) for one in value}
        if len(wanted) > 1:
            return Domain.TRUE
        # The field of Odoo is stored, but a search by it takes three queries.
        condition = "(%s IS TRUE)" if True in wanted else "(%s IS NOT TRUE)"

        def to_sql(model, alias, query):
            stored = model._field_to_sql(alias, "has_template_ancestor", query)
            return SQL(condition, stored)

        return Domain.custom(
            to_sql=to_sql,
            predicate=lambda task: task.client_in_template in wanted,
        )
