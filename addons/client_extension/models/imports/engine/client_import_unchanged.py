from collections import Counter

from odoo import api, models
from odoo.tools import SQL

from ....tools.stored_field import stored_field

#: fields read for every partner, before those that the columns of the file fill
ALWAYS = ("ref", "client_status", "client_business_unit_id")
#: number of values before those of the columns, including the id
BEFORE = 1 + len(ALWAYS)


class ClientImportUnchanged(models.AbstractModel):
    """Finds the rows that change nothing, before their cells are interpreted.

    A nightly import of all clients changes few of them: this makes it fast. Rows that
    it does not find are processed normally.
    """

    _name = "client.import.unchanged"
    _description = "Unchanged Rows of Client Imports"

    @api.model
    def _get_unchanged(self, client_import, walk, rows):
        """Compare rows with what is stored, in one query.

        :param client_import: the ``client.import``, with the importing user as its user
        :param walk: ``ImportContext`` of its file
        :param rows: list of ``importer.types.KeyedRow``, each reference only once
        :return: dict: number of a row that changes nothing -> id of its client
        """
        names = self._get_stored_fields(walk.columns)
        detector = walk.get_unchanged_detector(names.__contains__)
        if not detector:
            return {}
        wanted = {
            reference: row
            for row, reference in rows
            if reference and detector.may_be(row)
        }
        if not wanted:
            return {}
        fields = [names[key] for key in detector.keys]
        found = self._read_stored(client_import, wanted, fields, detector.text_count)
        times = Counter(known[1] for known in found)
        is_due = client_import.business_unit_id
        return {
            wanted[known[1]].number: known[0]
            for known in found
            if known[2]
            and (known[3] or not is_due)
            and times[known[1]] == 1
            and known[1] not in walk.ledger.repeated
            and detector.is_unchanged(wanted[known[1]], known[BEFORE:])
        }

    @api.model
    def _get_stored_fields(self, columns):
        """:return: dict: column key -> name of a field that can be selected in SQL"""
        names = {key: columns.columns[key].field for key in columns.keys}
        raw = self.env["client.import.index"]._get_raw_fields(set(names.values()))
        fields = self.env["res.partner"]._fields
        return {
            key: name
            for key, name in names.items()
            if name in raw and stored_field(fields[name]).is_compared
        }

    @api.model
    def _read_stored(self, client_import, references, names, text_count):
        """The stored values of the partners with these references.

        :param references: iterable of str
        :param names: list of names of fields, text fields first
        :param int text_count: number of text fields among them
        :return: list of tuples: id, values of ``ALWAYS``, then of the names; a missing
            text is an empty string
        """
        partners = self.env["res.partner"].with_context(active_test=False)
        domain = self.env["client.import.index"]._get_index_domain(
            client_import, references
        )
        # One query with the record rules of the user, as in search_fetch().
        query = partners._search(domain)
        table = partners._table
        terms = [SQL.identifier(table, "id")]
        for place, name in enumerate((*ALWAYS, *names), -len(ALWAYS)):
            partners._check_field_access(partners._fields[name], "read")
            term = partners._field_to_sql(table, name, query)
            is_text = 0 <= place < text_count
            terms.append(SQL("COALESCE(%s, '')", term) if is_text else term)
        return self.env.execute_query(query.select(*terms))
