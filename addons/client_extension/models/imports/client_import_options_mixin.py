from odoo import api, fields, models

from ...importer.text.labels import KINDS
from ...importer.types import CleanOptions, PlanOptions

#: the answers that a mapping keeps and a dialog asks for
ANSWERS = (
    "mode",
    "category_ids",
    "business_unit_id",
    "default_status",
    "clear_empty",
    "warn_cells",
    "is_shared",
)


class ClientImportOptionsMixin(models.AbstractModel):
    """How a file is read and imported: asked in a dialog, kept, and done."""

    _name = "client.import.options.mixin"
    _inherit = "client.import.input.mixin"
    _description = "Client Import Options"

    delimiter = fields.Char(string="Separator", help="Found by itself when empty.")
    encoding = fields.Char(help="Found by itself when empty.")
    mode = fields.Selection(
        # The one that most imports want comes first.
        [
            ("create_update", "Create and update"),
            ("create", "Create, reject what exists"),
            ("create_skip", "Create, skip what exists"),
            ("update", "Update, reject what is missing"),
            ("update_skip", "Update, skip what is missing"),
        ],
        required=True,
        default="create_update",
    )
    category_ids = fields.Many2many(
        "res.partner.category",
        string="Categories",
        help="Every client of the file gets these, besides those that it has.",
    )
    business_unit_id = fields.Many2one(
        "client.business.unit",
        check_company=True,
        help="For the clients of the file that have no business unit.",
    )
    default_status = fields.Selection(
        [("prospect", "Prospect"), ("client", "Client")],
        string="Status of New Clients",
        required=True,
        default="client",
        help="Unless the file has a column that says it.",
    )
    clear_empty = fields.Boolean(
        string="Empty Cells Clear",
        help="An empty cell empties the field of the client. Otherwise it leaves the "
        "field as it is.",
    )
    warn_cells = fields.Boolean(
        string="Leave Bad Cells Out",
        help="A cell that cannot be taken is left out with a warning. Otherwise its "
        "row is rejected.",
    )
    is_shared = fields.Boolean(
        string="Shared between Companies",
        default=lambda self: self._default_is_shared(),
        help="New clients belong to no company in particular.",
    )

    @api.model
    def _default_is_shared(self):
        """Clients of a database with several companies belong to one of them."""
        # Superuser: whether there is a second company, and no more.
        return self.env["res.company"].sudo().search_count([], limit=2) == 1

    def _get_answers(self):
        """:return: dict: the answers of an import or its dialog, as values to write"""
        self.ensure_one()
        return {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in ANSWERS
        }

    def _get_clean_options(self, labels, sheet):
        """:return: ``importer.types.CleanOptions`` of the rows of a sheet"""
        kinds = {text: label for text, (_name, label, _item) in labels.items()}
        return CleanOptions(
            self.clear_empty,
            self.warn_cells,
            kinds,
            # a workbook has no separator
            points=not sheet.delimiter,
        )

    def _get_plan_options(self, labels):
        """Say what the plan of each row depends on.

        :param dict labels: the labels of additional data, by their text
        :return: ``importer.types.PlanOptions``; overridden with more `shapes` where an
            add-on stores the text of a column in a shape of its own
        """
        return PlanOptions(
            self.mode,
            self.default_status,
            frozenset(self.category_ids.ids),
            self.business_unit_id.id or None,
            {
                t: label.kind
                for t, (_name, label, _item) in labels.items()
                if label.kind not in KINDS
            },
        )
