from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.client_figure import ClientTimelineSource
from .figure_reader import ClientScope
from .res_partner_figure import ACCOUNTANTS, SALES
from .timeline_reader import WHO, Place, TimelineReader, parse_id

PAGE = 40
LONGEST_PAGE = 200
# What people write: no logs of changes, no notifications of one user.
WRITTEN = ("email", "email_outgoing", "comment", "auto_comment", "sms", "snailmail")


class ResPartner(models.Model):
    """The timeline of a client: what happened, whichever app it happened in."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_client_timeline_sources(self):
        """The kinds of documents on the timeline.

        A bridge adds its own:
        ``return super()._get_client_timeline_sources() + [...]``.

        :return: list of :class:`ClientTimelineSource`
        """
        return [
            ClientTimelineSource(
                key="mail",
                label=self.env._("Messages"),
                icon="fa-envelope-o",
                model="mail.message",
                date_field="date",
                domain=[("model", "=", "res.partner"), *self._client_written_domain()],
                partner_field="res_id",
                title_field="subject",
                talk=False,
            ),
            ClientTimelineSource(
                key="activity",
                label=self.env._("Activities Done"),
                icon="fa-check-square-o",
                model="mail.activity",
                date_field="date_done",
                domain=[("res_model", "=", "res.partner"), ("active", "=", False)],
                partner_field="res_id",
                talk=False,
            ),
            ClientTimelineSource(
                key="invoice",
                label=self.env._("Invoices"),
                icon="fa-file-text-o",
                model="account.move",
                date_field="date",
                domain=[("move_type", "in", SALES), ("state", "!=", "cancel")],
                title_field="display_name",
                state_field="status_in_payment",
                amount_field="amount_total_in_currency_signed",
                groups=ACCOUNTANTS,
            ),
            ClientTimelineSource(
                key="payment",
                label=self.env._("Payments"),
                icon="fa-money",
                model="account.payment",
                date_field="date",
                domain=[
                    ("partner_type", "=", "customer"),
                    ("state", "in", ("in_process", "paid")),
                ],
                state_field="state",
                amount_field="amount_signed",
                groups=ACCOUNTANTS,
            ),
        ]

    @api.model
    def _client_written_domain(self):
        """:return: list, the domain of messages that somebody wrote or received"""
        return [("message_type", "in", WRITTEN)]

    @api.readonly
    def get_client_timeline(self, kinds=None, search=None, before=None, limit=PAGE):
        """A page of what happened with this client, newest first.

        :param kinds: list of keys of sources, None for all
        :param str search: text in the title, or in a message
        :param before: ``next`` of the page before, None for the first page
        :param int limit: number of entries, at most 200
        :return: dict with ``entries``, a list of dicts (``kind``, ``model``, ``id``,
            ``date``: date, or datetime in UTC; ``title``, ``state``: label, ``amount``,
            ``currency_id``, ``who``, ``preview``, ``talk_count``), ``next``: str or
            False, and ``kinds``, a list of dicts (``key``, ``label``, ``icon``,
            ``count``: found so far or False if not asked, ``more``: whether there are
            more than ``count``)
        :raise AccessError: when the user may not read the client, or is no user of the
            Clients app
        :raise UserError: when *before*, *limit* or *kinds* is nothing that this method
            gave
        """
        self.ensure_one()
        self._check_client_user()
        self.check_access("read")
        sources = self._get_client_visible_sources()
        reader = self._get_client_timeline_reader(search, before, limit)
        asked = self._get_client_asked_sources(sources, kinds)
        entries, counts = reader.page(asked)
        shown = entries[: reader.limit]
        return {
            "entries": self._show_client_entries(shown),
            "next": str(shown[-1][0]) if len(entries) > len(shown) else False,
            "kinds": [
                self._show_client_kind(source, counts.get(source.key), reader.limit)
                for source in sources
            ],
        }

    @api.readonly
    def get_client_timeline_talk(self, model, id):
        """The messages of a document on the timeline of this client, newest first.

        :param str model: model of the document
        :param int id: id of the document
        :return: dict with ``messages``, a list of dicts (``id``, ``date``, ``who``,
            ``preview``), at most 200
        :raise AccessError: when the user may not read the client or the document
        """
        self.ensure_one()
        self._check_client_user()
        self.check_access("read")
        try:
            id_, sources = parse_id(id), self._get_client_visible_sources()
        except ValueError:
            id_, sources = 0, []
        sources = [
            source for source in sources if source.model == model and source.talk
        ]
        mine = ClientScope(self)
        if not any(
            self.env[model].search_count(
                Domain("id", "=", id_)
                & Domain(list(source.domain or []))
                & mine.domain(source.partner_field),
                limit=1,
            )
            for source in sources
        ):
            raise AccessError(
                self.env._("This document is not on the timeline of the client.")
            )
        messages = self.env["mail.message"].search_fetch(
            [
                ("model", "=", model),
                ("res_id", "=", id_),
                *self._client_written_domain(),
            ],
            ["date", "body", "author_id", "email_from"],
            limit=LONGEST_PAGE,
        )
        return {
            "messages": [
                {
                    "id": message.id,
                    "date": fields.Datetime.to_string(message.date),
                    "who": self._get_client_entry_author(message),
                    "preview": message.preview,
                }
                for message in messages
            ]
        }

    @api.model
    def _get_client_visible_sources(self):
        """:return: list of the :class:`ClientTimelineSource` that the user may see"""
        sources = self._get_client_timeline_sources()
        return [source for source in sources if self._client_may_see(source)]

    @api.model
    def _get_client_asked_sources(self, sources, kinds):
        """:return: list of those of the *sources* that a caller asked for over RPC"""
        if kinds is None:
            return sources
        if not (
            isinstance(kinds, list | tuple) and all(isinstance(k, str) for k in kinds)
        ):
            raise self._get_client_no_page()
        return [source for source in sources if source.key in kinds]

    @api.model
    def _get_client_no_page(self):
        """:return: ``UserError`` for what no page of a timeline asks"""
        return UserError(
            self.env._("This page of the timeline does not exist. Open it again.")
        )

    def _get_client_timeline_reader(self, search, before, limit):
        """:return: :class:`TimelineReader` for what a caller asked over RPC"""
        try:
            limit = max(1, min(int(limit), LONGEST_PAGE))
            place = Place.parse(before) if before else None
        except (TypeError, ValueError, OverflowError) as error:
            raise self._get_client_no_page() from error
        text = str(search or "").replace("\0", "")

        def find(source):
            if not text:
                return Domain.TRUE
            return Domain(self._get_client_timeline_search(source, text))

        return TimelineReader(ClientScope(self), limit, place, find)

    @api.model
    def _get_client_timeline_search(self, source, text):
        """The documents of a source in which a text is found.

        :param source: a :class:`ClientTimelineSource`
        :param str text: what the user typed
        :return: list or ``Domain``
        """
        domain = Domain(source.title_field, "ilike", text)
        if source.model == "mail.message":
            domain |= Domain("body", "ilike", text)
        return domain

    # Entries

    def _show_client_entries(self, entries):
        """:return: list of dicts, see :meth:`get_client_timeline`"""
        talk = self._count_client_talk(entries)
        return [
            self._show_client_entry(
                source, record, talk.get((source.key, record.id), 0)
            )
            for _place, source, record in entries
        ]

    def _show_client_entry(self, source, record, talk_count):
        when = record[source.date_field]
        amount, currency_id = self._get_client_entry_amount(source, record)
        title = self._get_client_field_text(record, source.title_field)
        is_message = record._name == "mail.message"
        if is_message and not title:
            title = self._get_client_field_text(record, "message_type")
        return {
            "kind": source.key,
            "model": source.model,
            "id": record.id,
            "date": fields.Datetime.to_string(when)
            if isinstance(when, datetime)
            else fields.Date.to_string(when),
            "title": title or "",
            "state": self._get_client_field_text(record, source.state_field),
            "amount": amount,
            "currency_id": currency_id,
            "who": self._get_client_entry_author(record),
            "preview": record.preview if is_message else False,
            "talk_count": talk_count or 0,
        }

    @api.model
    def _get_client_entry_amount(self, source, record):
        """:return: pair of the amount and the id of its currency, or of False"""
        if not source.amount_field:
            return False, False
        field = record._fields[source.amount_field]
        currency = record[field.get_currency_field(record)]
        return record[source.amount_field], currency.id

    @api.model
    def _get_client_entry_author(self, record):
        """Who wrote a message or is responsible for a document.

        :return: str or False
        """
        # Superuser: the chatter shows these names to everybody who reads the document.
        record = record.sudo()
        for name in WHO:
            if name in record._fields and record[name]:
                return record[name].name
        return ("email_from" in record._fields and record["email_from"]) or False

    @api.model
    def _get_client_field_text(self, record, name):
        """:return: str, the value of a text, selection or many2one field as it is
        shown, or False
        """
        if not name or not record[name]:
            return False
        field = record._fields[name]
        if field.type == "many2one":
            # Superuser: forms show the name of a linked record to everybody who reads
            # the document.
            return record.sudo()[name].display_name
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return labels.get(record[name], record[name])
        return record[name]

    @api.model
    def _show_client_kind(self, source, found, limit):
        """:return: dict, a chip above the timeline"""
        return {
            "key": source.key,
            "label": source.label,
            "icon": source.icon,
            "count": False if found is None else min(found, limit),
            "more": bool(found and found > limit),
        }

    @api.model
    def _count_client_talk(self, entries):
        """How many messages the documents of a page have.

        :param entries: list of tuples (place, source, record)
        :return: dict ``{(key of source, id): int}``
        """
        documents = {}
        for _place, source, record in entries:
            if source.talk and "message_ids" in record._fields:
                name = (source.key, source.model)
                documents.setdefault(name, []).append(record.id)
        # Superuser: a user who reads a document reads its messages, and only their
        # number is returned. Odoo groups messages for administrators alone.
        messages = self.env["mail.message"].sudo()
        counts = {}
        for (key, model), ids in documents.items():
            rows = messages._read_group(
                [
                    ("model", "=", model),
                    ("res_id", "in", ids),
                    *self._client_written_domain(),
                ],
                ["res_id"],
                ["__count"],
            )
            counts.update({(key, id_): count for id_, count in rows})
        return counts
