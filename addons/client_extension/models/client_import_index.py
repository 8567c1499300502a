from odoo import api, models
from odoo.fields import Domain

from ..importer.fold import as_cell, fold_header
from ..importer.labels import KINDS, spell
from ..importer.name_list import join_names
from ..importer.types import Candidate
from ..tools.cell_text import property_text
from ..tools.plain_text import html_to_text

#: what the plan compares whatever the file holds
ALWAYS = ("status", "business_unit", "category", "name")


class ClientImportIndex(models.AbstractModel):
    """Who bears the references of a chunk, and what is known of them."""

    _name = "client.import.index"
    _description = "Reference Index of Client Imports"

    @api.model
    def _get_index(self, client_import, references, columns, labels):
        """Find the partners with these references, in one query.

        :param client_import: the ``client.import``, in the importing user's name
        :param references: list of str
        :param columns: ``importer.types.ColumnMap`` of the file
        :param labels: what ``client.import.columns._get_labels`` returned
        :return: ``importer.types.Index``
        """
        keys = columns.keys.union(ALWAYS)
        found = {key: columns.columns[key] for key in keys if key in columns.columns}
        wanted = {fold_header(label) for label in columns.labels}
        labels = {text: pair for text, pair in labels.items() if text in wanted}
        index = {}
        for partner in self._search_partners(client_import, references, found, labels):
            candidate = Candidate(
                id=partner.id,
                label=f"{partner.name or ''} [{partner.ref}]".strip(),
                is_client=bool(partner.client_status),
                active=partner.active,
                values=self._get_values(partner, found),
                additional=self._get_additional(partner, labels),
            )
            index.setdefault(partner.ref, []).append(candidate)
        missing = [reference for reference in references if reference not in index]
        for reference in self._get_taken(client_import, missing):
            index[reference] = [Candidate(0, "", is_hidden=True)]
        return {reference: tuple(found) for reference, found in index.items()}

    @api.model
    def _search_partners(self, client_import, references, columns, labels):
        """:return: ``res.partner`` with the needed fields in cache"""
        domain = self._get_index_domain(client_import, references)
        names = {"name", "ref", "active", "client_status"}
        names.update(column.field for column in columns.values())
        if labels:
            names.add("client_properties")
        partners = self.env["res.partner"].with_context(active_test=False)
        return partners.search_fetch(domain, sorted(names), order="id")

    @api.model
    def _get_taken(self, client_import, references):
        """Which references a new client cannot have, for reasons the user cannot see.

        :return: set of str
        """
        domain = Domain("ref", "in", references) & Domain("client_status", "!=", False)
        if not client_import.is_shared:
            domain &= Domain("company_id", "in", [False, client_import.company_id.id])
        # Superuser: the rows would be refused by the database all the same; nothing
        # but the reference is read, which the file has.
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        found = partners._read_group(domain, ["ref"]) if references else []
        return {reference for (reference,) in found}

    @api.model
    def _get_index_domain(self, client_import, references):
        """Among whom an import looks for its references.

        :return: ``Domain`` of top-level partners of its company, or shared
        """
        companies = [False, client_import.company_id.id]
        return (
            Domain("ref", "in", references)
            & Domain("parent_id", "=", False)
            & Domain("company_id", "in", companies)
        )

    @api.model
    def _get_values(self, partner, columns):
        """:return: dict: column key -> value as ``importer.clean`` gives it"""
        return {key: _value(partner, column.field) for key, column in columns.items()}

    @api.model
    def _get_additional(self, partner, labels):
        """:return: dict: folded label -> text as ``importer.clean`` gives it"""
        if not labels:
            return {}
        stored = partner.client_properties._values or {}
        texts = {}
        for text, (name, label, definition) in labels.items():
            value = stored.get(name)
            if label.kind in KINDS:
                texts[text] = spell(value, label)
            elif label.kind in ("many2one", "many2many"):
                texts[text] = self._get_link_names(definition, value)
            else:
                texts[text] = as_cell(property_text(definition, value))
        return texts

    @api.model
    def _get_link_names(self, definition, value):
        """:return: str, the linked records as the export names them"""
        model = definition.get("comodel")
        if not value or model not in self.env:
            return ""
        records = self.env[model].browse(value).exists()._filtered_access("read")
        return as_cell(join_names(records.mapped("display_name")))


def _value(partner, name):
    value = partner[name]
    field = partner._fields[name]
    if field.type == "many2one":
        return value.id or None
    if field.type in ("many2many", "one2many"):
        return frozenset(value.ids)
    if field.type == "boolean":
        return bool(value)
    if field.type == "html":
        return as_cell(html_to_text(value))
    return as_cell(str(value or ""))
