from odoo import api, fields, models

from ...importer.kinds.registry import LABEL_KINDS
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
    """The options with which a file is read and imported.

    Shared by the dialog that asks for them, the mapping and the import.
    """

    _name = "client.import.options.mixin"
    _inherit = "client.import.input.mixin"
    _description = "Client Import Options"

    delimiter = fields.Char(
        string="Separator", help="Detected automatically if left empty."
    )
    encoding = fields.Char(help="Detected automatically if left empty.")
    mode = fields.Selection(
        # The mode that most imports need comes first.
        [
            ("create_update", "Create and update"),
            ("create", "Create new, reject existing"),
            ("create_skip", "Create new, skip existing"),
            ("update", "Update existing, reject new"),
            ("update_skip", "Update existing, skip new"),
        ],
        required=True,
        default="create_update",
    )
    category_ids = fields.Many2many(
        "res.partner.category",
        string="Categories",
        help="Added to every client in the file, in addition to the categories "
        "it already has.",
    )
    business_unit_id = fields.Many2one(
        "client.business.unit",
        check_company=True,
        help="Assigned to clients in the file that have no business unit.",
    )
    default_status = fields.Selection(
        [("prospect", "Prospect"), ("client", "Client")],
        string="Status of New Clients",
        required=True,
        default="client",
        help="Used unless the file gives a status.",
    )
    clear_empty = fields.Boolean(
        string="Overwrite with Empty Cells",
        help="An empty cell clears the field of the client. Otherwise, the "
        "field keeps its value.",
    )
    warn_cells = fields.Boolean(
        string="Ignore Invalid Cells",
        help="Invalid cells are ignored with a warning. Otherwise, their rows "
        "are rejected.",
    )
    file_answers = fields.Json(
        export_string_translation=False,
        help="Answers to the questions about the file, by question: encoding, or "
        "dates: or nulls: and the header of a column.",
    )
    is_shared = fields.Boolean(
        string="Shared between Companies",
        default=lambda self: self._default_is_shared(),
        help="New clients are shared between all companies.",
    )

    @api.model
    def _default_is_shared(self):
        """Share clients by default only if the database has a single company."""
        # Superuser: only to find out whether there is a second company.
        return self.env["res.company"].sudo().search_count([], limit=2) == 1

    def _get_answers(self):
        """:return: dict: the answers of an import or its dialog, as values to write"""
        self.ensure_one()
        return {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in ANSWERS
        }

    def _get_clean_options(self, labels, sheet):
        """:return: ``importer.types.CleanOptions`` for the rows of a sheet"""
        kinds = {text: label for text, (_name, label, _item) in labels.items()}
        return CleanOptions(
            self.clear_empty,
            self.warn_cells,
            kinds,
            # A workbook has no separator.
            points=not sheet.delimiter,
            may_have_signs=sheet.may_have_signs,
        )

    def _get_plan_options(self, labels):
        """The options that the plan of each row depends on.

        :param dict labels: the labels of additional data, by their text
        :return: ``importer.types.PlanOptions``; overridden with more ``normalizers``
            where an add-on stores the text of a column in its own format
        """
        return PlanOptions(
            self.mode,
            self.default_status,
            frozenset(self.category_ids.ids),
            self.business_unit_id.id or None,
            {
                t: label.kind
                for t, (_name, label, _item) in labels.items()
                if label.kind not in LABEL_KINDS
            },
        )
