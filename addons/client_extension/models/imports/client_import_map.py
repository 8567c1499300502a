from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...importer.problems import FileProblem
from ...importer.rows.clean import text_of
from ...importer.rows.columns import header_test, map_columns, signature, sketch_columns
from .client_import_mapping import get_answers
from .client_import_options import INPUTS

#: rows that are read to show what is in a column, and how much of it is shown
SAMPLE_ROWS, SAMPLES, SAMPLE_SHOWN = 20, 3, 40


class ClientImport(models.Model):
    """What the user says of the columns of a file."""

    _inherit = "client.import"

    mapping_id = fields.Many2one(
        "client.import.mapping", ondelete="set null", check_company=True
    )

    @api.constrains("column_mapping")
    def _check_column_mapping(self):
        for record in self:
            self.env["client.import.columns"]._check_mapping(record.column_mapping)

    # CRUD

    def write(self, vals):
        """Another mapping voids a check, and the columns are still those."""
        only_mapping = INPUTS & vals.keys() == {"column_mapping"}
        noted = {r: r.columns_summary for r in self} if only_mapping else {}
        result = super().write(vals)
        for record, summary in noted.items():
            record._books().columns_summary = summary
        return result

    # Tools

    def _map_columns(self, sheet):
        """Say what the columns are, and note it even when they are refused.

        :param sheet: ``importer.files.read.Sheet``
        :return: ``importer.types.ColumnMap``
        :raise FileProblem: when an import cannot work with these columns
        """
        columns = self.env["client.import.columns"]._get_import_columns()
        mapping = self.column_mapping or {}
        try:
            return map_columns(sheet.header, columns, mapping)
        except FileProblem:
            self._note_file(sheet, sketch_columns(sheet.header, columns, mapping), 0)
            raise

    def _get_header_test(self):
        """:return: what tells the header of the file from a title above it"""
        columns = self.env["client.import.columns"]._get_import_columns()
        return header_test(columns, self.column_mapping)

    def _note_file(self, sheet, columns, row_count):
        result = super()._note_file(sheet, columns, row_count)
        rows = list(islice(sheet.rows(), SAMPLE_ROWS))
        self._books().columns_summary = [
            {**noted, "samples": _get_samples(rows, target.index)}
            for noted, target in zip(self.columns_summary, columns.targets, strict=True)
        ]
        return result

    def _prepare_mapping(self, name):
        """:return: dict of values of the ``client.import.mapping`` to keep"""
        self.ensure_one()
        header = [target["header"] for target in self.columns_summary]
        # Values of clients are not for everybody who may use the mapping.
        summary = [{**target, "samples": []} for target in self.columns_summary]
        return {
            "name": name,
            "company_id": self.company_id.id,
            "signature": signature(header),
            "columns_summary": summary,
            "column_mapping": self.column_mapping or {},
            "delimiter": self.delimiter,
            "encoding": self.encoding,
            **get_answers(self),
        }

    def _keep_mapping(self, name):
        """Keep the columns and answers of this import for files like it.

        A mapping of that name is replaced where the user may change it.

        :param name: str
        :return: ``client.import.mapping``
        """
        self._check_importer()
        if not self.columns_summary:
            raise UserError(self.env._("Check the file first."))
        mappings = self.env["client.import.mapping"]
        vals = self._prepare_mapping(name)
        same = mappings.search(
            [("name", "=", name), ("company_id", "=", self.company_id.id)], limit=1
        )
        if not same:
            mapping = mappings.create(vals)
        elif same.has_access("write"):
            same.write(vals)
            mapping = same
        else:
            raise AccessError(
                self.env._(
                    "%(user)s already has a mapping named “%(name)s”. "
                    "Choose another name.",
                    user=same.user_id.name,
                    name=name,
                )
            )
        self.mapping_id = mapping
        return mapping


def _get_samples(rows, index):
    texts = (text_of(row.cells[index]) for row in rows if index < len(row.cells))
    found = dict.fromkeys(" ".join(text.split())[:SAMPLE_SHOWN] for text in texts)
    return [text for text in found if text][:SAMPLES]
