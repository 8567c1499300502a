from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...importer.rows.columns import signature

#: what is kept of each column, besides values from the file
COLUMN = ("header", "role", "key", "suggestion")


class ClientImportMapping(models.Model):
    """What the columns of files from one source are, and how they are imported.

    It is suggested for the next file with the same columns.
    """

    _name = "client.import.mapping"
    _inherit = "client.import.answers.mixin"
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
    _name_company_unique = models.UniqueIndex(
        "(name, company_id)", "There is already a mapping with this name."
    )

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
        known = self.env["client.import.columns"]
        for record in self:
            record.column_choices = known._get_column_choices(record.columns_summary)

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
            # Users cannot save a mapping for another user.
            vals_list = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            vals = {key: value for key, value in vals.items() if key != "user_id"}
        if "company_id" in vals:
            moved = self.filtered(lambda m: m.company_id.id != vals["company_id"])
            moved._check_unused()
        result = super().write(vals)
        if "company_id" in vals:
            # Odoo checks the access to the former company only.
            self.check_access("write")
        return result

    def _check_unused(self):
        """:raise UserError: when an import has used one of these mappings"""
        # Superuser: imports of other users count, but nothing about them is shown.
        imports = self.env["client.import"].sudo()
        if imports.search_count([("mapping_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "This mapping has already been used, so its company cannot be "
                    "changed. Save a mapping for the other company."
                )
            )

    # Tools

    def _forget_words(self, texts):
        """Forget the words of files that contain one of some texts, and their meanings.

        :param texts: list of str
        """
        folded = [text.casefold() for text in texts]
        for mapping in self:
            mapping.value_answers = {
                column: {
                    word: answer
                    for word, answer in words.items()
                    if not any(text in f"{word} {answer}".casefold() for text in folded)
                }
                for column, words in (mapping.value_answers or {}).items()
            }

    def _prepare_import(self):
        """:return: dict of values of a ``client.import`` that uses this mapping"""
        self.ensure_one()
        return {
            **self._get_answers(),
            "mapping_id": self.id,
            "column_mapping": self.column_mapping or False,
            "value_answers": self.value_answers or False,
            "file_answers": self.file_answers or False,
            "delimiter": self.delimiter,
            "encoding": self.encoding,
        }

    @api.model
    def _prepare_mapping(self, client_import, name):
        """:return: dict of values of a mapping saved from an import"""
        header = [target["header"] for target in client_import.columns_summary]
        # Not everyone who can use the mapping is allowed to see values of clients.
        summary = [{**t, "samples": []} for t in client_import.columns_summary]
        return {
            "name": name,
            "company_id": client_import.company_id.id,
            "signature": signature(header),
            "columns_summary": summary,
            "column_mapping": client_import.column_mapping or {},
            "value_answers": client_import.value_answers or False,
            "file_answers": client_import.file_answers or False,
            "delimiter": client_import.delimiter,
            "encoding": client_import.encoding,
            **client_import._get_answers(),
        }

    @api.model
    def _save(self, client_import, name):
        """Save the columns and answers of an import for similar files.

        A mapping of the same name is replaced if the user is allowed to change it.

        :param client_import: the ``client.import``
        :param name: str
        :return: ``client.import.mapping``
        :raise UserError: when the columns of the file are not known yet
        :raise AccessError: when another user's mapping has this name
        """
        client_import._check_importer()
        if not client_import.columns_summary:
            raise UserError(self.env._("Check the file first."))
        vals = self._prepare_mapping(client_import, name)
        company_id = client_import.company_id.id
        mapping = self.search(
            [("name", "=", name), ("company_id", "=", company_id)], limit=1
        )
        if not mapping:
            mapping = self.create(vals)
        elif mapping.has_access("write"):
            mapping.write(vals)
        else:
            raise AccessError(
                self.env._(
                    "%(user)s already has a mapping named “%(name)s”. "
                    "Choose another name.",
                    user=mapping.user_id.name,
                    name=name,
                )
            )
        client_import.mapping_id = mapping
        return mapping

    @api.model
    def _propose(self, signature):
        """The mapping for a file with these columns.

        :param signature: what ``importer.rows.columns.signature`` makes of the header
        :return: ``client.import.mapping``: the user's own first, then the latest
        """
        found = self.search(
            [
                ("signature", "=", signature),
                ("company_id", "=", self.env.company.id),
            ],
            order="write_date desc, id desc",
        )
        return found.sorted(lambda mapping: mapping.user_id != self.env.user)[:1]


def _is_column(noted):
    """Whether a value has the form in which an import stores one column."""
    return isinstance(noted, dict) and all(
        isinstance(noted.get(key), str) for key in COLUMN
    )
