"""Columns of an export, read from the rows of a query where possible, otherwise
from records. Both use the same function, so that they give the same text.
"""

from odoo import models
from odoo.tools import SQL

from ...tools.stored_field import stored_field

#: types whose stored value is that of the column
PLAIN = frozenset({
    "boolean", "char", "date", "datetime", "html", "integer", "many2one",
    "properties", "selection", "text",
})  # fmt: skip


class FieldColumn:
    """A column that depends on a single field.

    :param str field_name: a field of ``res.partner``
    :param spell: function from values to as many texts; a value is that of the
        column in the database (an id, a list of ids for a many2many), or falsy
    """

    def __init__(self, field_name, spell):
        self.field_name = field_name
        self.spell = spell

    def __call__(self, partners):
        """:return: one text for each of the partners, read by the ORM"""
        stored = stored_field(partners._fields[self.field_name])
        return self.spell([stored.from_record(p, self.field_name) for p in partners])

    def is_plain(self, partners):
        """Whether a query that selects the column gets the value of the field."""
        # An add-on that changes what is fetched expects this to apply everywhere.
        if type(partners)._fetch_query is not models.BaseModel._fetch_query:
            return False
        field = partners._fields[self.field_name]
        if not field.store or field.company_dependent:
            return False
        if field.type == "many2many":
            return True
        return field.type in PLAIN and not field.translate

    def to_sql(self, partners, query):
        """:return: SQL term of the value, after checking the right to read it"""
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
