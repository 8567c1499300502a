"""The types of a client's fields, as imports and exports read and write them.

A value of an import (see ``importer.rows.clean``) is a text, a boolean, an id or a
frozenset of ids. One class per type says which form it has in the table, in a record
and in ``write()``.
"""

from odoo.fields import Command

from ..importer.text.fold import EDGES, as_cell
from .plain_text import html_to_text, text_to_html


class StoredField:
    """A field whose value is a text, or is written as one."""

    #: whether the column of the table holds the same value as a record
    is_in_table = False
    #: whether a row of a file can be compared directly with that column
    is_compared = False

    def from_record(self, record, name):
        """:return: what the column of the table holds, as the ORM reads it"""
        return record[name]

    def to_values(self, stored):
        """:param stored: iterable of values of the column of the table
        :return: list of as many values of an import"""
        return [as_cell(str(value or "")) for value in stored]

    def to_orm(self, value, get_id):
        """:param value: value of an import
        :param get_id: function from an id, or a ``New``, to the id of the record
        :return: what ``create()`` and ``write()`` take"""
        return value or False


class StoredText(StoredField):
    is_in_table = True
    is_compared = True

    def to_values(self, stored):
        return [
            value
            if value
            and value[0] not in EDGES
            and value[-1] not in EDGES
            and "\r" not in value
            else as_cell(value or "")
            for value in stored
        ]


class StoredHtml(StoredField):
    is_in_table = True

    def to_values(self, stored):
        return [as_cell(html_to_text(value)) if value else "" for value in stored]

    def to_orm(self, value, get_id):
        return text_to_html(value) or False


class StoredYesNo(StoredField):
    is_in_table = True
    is_compared = True

    def to_values(self, stored):
        return list(map(bool, stored))

    def to_orm(self, value, get_id):
        return value


class StoredLink(StoredField):
    is_in_table = True
    is_compared = True

    def from_record(self, record, name):
        return record[name].id or None

    def to_values(self, stored):
        return list(stored)

    def to_orm(self, value, get_id):
        return get_id(value) or False


class StoredLinks(StoredField):
    def from_record(self, record, name):
        return record.with_context(active_test=False)[name].ids

    def to_values(self, stored):
        return list(map(frozenset, stored))

    def to_orm(self, value, get_id):
        return [Command.set([get_id(item) for item in value])]


class StoredProperties(StoredField):
    is_in_table = True

    def from_record(self, record, name):
        return record[name]._values

    def to_values(self, stored):
        return list(stored)


_TYPES = {
    "boolean": StoredYesNo(),
    "char": StoredText(),
    "html": StoredHtml(),
    "many2many": StoredLinks(),
    "many2one": StoredLink(),
    "one2many": StoredLinks(),
    "properties": StoredProperties(),
    "selection": StoredText(),
    "text": StoredText(),
}
_OTHER = StoredField()


def stored_field(field):
    """:return: ``StoredField`` of a field of Odoo"""
    return _TYPES.get(field.type, _OTHER)
