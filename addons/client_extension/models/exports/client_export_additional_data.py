from odoo import models

from ...importer.problems import FileProblem
from ...importer.rows.columns import LABEL, map_columns
from ...importer.text.fold import fold_header
from ...importer.text.name_list import join_names
from ...tools.cell_text import property_text
from ...tools.export_column import FieldColumn
from ..labels.res_partner_properties import PROPERTIES

LINKS = ("many2one", "many2many")


class ClientExport(models.AbstractModel):
    """One column for each label of the additional data."""

    _inherit = "client.export"

    def _get_client_export_columns(self):
        columns = super()._get_client_export_columns()
        definition = self.env["res.partner"]._get_client_properties_definition()
        for label in definition.properties_definition or []:
            if label["type"] != "separator":
                header = self._additional_data_header(label, columns)
                columns[header] = self._read_additional_data(label)
        return columns

    def _additional_data_header(self, label, columns):
        """A header under which the import finds this label, and nothing else.

        :param dict label: the label as Odoo stores it
        :param columns: the headers that are taken already
        """
        text = " ".join((label.get("string") or label["name"]).split())
        header = text if self._means_additional_data(text) else f"{LABEL} {text}"
        taken = {fold_header(other) for other in columns}
        number = 2
        while fold_header(header) in taken:
            header = f"{text} ({number})"
            number += 1
        return header

    def _means_additional_data(self, text):
        try:
            target = map_columns(("reference", text)).targets[1]
        except FileProblem:
            return False
        return target.role == "additional" and target.key == text

    def _read_additional_data(self, label):
        name = label["name"]

        def spell(values):
            found = ((value or {}).get(name) for value in values)
            if label["type"] in LINKS:
                return self._spell_links(label, found)
            return [property_text(label, value) for value in found]

        return FieldColumn(PROPERTIES, spell)

    def _spell_links(self, label, values):
        """The names of the linked records that still exist and may be read."""
        ids = [
            value if isinstance(value, list) else [value] if value else []
            for value in values
        ]
        if label.get("comodel") not in self.env:
            return [""] * len(ids)
        linked = self.env[label["comodel"]].browse({i for some in ids for i in some})
        names = self._readable_names(linked.exists(), "display_name")
        return [join_names([names[i] for i in some if i in names]) for some in ids]
