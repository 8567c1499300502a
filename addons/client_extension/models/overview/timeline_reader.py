"""How the documents of a client are put in one order, page by page."""

import heapq
from datetime import datetime, time
from itertools import islice
from typing import NamedTuple

import pytz

from odoo.fields import Domain
from odoo.tools import SQL

#: the highest number that PostgreSQL gives to a record
HIGHEST_ID = 2**31 - 1


def parse_id(value):
    """:return: int, an id that may be that of a record
    :raise ValueError: when *value* cannot be one"""
    number = int(value) if isinstance(value, int | str) else 0
    if not 0 < number <= HIGHEST_ID:
        raise ValueError(f"{value!r} is no id.")
    return number


class Place(NamedTuple):
    """Where an entry stands on the timeline: no two entries have the same place.

    A page starts behind the place of the last entry of the page before it, so that
    documents that arrive meanwhile neither repeat nor hide an entry.
    """

    when: datetime  # UTC
    kind: str
    id: int

    def __str__(self):
        return f"{self.when.isoformat()}|{self.kind}|{self.id}"

    @classmethod
    def parse(cls, text):
        """:raise ValueError: when *text* is not what ``str()`` of a place returned"""
        when, kind, id_ = str(text).split("|")
        place = cls(datetime.fromisoformat(when), kind, parse_id(id_))
        if place.when.tzinfo:
            raise ValueError("A place is in UTC, without a zone.")
        return place


class TimelineReader:
    """Reads the entries of one page.

    :param scope: a :class:`ClientScope` of one client
    :param limit: how many entries a page has
    :param before: :class:`Place` of the last entry that was shown, or None
    :param search: function that returns the search domain of a source
    """

    def __init__(self, scope, limit, before, search):
        self.scope = scope
        self.env = scope.clients.env
        self.zone = self.env.tz
        self.limit = limit
        self.before = before
        self.search = search

    def page(self, sources):
        """:return: pair of the entries, a list of tuples (:class:`Place`, source,
        record) with one more than the limit if there are more, and a dict ``{key of
        source: number of records found, at most limit + 1}``
        """
        found = [(source, self._find(source)) for source in sources]
        columns = [
            [(self._place(source, record), source, record) for record in records]
            for source, records in found
        ]
        merged = heapq.merge(*columns, key=lambda entry: entry[0], reverse=True)
        counts = {source.key: len(records) for source, records in found}
        return list(islice(merged, self.limit + 1)), counts

    def _find(self, source):
        """:return: recordset, newest first, at most one more than the limit"""
        model, domain = self.scope.visible(self.env[source.model])
        domain &= Domain(list(source.domain or [])) & self.search(source)
        domain &= self.scope.domain(source.partner_field)
        domain &= Domain(source.date_field, "!=", False)
        names = self._names(model, source)
        order = f"{source.date_field} desc, id desc"
        found, before = model, self.before
        while True:
            behind = domain & self._behind(source, model, before)
            batch = model.search_fetch(behind, names, order=order, limit=self.limit + 1)
            found += self._readable(batch)
            if len(batch) <= self.limit or len(found) > self.limit:
                return found[: self.limit + 1]
            before = self._place(source, batch[-1])

    def _readable(self, records):
        """The records that the user may read, of those that the superuser found."""
        if records._name != "mail.message":
            return records
        mine = records.with_env(self.env)._filtered_access("read")
        return records.browse(mine.ids)

    @staticmethod
    def _names(model, source):
        """:return: list of the stored fields out of which an entry is shown"""
        shown = [
            source.date_field,
            source.title_field,
            source.state_field,
            source.amount_field,
            *WHO,
        ]
        if model._name == "mail.message":
            shown += ["body", "message_type", "email_from"]
        names = {}
        for field in map(model._fields.get, filter(None, shown)):
            if field is not None:
                paths = [field.name] if field.store else model.pool.field_depends[field]
                names.update(dict.fromkeys(path.split(".")[0] for path in paths))
        return [name for name in names if model._fields[name].store]

    def _place(self, source, record):
        when = record[source.date_field]
        if not isinstance(when, datetime):
            when = self._noon(when)
        return Place(when, source.key, record.id)

    def _noon(self, date):
        """:return: datetime, noon of a date in the zone of the user, in UTC"""
        noon = self.zone.localize(datetime.combine(date, time(12)))
        return noon.astimezone(pytz.utc).replace(tzinfo=None)

    # The documents behind a place

    def _behind(self, source, model, place):
        """:return: ``Domain``, the documents that stand behind a place, newest first"""
        if place is None:
            return Domain.TRUE
        if model._fields[source.date_field].type == "date":
            return self._dates_behind(source, place)
        return Domain.custom(to_sql=self._moments_behind(source, place))

    def _dates_behind(self, source, place):
        local = pytz.utc.localize(place.when).astimezone(self.zone).date()
        noon = self._noon(local)
        if noon < place.when:
            return Domain(source.date_field, "<=", local)
        earlier = Domain(source.date_field, "<", local)
        if noon > place.when or source.key > place.kind:
            return earlier
        same_day = Domain(source.date_field, "=", local)
        if source.key == place.kind:
            same_day &= Domain("id", "<", place.id)
        return earlier | same_day

    @staticmethod
    def _moments_behind(source, place):
        """SQL instead of a domain, which compares whole seconds only."""

        def to_sql(model, alias, query):
            moment = model._field_to_sql(alias, source.date_field, query)
            if source.key < place.kind:
                return SQL("%s <= %s", moment, place.when)
            if source.key > place.kind:
                return SQL("%s < %s", moment, place.when)
            id_ = SQL.identifier(alias, "id")
            return SQL("(%s, %s) < (%s, %s)", moment, id_, place.when, place.id)

        return to_sql


# Fields that may say who is responsible for a document, the best first.
WHO = ("author_id", "invoice_user_id", "user_id", "create_uid")
