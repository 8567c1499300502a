"""Columns of an export: from the rows of a query where that says all, else from
records. Both ways end in the same function, so that they end in the same text.
"""

from odoo import models
from odoo.tools import SQL

from ..importer.text.name_list import join_names

#: types whose stored value needs nothing but its column
PLAIN = frozenset({
    "boolean", "char", "date", "datetime", "html", "integer", "many2one",
    "properties", "selection", "text",
})  # fmt: skip
#: names of linked records that are kept at a time
MOST_NAMES = 20_000


class FieldColumn:
    """A column that depends on one field alone.

    :param str field_name: a field of ``res.partner``
    :param spell: function from values to as many texts; a value is that of the
        column in the database (an id, a list of ids for a many2many), or false
    """

    def __init__(self, field_name, spell):
        self.field_name = field_name
        self.spell = spell

    def __call__(self, partners):
        """:return: one text for each of the partners, read by the ORM"""
        field = partners._fields[self.field_name]
        values = (partner[self.field_name] for partner in partners)
        if field.type == "many2one":
            values = (value.id for value in values)
        elif field.type == "many2many":
            partners = partners.with_context(active_test=False)
            values = (partner[self.field_name].ids for partner in partners)
        elif field.type == "properties":
            values = (value._values for value in values)
        return self.spell(list(values))

    def is_plain(self, partners):
        """Whether a query that selects the column finds the field's value."""
        # Who changes what is fetched wants it everywhere.
        if type(partners)._fetch_query is not models.BaseModel._fetch_query:
            return False
        field = partners._fields[self.field_name]
        if not field.store or field.company_dependent:
            return False
        if field.type == "many2many":
            return True
        return field.type in PLAIN and not field.translate

    def to_sql(self, partners, query):
        """:return: SQL term of the value, once the right to read it is checked"""
        field = partners._fields[self.field_name]
        if field.type != "many2many":
            return partners._field_to_sql(partners._table, field.name, query)
        partners._check_field_access(field, "read")
        return SQL(
            "ARRAY(SELECT %s FROM %s WHERE %s = %s)",
            SQL.identifier(field.relation, field.column2),
            SQL.identifier(field.relation),
            SQL.identifier(field.relation, field.column1),
            SQL.identifier(partners._table, "id"),
        )


class LinkNames:
    """The names of linked records, asked for once.

    :param get_names: function from new ids to a dict of names; an id that is not in
        it has the empty name
    """

    def __init__(self, get_names):
        self._get_names = get_names
        self._names = {False: "", None: ""}

    def __call__(self, ids):
        """:return: one name for each of the ids"""
        missing = set(ids).difference(self._names)
        if missing:
            if len(self._names) > MOST_NAMES:
                self._names = {False: "", None: ""}
                missing = set(ids)
            self._names.update(dict.fromkeys(missing - {False, None}, ""))
            self._names.update(self._get_names(sorted(missing - {False, None})))
        return [self._names[record_id] for record_id in ids]


class NameLists:
    """The names of several linked records in a cell, always in the same order.

    :param get_names: function that returns a dict of all names, called once; an id
        that is not in it is left out
    """

    def __init__(self, get_names):
        self._get_names = get_names
        self._names = None
        self._ranks = {}
        self._cells = {}

    def __call__(self, values):
        """:return: one cell for each of the lists of ids"""
        if self._names is None:
            self._names = self._get_names()
            self._ranks = {id_: rank for rank, id_ in enumerate(self._names)}
        if len(self._cells) > MOST_NAMES:
            self._cells = {}
        return [self._get_cell(tuple(ids)) if ids else "" for ids in values]

    def _get_cell(self, ids):
        if ids not in self._cells:
            known = sorted(self._names.keys() & set(ids), key=self._ranks.get)
            self._cells[ids] = join_names(self._names[id_] for id_ in known)
        return self._cells[ids]


def texts(values):
    """Texts as they are stored."""
    return [value or "" for value in values]


def words(when_false, when_true):
    """:return: function that spells yes and no with these two words"""
    return lambda values: [when_true if value else when_false for value in values]


def days(values):
    """Dates, also of a moment, as ISO 8601 writes them."""
    return [value.strftime("%Y-%m-%d") if value else "" for value in values]


def counts(values):
    """Whole numbers."""
    return [str(value or 0) for value in values]


def amounts(values):
    """Sums of money: two decimals, a point, no thousands separator."""
    return [f"{value or 0:.2f}" for value in values]
