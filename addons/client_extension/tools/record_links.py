"""Finds links to records that no foreign key of the database tells about.

The registry knows them all: links by model and id, references as text, links that
differ by company, and links in the values of Properties fields. Whoever looks for what
refers to a record uses these lists instead of one written by hand, so links of other
add-ons are included.
"""

from typing import NamedTuple

from odoo.tools import SQL

LINKS = ("many2one", "many2many")


class GenericLink(NamedTuple):
    """Two columns of a table: the name of a model, and the id of its record."""

    model: str
    table: str
    model_column: str
    id_column: str


class ReferenceLink(NamedTuple):
    """A column with texts such as ``res.partner,7``."""

    model: str
    table: str
    column: str


class PropertyLink(NamedTuple):
    """A column with the values of a Properties field, some of which are links."""

    model: str
    table: str
    column: str
    #: list of the keys of the values that are links to the model asked for
    keys: list

    def get_linked_sql(self, ids):
        """:return: ``SQL``, a query of pairs (id of a row, id it is linked to)"""
        return SQL(
            """
            SELECT t.id AS id, link.value::int AS linked
              FROM %(table)s AS t
              CROSS JOIN LATERAL jsonb_each(t.%(column)s) AS property
              CROSS JOIN LATERAL jsonb_array_elements(
                    CASE jsonb_typeof(property.value)
                    WHEN 'array' THEN property.value
                    ELSE jsonb_build_array(property.value) END) AS link
             WHERE t.%(column)s ?| %(keys)s
               AND property.key = ANY(%(keys)s)
               AND CASE jsonb_typeof(link.value) WHEN 'number'
                   THEN link.value::int = ANY(%(ids)s) ELSE FALSE END
            """,
            table=SQL.identifier(self.table),
            column=SQL.identifier(self.column),
            keys=self.keys,
            ids=list(ids),
        )


class CompanyLink(NamedTuple):
    """A column with the ids of a many2one that differs by company."""

    model: str
    table: str
    column: str


def get_generic_links(env):
    """:return: list of ``GenericLink``, one for each stored many2one_reference"""
    found = []
    for model, field in _get_stored(env, "many2one_reference"):
        named = model._fields.get(field.model_field)
        if named is not None and named.store and named.column_type:
            found.append(GenericLink(model._name, model._table, named.name, field.name))
    return found


def get_reference_links(env):
    """:return: list of ``ReferenceLink``, one for each stored reference field"""
    return [
        ReferenceLink(model._name, model._table, field.name)
        for model, field in _get_stored(env, "reference")
    ]


def get_company_links(env, comodel):
    """:return: list of ``CompanyLink``, one for each many2one to a model that differs
    by company"""
    return [
        CompanyLink(field.model_name, env[field.model_name]._table, field.name)
        for field in env.registry.many2one_company_dependents[comodel]
    ]


def get_property_links(env, comodel):
    """The Properties fields that have a label for links to a model.

    :param Environment env: of the superuser, who reads all definitions
    :param str comodel: name of the model
    :return: list of ``PropertyLink``
    """
    queries, columns = [], []
    for model, field in _get_stored(env, "properties"):
        container = env[model._fields[field.definition_record].comodel_name]
        definition = container._fields[field.definition_record_field]
        if container._abstract or not definition.store:
            continue
        queries.append(
            _get_keys_sql(len(columns), container._table, definition.name, comodel)
        )
        columns.append((model._name, model._table, field.name))
    if not queries:
        return []
    rows = env.execute_query(SQL(" UNION ALL ").join(queries))
    return [PropertyLink(*columns[place], keys) for place, keys in rows if keys]


def _get_keys_sql(place, table, column, comodel):
    """:return: ``SQL``, a query of one pair: a number, and the keys of the labels that
    link to a model, of all definitions in a column"""
    return SQL(
        """
        SELECT %(place)s, array_agg(DISTINCT label->>'name')
          FROM %(table)s AS t
          CROSS JOIN LATERAL jsonb_array_elements(
                CASE jsonb_typeof(t.%(column)s) WHEN 'array' THEN t.%(column)s END
                ) AS label
         WHERE label->>'type' IN %(types)s AND label->>'comodel' = %(comodel)s
        """,
        place=place,
        table=SQL.identifier(table),
        column=SQL.identifier(column),
        types=LINKS,
        comodel=comodel,
    )


def _get_stored(env, field_type):
    """:return: iterator of pairs (model, field) of the fields with a column"""
    for model in env.values():
        # Records of wizards are gone tomorrow, and a view is no table to write.
        if model._abstract or model._transient or not model._auto:
            continue
        for field in model._fields.values():
            if field.type == field_type and field.store and field.column_type:
                yield model, field
