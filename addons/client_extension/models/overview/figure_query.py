"""How several figures of one model are counted by one query."""

from functools import cached_property
from itertools import chain

from odoo.fields import Domain
from odoo.orm.domains import DomainAnd
from odoo.tools import SQL

from ...tools.code_origin import is_defined_in

#: methods of a model that are not called for each figure on its own here
METHODS = ("_search", "_read_group", "_read_group_select")


class FigureQuery:
    """Figures of one model with the same partner field and context.

    Every aggregate is the one of ``_read_group``, filtered by the domain of its figure.

    :param model: empty recordset to search with
    :param figures: list of :class:`ClientFigure`
    :param scope: ``Domain`` that all records also match
    """

    def __init__(self, model, figures, scope):
        self.model = model
        self.figures = figures
        self.scope = scope

    @staticmethod
    def get_key(model, figure):
        """What the figures that share a query have in common.

        :param model: empty recordset of the model of the figure
        :param figure: a :class:`ClientFigure`
        :return: tuple
        """
        # A domain about archived records also finds them.
        name = model._active_name
        conditions = Domain(figure.domain).iter_conditions()
        archived = name and any(leaf.field_expr == name for leaf in conditions)
        context = repr(sorted(figure.context.items()))
        return figure.model, figure.partner_field, context, bool(archived)

    @staticmethod
    def is_exact(model, modules):
        """Whether figures of a model can share a query: an add-on with its own way to
        search or group the model expects one call for each figure.

        :param model: empty recordset
        :param tuple modules: prefixes of the names of Python modules whose own ways do
            not change the result
        :return: bool
        """
        return all(is_defined_in(type(model), name, modules) for name in METHODS)

    def fetch(self, groupby=()):
        """:param groupby: names of fields, as in ``_read_group``
        :return: list of pairs (tuple of the values of *groupby*, list of dicts: what
            each figure counts, in their order, with the keys of :func:`get_aggregates`)
        """
        model = self.model
        common = Domain.AND(self._common)
        # Where a figure is about archived records, all are: see get_key().
        query = model._search(common & self.scope, active_test=not self._archived)
        if query.is_empty():
            return []
        groups = [model._read_group_groupby(model._table, g, query) for g in groupby]
        query.groupby = SQL(", ").join(groups)
        columns = [self._get_columns(figure, query) for figure in self.figures]
        terms = chain.from_iterable(column.values() for column in columns)
        rows = model.env.execute_query(query.select(*groups, *terms))
        return [self._split(row, len(groups), columns) for row in rows]

    @cached_property
    def _common(self):
        """Conditions that all figures have, which select the records for them."""
        first, *others = [get_conditions(figure.domain) for figure in self.figures]
        return [one for one in first if all(one in other for other in others)]

    @property
    def _archived(self):
        *_others, archived = self.get_key(self.model, self.figures[0])
        return archived

    def _get_columns(self, figure, query):
        """:return: dict ``{key: SQL of an aggregate of the records of the figure}``"""
        own = [one for one in get_conditions(figure.domain) if one not in self._common]
        filters = {False: self._get_filter(own, query)}
        if figure.oldest and figure.oldest_domain:
            older = [*own, *get_conditions(figure.oldest_domain)]
            filters[True] = self._get_filter(older, query)
        return {
            key: SQL(
                "%s%s",
                self.model._read_group_select(spec, query),
                filters.get(key == "oldest", filters[False]),
            )
            for key, spec in get_aggregates(figure).items()
        }

    def _get_filter(self, conditions, query):
        """:return: SQL that limits an aggregate to the records of some conditions"""
        domain = Domain.AND(conditions).optimize_full(self.model)
        if domain.is_true():
            return SQL()
        condition = domain._to_sql(self.model, self.model._table, query)
        return SQL(" FILTER (WHERE %s)", condition)

    @staticmethod
    def _split(row, size, columns):
        """:return: pair, a row of the result as :meth:`fetch` returns it"""
        values = iter(row[size:])
        return row[:size], [{key: next(values) for key in keys} for keys in columns]


def get_conditions(domain):
    """:return: list of domains of which *domain* demands each"""
    domain = Domain(domain)
    return list(domain.children) if isinstance(domain, DomainAnd) else [domain]


def get_aggregates(figure):
    """What is read for a figure.

    :param figure: a :class:`ClientFigure`
    :return: dict ``{"count", "amount", "oldest": aggregate as for ``_read_group``}``,
        with the keys that the figure has
    """
    found = {"count": "__count"}
    if figure.measure:
        found["amount"] = figure.measure
    if figure.oldest:
        found["oldest"] = f"{figure.oldest}:min"
    return found
