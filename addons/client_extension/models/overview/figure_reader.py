"""How a figure is counted for some clients and everything below them."""

from datetime import datetime
from functools import cached_property

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL


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
        model = self.env[figure.model].with_context(**figure.context)
        model, domain = self.scope.visible(model)
        domain &= Domain(figure.domain) & self.scope.domain(figure.partner_field)
        counts = self._aggregate(figure, model, domain, self._aggregates(figure))
        if figure.oldest and figure.oldest_domain and any_counted(counts):
            older = domain & Domain(figure.oldest_domain)
            spec = {"oldest": f"{figure.oldest}:min"}
            dates = self._aggregate(figure, model, older, spec)
            for client_id, values in counts.items():
                values["oldest"] = dates[client_id]["oldest"]
        return {
            client.id: self._finish(figure, counts[client.id])
            for client in self.clients
        }

    @staticmethod
    def _aggregates(figure):
        spec = {"count": "__count"}
        if figure.measure:
            spec["amount"] = figure.measure
        if figure.oldest and not figure.oldest_domain:
            spec["oldest"] = f"{figure.oldest}:min"
        return spec

    def _aggregate(self, figure, model, domain, spec):
        """:return: dict ``{client id: {key of spec: value}}``"""
        if len(self.clients) == 1:
            [row] = model._read_group(domain, [], list(spec.values()))
            return {self.clients.id: dict(zip(spec, row, strict=True))}
        result = {client.id: dict.fromkeys(spec) for client in self.clients}
        for client_id, *row in self._rows(figure, model, domain, spec):
            add(result[client_id], dict(zip(spec, row, strict=True)))
        return result

    def _rows(self, figure, model, domain, spec):
        """:return: iterable of tuples (client id, *values of spec*)"""
        groups, values = [figure.partner_field], list(spec.values())
        if self._partner_type(model, figure.partner_field) == "many2many":
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

    @staticmethod
    def _partner_type(model, path):
        *links, name = path.split(".")
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


def any_counted(counts):
    """Whether a figure counts something for one of the clients."""
    return any(values["count"] for values in counts.values())


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
