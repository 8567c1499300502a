from odoo import api, fields, models
from odoo.fields import Domain

from ....importer.rows.protect import CODE, protected_groups
from ..client_import import OPEN


class ClientImport(models.Model):
    """What an import would overwrite on clients with posted invoices."""

    _inherit = "client.import"  # pylint: disable=consider-merging-classes-inherited

    overwrite_protected = fields.Boolean(
        string="Overwrite Data on Invoices",
        help="Tax ID, company ID, receivable account and invoice address are "
        "overwritten even if the client has posted invoices.",
    )
    protected_count = fields.Integer(
        string="Rows with Protected Values",
        compute="_compute_protected_count",
        export_string_translation=False,
    )
    protected_question = fields.Char(
        compute="_compute_protected_question",
        export_string_translation=False,
        help="Asks whether to overwrite data on invoices; empty when there is nothing "
        "to ask.",
    )

    @api.depends("problem_ids")
    def _compute_protected_count(self):
        domain = Domain("import_id", "in", self.ids) & Domain("code", "=", CODE)
        groups = self.env["client.import.problem"]._read_group(
            domain, ["import_id"], ["line:count_distinct"]
        )
        counts = {record.id: count for record, count in groups}
        for record in self:
            record.protected_count = counts.get(record._origin.id, 0)

    @api.depends("protected_count", "overwrite_protected", "state")
    @api.depends_context("lang")
    def _compute_protected_question(self):
        for record in self:
            record.protected_question = (
                record.state in OPEN and record._get_protected_question()
            )

    def _get_protected_question(self):
        """:return: str, what is asked or was answered; False if nothing is"""
        self.ensure_one()
        if self.protected_count:
            return self.env._(
                "Rows that would overwrite the tax ID, company ID, receivable account "
                "or invoice address of a client with posted invoices: %s. These "
                "values are kept, and the rest of each row is imported.",
                self.protected_count,
            )
        return self.overwrite_protected and self.env._(
            "Data of clients with posted invoices is overwritten."
        )

    # Actions

    def action_open_protected(self):
        """Open the checked rows that would overwrite data on invoices."""
        self.ensure_one()
        self._check_importer()
        action = self.action_open_previews()
        domain = [*action["domain"], ("is_protected", "=", True)]
        return {**action, "name": self.env._("Protected Values"), "domain": domain}

    # What a task needs

    def _get_protected_groups(self, columns):
        """The columns of a file whose values may be protected.

        :param columns: ``importer.types.ColumnMap``
        :return: dict: name of a group of fields -> keys of its columns
        """
        protection = self.env["client.import.protection"]
        fields_ = {
            group: names
            for group, names in protection._get_protected_fields().items()
            if protection._is_protected(self.company_id, group)
        }
        return protected_groups(fields_, columns)
