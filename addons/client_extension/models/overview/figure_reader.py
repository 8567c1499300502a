"""How a figure is counted for some clients and everything below them."""

from datetime import datetime
from functools import cached_property
from itertools import product

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from .figure_query import FigureQuery, get_aggregates


class ClientScope:
    """Some clients with their contacts, addresses and subsidiaries, archived ones too.

    :param clients: ``res.partner`` recordset with the environment of the user
    """

    def __init__(self, clients):
        self.clients = clients
        self._parents = self._find_parents()

    def _find_parents(self):
        """One query however deep it goes; ``child_of`` takes one for each level.

        :return: dict ``{partner id: parent id or None}`` of all partners of the scope
        """
        if not self.clients.ids:
            return {}
        # SQL, so without access rules: only ids leave this method, to count documents
        # that the user is allowed to read, as the buttons of Odoo do.
        self.clients.flush_model(["parent_id"])
        query = SQL(
            """
            WITH RECURSIVE below AS (
                SELECT id, parent_id FROM res_partner WHERE id IN %s
                 UNION
                SELECT child.id, child.parent_id
                  FROM res_partner AS child JOIN below ON child.parent_id = below.id
            )
            SELECT id, parent_id FROM below
            """,
            tuple(self.clients.ids),
        )
        return dict(self.clients.env.execute_query(query))

    @property
    def ids(self):
        """The ids of all partners of the scope."""
        return list(self._parents)

    @cached_property
    def clients_above(self):
        """Dict ``{partner id: set of ids of the clients it belongs to}``."""
        wanted = set(self.clients.ids)
        found = {}
        for start in self._parents:
            chain, partner = {}, start
            while partner and partner not in chain:
                chain[partner] = True
                partner = self._parents.get(partner)
            found[start] = wanted & chain.keys()
        return found

    @cached_property
    def writable_ids(self):
        """Ids of the partners of the scope on which the user may plan activities."""
        partners = self.clients.with_context(active_test=False).browse(self.ids)
        return partners._filtered_access(partners._mail_post_access).ids

    @cached_property
    def readable_ids(self):
        """Ids of the partners of the scope that the user may read."""
        partners = self.clients.with_context(active_test=False).browse(self.ids)
        return partners._filtered_access("read").ids

    def domain(self, partner_field):
        """:return: the documents of the scope, by a field or path to their partner"""
        return Domain(partner_field, "in", self.ids)

    def visible(self, model):
        """How to search a model with the rights of the user.

        A search of activities or messages looks at the document of each record, which
        takes queries every time. Here the documents are the clients and those below
        them, so that they are looked at once.

        :param model: an empty recordset
        :return: pair of the recordset to search with, and a domain to add
        """
        # Superuser, with the rule of the model as a domain: users see their own
        # activities, and those of documents on which they may post; messages of
        # documents that they may read are checked one by one by the caller.
        if model._name == "mail.activity":
            mine = Domain("user_id", "=", model.env.uid)
            return model.sudo(), mine | Domain("res_id", "in", self.writable_ids)
        if model._name == "mail.message":
            return model.sudo(), Domain("res_id", "in", self.readable_ids)
        return model, Domain.TRUE


class FigureReader:
    """Counts figures for a :class:`ClientScope`."""

    def __init__(self, scope):
        self.scope = scope
        self.clients = scope.clients
        self.env = scope.clients.env

    def count(self, figure):
        """:return: dict ``{client id: {"count", "amount", "oldest"}}``"""
        return {
            id_: counts[figure.name] for id_, counts in self.count_all([figure]).items()
        }

    def count_all(self, figures):
        """Count figures, those of one model together where that is exact.

        :param figures: list of :class:`ClientFigure`
        :return: dict ``{client id: {(section, key): {"count", "amount", "oldest"}}}``
        """
        found = {client.id: {} for client in self.clients}
        for together in self._group(figures):
            counts = self._count(together)
            for client_id, figure in product(found, together):
                values = counts[figure.name][client_id]
                found[client_id][figure.name] = self._finish(figure, values)
        # In the order in which they were asked for.
        return {
            client_id: {figure.name: counts[figure.name] for figure in figures}
            for client_id, counts in found.items()
        }

    def _group(self, figures):
        """:return: list of lists of figures, each to be counted by one query"""
        neutral = self.clients._get_client_neutral_modules()
        groups = {}
        for figure in figures:
            model = self.env[figure.model]
            key = FigureQuery.get_key(model, figure)
            if not (self._is_simple(figure) and FigureQuery.is_exact(model, neutral)):
                key = figure.name
            groups.setdefault(key, []).append(figure)
        return list(groups.values())

    def _is_simple(self, figure):
        """Whether each record of a figure belongs to one group of clients."""
        if len(self.clients) == 1:
            return True
        path = figure.partner_field
        return "." not in path and self._partner_type(figure) != "many2many"

    def _count(self, figures):
        """:param figures: list of :class:`ClientFigure` that share a query
        :return: dict ``{(section, key): {client id: {key: value}}}``
        """
        model = self.env[figures[0].model].with_context(**figures[0].context)
        model, domain = self.scope.visible(model)
        domain &= self.scope.domain(figures[0].partner_field)
        if len(figures) == 1:
            return {figures[0].name: self._count_alone(figures[0], model, domain)}
        fields_ = [] if len(self.clients) == 1 else [figures[0].partner_field]
        totals = {figure.name: self._get_empty(figure) for figure in figures}
        for partner, counts in FigureQuery(model, figures, domain).fetch(fields_):
            above = self._clients_of(*partner) if partner else self.clients.ids
            for figure, values in zip(figures, counts, strict=True):
                for client_id in above:
                    add(totals[figure.name][client_id], values)
        return totals

    def _get_empty(self, figure):
        """:return: dict ``{client id: {key: None}}``"""
        keys = get_aggregates(figure)
        return {client.id: dict.fromkeys(keys) for client in self.clients}

    def _count_alone(self, figure, model, domain):
        """A figure whose model an add-on may search or group in its own way.

        :return: dict ``{client id: {key: value}}``
        """
        totals = self._get_empty(figure)
        specs = get_aggregates(figure)
        # Of other records than the rest: asked for when there are any.
        oldest = specs.pop("oldest") if figure.oldest and figure.oldest_domain else None
        domain &= Domain(figure.domain)
        self._add_up(totals, figure, model, domain, specs)
        if oldest and any(values["count"] for values in totals.values()):
            older = domain & Domain(figure.oldest_domain)
            self._add_up(totals, figure, model, older, {"oldest": oldest})
        return totals

    def _add_up(self, totals, figure, model, domain, specs):
        """Add what ``_read_group`` finds for each client to *totals*, in place."""
        for client_id, *row in self._rows(figure, model, domain, specs):
            add(totals[client_id], dict(zip(specs, row, strict=True)))

    def _rows(self, figure, model, domain, spec):
        """:return: iterable of tuples (client id, *values of spec*)"""
        groups, values = [figure.partner_field], list(spec.values())
        if len(self.clients) == 1:
            [row] = model._read_group(domain, [], values)
            return [(self.clients.id, *row)]
        if self._partner_type(figure) == "many2many":
            # Superuser, for records that the user found: Odoo would leave out those of
            # partners that are archived, or that the user may not read.
            found = Domain("id", "in", model._search(domain))
            model = model.sudo().with_context(active_test=False)
            rows = model._read_group(found, [*groups, "id"], values)
            # A record with two contacts of a client counts once for that client.
            once = {
                (client_id, record.id): row
                for partner, record, *row in rows
                for client_id in self._clients_of(partner)
            }
            return [(client_id, *row) for (client_id, _id), row in once.items()]
        rows = model._read_group(domain, groups, values)
        return [
            (client_id, *row)
            for partner, *row in rows
            for client_id in self._clients_of(partner)
        ]

    def _clients_of(self, partner):
        """:param partner: a partner, or the id of one"""
        return self.scope.clients_above.get(getattr(partner, "id", partner), ())

    def _partner_type(self, figure):
        """:return: str, the type of the field at the end of the path to the partner"""
        model = self.env[figure.model]
        *links, name = figure.partner_field.split(".")
        for link in links:
            model = model[link]
        return model._fields[name].type

    def _finish(self, figure, values):
        """The values of one client as they are returned."""
        amount = False
        if figure.measure:
            amount = values["amount"] or 0.0
            if figure.unit == "money":
                amount = self.env.company.currency_id.round(amount)
        oldest = values.get("oldest") or False
        if isinstance(oldest, datetime):
            oldest = fields.Datetime.context_timestamp(self.clients, oldest).date()
        return {"count": values["count"] or 0, "amount": amount, "oldest": oldest}


def add(total, values):
    """Add the *values* of one group to those of a client, in place."""
    for key, value in values.items():
        if value is None or value is False:
            continue
        known = total[key]
        if known is None:
            total[key] = value
        else:
            total[key] = min(known, value) if key == "oldest" else known + value
