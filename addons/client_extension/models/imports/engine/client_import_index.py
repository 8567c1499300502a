from dataclasses import replace
from itertools import repeat

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ....importer.kinds.registry import LABEL_KINDS, label_kind
from ....importer.rows.contact import KEYS
from ....importer.text.fold import as_cell, fold_header
from ....importer.text.name_list import join_names
from ....importer.types import Candidate, Contact
from ....tools.stored_field import stored_field
from ...labels.property_text import property_text

#: columns that the plan always compares, whatever the file contains
ALWAYS = ("status", "business_unit", "name")
#: what is read of a contact, beside the name
PERSON = ["email", "parent_id"]


class ClientImportIndex(models.AbstractModel):
    """Finds the partners that have the references of a chunk, with their values."""

    _name = "client.import.index"
    _description = "Reference Index of Client Imports"

    @api.model
    def _get_index(self, client_import, references, columns, labels):
        """Find the partners with these references, in one query.

        :param client_import: the ``client.import``, with the importing user as its user
        :param references: list of str
        :param columns: ``importer.types.ColumnMap`` of the file
        :param labels: what ``client.import.columns._get_labels`` returned
        :return: ``importer.types.Index``
        """
        index = self._search_index(client_import, references, columns, labels)
        # A former reference of a single client is read as the reference of that
        # client, see client_import.py. If it has several owners, all are named in a
        # problem; the import never guesses.
        missing = [reference for reference in references if reference not in index]
        formers = self.env["client.former.reference"]
        owners = formers._get_owners(client_import.company_id, missing)
        if present := sorted({ref for owned in owners.values() for ref in owned}):
            found = self._search_index(client_import, present, columns, labels)
            for former, owned in owners.items():
                index[former] = [c for ref in owned for c in found.get(ref, ())]
        if not KEYS.isdisjoint(columns.keys):
            index = self._add_contacts(index)
        return {reference: tuple(found) for reference, found in index.items() if found}

    @api.model
    def _search_index(self, client_import, references, columns, labels):
        """:return: dict: reference -> list of ``Candidate``, for existing references"""
        found = self._get_compared(client_import, columns)
        wanted = {fold_header(label) for label in columns.labels}
        labels = {text: pair for text, pair in labels.items() if text in wanted}
        index = {}
        stored = self._search_partners(client_import, references, found, labels)
        for candidate, reference in self._get_candidates(stored, found, labels):
            index.setdefault(reference, []).append(candidate)
        missing = [reference for reference in references if reference not in index]
        for reference in self._get_taken(client_import, missing):
            index[reference] = [Candidate(0, "", is_hidden=True)]
        return index

    @api.model
    def _get_compared(self, client_import, columns):
        """:return: dict: key -> ``Column``, of all columns compared with the file"""
        keys = columns.keys.union(ALWAYS)
        if client_import.category_ids:
            keys |= {"category"}
        if "state" in keys:
            keys |= {"country"}
        return {key: columns.columns[key] for key in keys if key in columns.columns}

    @api.model
    def _search_partners(self, client_import, references, columns, labels):
        """What is stored of the partners with these references.

        :return: dict: name of a field -> list of its values, in the order of ``id``;
            raw values for the fields in ``_get_raw_fields``
        """
        names = {"name", "ref", "active", "client_status"}
        names.update(column.field for column in columns.values())
        if labels:
            names.add("client_properties")
        partners = self.env["res.partner"].with_context(active_test=False)
        domain = self._get_index_domain(client_import, references)
        query = partners._search(domain, order="id")
        raw = self._get_raw_fields(names)
        for name in raw:
            partners._check_field_access(partners._fields[name], "read")
        # One query with the rules of the user, as search_fetch() makes it, without
        # a record for each row: most rows of most files change nothing.
        table = partners._table
        terms = [partners._field_to_sql(table, name, query) for name in raw]
        select = query.select(SQL.identifier(table, "id"), *terms)
        rows = self.env.execute_query(select)
        stored = zip(["id", *raw], map(list, zip(*rows, strict=True)), strict=False)
        values = {name: [] for name in ("id", *names)} | dict(stored)
        found = partners.browse(values["id"])
        for name in names.difference(raw):
            stored = stored_field(partners._fields[name])
            raw = [stored.from_record(partner, name) for partner in found]
            values[name] = stored.to_values(raw)
        return values

    @api.model
    def _get_raw_fields(self, names):
        """:return: list of the fields whose column holds the value of the record"""
        fields = self.env["res.partner"]._fields
        return sorted(
            name
            for name in names
            if stored_field(fields[name]).is_in_table
            and fields[name].store
            and not fields[name].company_dependent
            and not fields[name].translate
        )

    @api.model
    def _get_candidates(self, stored, columns, labels):
        """:return: iterator of pairs (``Candidate``, reference)"""
        partners = self.env["res.partner"]
        raw = self._get_raw_fields(stored.keys() - {"id"})
        read = {}
        for key, column in columns.items():
            values, field = stored[column.field], partners._fields[column.field]
            read[key] = (
                stored_field(field).to_values(values) if field.name in raw else values
            )
        keys = list(read)
        rows = zip(*read.values(), strict=True)
        names = ("id", "ref", "name", "client_status", "active")
        known = zip(*(stored[name] for name in names), strict=True)
        properties = stored["client_properties"] if labels else repeat(None)
        for pair, row, values in zip(known, rows, properties, strict=False):
            partner_id, reference, name, status, active = pair
            candidate = Candidate(
                partner_id,
                f"{name or ''} [{reference}]".strip(),
                bool(status),
                bool(active),
                dict(zip(keys, row, strict=True)),
                self._get_additional(values, labels),
            )
            yield candidate, reference

    @api.model
    def _get_taken(self, client_import, references):
        """References that a new client cannot have, for reasons hidden from the user.

        :return: set of str
        """
        domain = Domain("ref", "in", references) & Domain("client_status", "!=", False)
        if not client_import.is_shared:
            domain &= Domain("company_id", "in", [False, client_import.company_id.id])
        # Superuser: the database would refuse the rows anyway; only the reference
        # is read, and the file has it.
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        found = partners._read_group(domain, ["ref"]) if references else []
        return {reference for (reference,) in found}

    @api.model
    def _get_index_domain(self, client_import, references):
        """The partners among which an import looks for its references.

        :return: ``Domain`` of top-level partners of its company, or shared
        """
        companies = [False, client_import.company_id.id]
        return (
            _get_reference_domain(references)
            & Domain("parent_id", "=", False)
            & Domain("company_id", "in", companies)
        )

    @api.model
    def _get_additional(self, stored, labels):
        """:return: dict: folded label -> text as ``importer.rows.clean`` returns it"""
        texts = {}
        stored = stored or {}
        for text, (name, label, definition) in labels.items():
            value = stored.get(name)
            if label.kind in LABEL_KINDS:
                texts[text] = as_cell(label_kind(label).write(value))
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

    # Contacts

    @api.model
    def _add_contacts(self, index):
        """:return: the same dict: reference -> list of ``Candidate``, with contacts"""
        ids = [candidate.id for found in index.values() for candidate in found]
        contacts = self._get_contacts(ids)
        return {
            reference: [
                replace(candidate, contacts=tuple(contacts.get(candidate.id, ())))
                for candidate in found
            ]
            for reference, found in index.items()
        }

    @api.model
    def _get_contacts(self, ids):
        """The persons that a row for one of these clients can refer to.

        :param list ids: of clients
        :return: dict: id of a client -> list of ``importer.types.Contact``, including
            Odoo's own contacts that have no line yet
        """
        lines = self.env["client.contact"].search_fetch(
            Domain("client_id", "in", ids),
            ["client_id", "contact_id", "is_main", "date_end"],
        )
        read = [*self.env["res.partner"]._get_client_name_fields(), *PERSON]
        lines.contact_id.fetch(read)
        contacts, known = {}, set()
        for line in lines.filtered(lambda line: not line.contact_id.is_company):
            client, person = line.client_id.id, line.contact_id
            known.add((client, person.id))
            found = _contact(person, line)
            contacts.setdefault(client, []).append(found)
        for person in self.env["res.partner"].search_fetch(
            Domain("parent_id", "in", ids)
            & Domain("type", "=", "contact")
            & Domain("is_company", "=", False)
            & Domain("name", "!=", False),
            read,
        ):
            client = person.parent_id.id
            if (client, person.id) not in known:
                contacts.setdefault(client, []).append(_contact(person))
        return contacts


def _get_reference_domain(references):
    """As ``Domain("ref", "in", references)``, without checking each reference."""

    def to_sql(partners, alias, query):
        field = partners._field_to_sql(alias, "ref", query)
        return SQL("%s = ANY(%s)", field, list(references))

    return Domain.custom(to_sql=to_sql)


def _contact(person, line=None):
    return Contact(
        person.id,
        line.id if line else 0,
        bool(line and line._filter_main()),
        person.client_first_name or "",
        person.client_last_name or "",
        person.email or "",
        bool(line and line.is_ended),
    )
