from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: answers that a mapping keeps, under the names they have on an import and its dialog
ANSWERS = (
    "mode",
    "category_ids",
    "business_unit_id",
    "default_status",
    "clear_empty",
    "warn_cells",
    "is_shared",
)
#: what is kept of each column, beside values from the file
COLUMN = ("header", "role", "key", "suggestion")


class ClientImportMapping(models.Model):
    """What the columns of files from one source are, and how they are imported.

    It is proposed for the next file with the same columns.
    """

    _name = "client.import.mapping"
    _inherit = "client.import.asked"
    _description = "Import Mapping"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Saved By",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
    )
    # Columns
    signature = fields.Char(index=True, export_string_translation=False)
    columns_summary = fields.Json(export_string_translation=False)
    column_mapping = fields.Json(export_string_translation=False)
    column_choices = fields.Json(
        compute="_compute_column_choices", export_string_translation=False
    )
    header = fields.Char(string="Columns", compute="_compute_header")
    can_change = fields.Boolean(
        compute="_compute_can_change", export_string_translation=False
    )
    # Answers
    delimiter = fields.Char(
        string="Separator", help="Detected automatically if left empty."
    )
    encoding = fields.Char(help="Detected automatically if left empty.")
    mode = fields.Selection(
        selection="_get_modes", required=True, default="create_update"
    )
    category_ids = fields.Many2many("res.partner.category", string="Categories")
    business_unit_id = fields.Many2one("client.business.unit", check_company=True)
    default_status = fields.Selection(
        selection="_get_statuses",
        string="Status of New Clients",
        required=True,
        default="client",
    )
    clear_empty = fields.Boolean(string="Overwrite with Empty Cells")
    warn_cells = fields.Boolean(string="Ignore Invalid Cells")
    is_shared = fields.Boolean(string="Shared between Companies")

    _name_company_unique = models.UniqueIndex(
        "(name, company_id)", "There is already a mapping with this name."
    )

    @api.model
    def _get_modes(self):
        return self._get_import_selection("mode")

    @api.model
    def _get_statuses(self):
        return self._get_import_selection("default_status")

    @api.model
    def _get_import_selection(self, name):
        return self.env["client.import"]._fields[name]._description_selection(self.env)

    @api.constrains("column_mapping")
    def _check_column_mapping(self):
        for record in self:
            self.env["client.import.columns"]._check_mapping(record.column_mapping)

    @api.constrains("columns_summary")
    def _check_columns_summary(self):
        for record in self:
            summary = record.columns_summary or []
            if not isinstance(summary, list) or not all(map(_is_column, summary)):
                raise ValidationError(
                    self.env._("The columns of the mapping are not valid.")
                )

    @api.depends("columns_summary")
    @api.depends_context("lang")
    def _compute_column_choices(self):
        room = self.env["client.import.columns"]
        for record in self:
            record.column_choices = room._get_column_choices(record.columns_summary)

    @api.depends("columns_summary")
    def _compute_header(self):
        for record in self:
            summary = record.columns_summary or []
            record.header = ", ".join(t["header"] for t in summary if t["header"])

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_can_change(self):
        for record in self:
            record.can_change = record.has_access("write")

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # Nobody keeps a mapping in the name of somebody else.
            vals_list = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            vals = {key: value for key, value in vals.items() if key != "user_id"}
        return super().write(vals)

    # Tools

    def _prepare_import(self):
        """:return: dict of values of a ``client.import`` of a file like this one"""
        self.ensure_one()
        return {
            **get_answers(self),
            "mapping_id": self.id,
            "column_mapping": self.column_mapping or False,
            "delimiter": self.delimiter,
            "encoding": self.encoding,
        }

    @api.model
    def _propose(self, signature):
        """The mapping for a file with these columns.

        :param signature: what ``importer.rows.columns.signature`` says of the header
        :return: ``client.import.mapping``: the user's own first, then the latest
        """
        found = self.search(
            [("signature", "=", signature), ("company_id", "=", self.env.company.id)],
            order="write_date desc, id desc",
        )
        return found.sorted(lambda mapping: mapping.user_id != self.env.user)[:1]


def get_answers(record):
    """:return: dict: the answers of an import or its dialog, as values to write"""
    return {
        name: record._fields[name].convert_to_write(record[name], record)
        for name in ANSWERS
    }


def _is_column(noted):
    """Whether it is what an import notes of one column."""
    return isinstance(noted, dict) and all(
        isinstance(noted.get(key), str) for key in COLUMN
    )
