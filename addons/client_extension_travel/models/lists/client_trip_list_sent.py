from dataclasses import replace

from odoo import fields, models
from odoo.fields import NO_ACCESS
from odoo.tools import format_datetime, hmac

from .trip_list import CHANGED, GONE, NEW, ListEntry, ListRow

SCOPE = "client_extension_travel.list"
#: characters that are kept of a hash: enough to notice a change
KEPT = 16


class ClientTrip(models.Model):
    """What of a list is new since it was sent.

    Of a list that was sent, only a keyed hash of each cell is kept: enough to see that
    it changed, and nothing that could be read.
    """

    _inherit = "client.trip"  # pylint: disable=consider-merging-classes-inherited

    #: kind of list -> {"at": moment, "rows": {participant: {column: hash}}}
    sent_lists = fields.Json(
        copy=False,
        readonly=True,
        prefetch=False,
        groups=NO_ACCESS,
        export_string_translation=False,
    )

    def _get_list_rows(self, kind, columns, entries, with_marks=True):
        """The rows of a list, marked against the one that was sent.

        :return: pair (list of :class:`.trip_list.ListRow`, list of sentences)
        """
        rows = [
            ListRow(entry, {one.key: one.read(entry) for one in columns}, number)
            for number, entry in enumerate(entries, 1)
        ]
        sent = self._get_sent_list(kind) if with_marks and len(self) == 1 else None
        if not sent:
            return rows, []
        labels = {column.key: column.label for column in columns}
        marked = [self._mark_row(row, sent["rows"], labels) for row in rows]
        gone, lost = self._get_gone_rows(kind, columns, sent["rows"], rows)
        return [*marked, *gone], [self._get_sent_sentence(sent, marked, gone, lost)]

    def _get_sent_list(self, kind):
        """:return: dict that was kept of this list when it was sent, or None"""
        # Superuser: hashes, which no user reads. Only what they say of rows that the
        # user reads is shown.
        return (self.sudo().sent_lists or {}).get(kind)

    def _mark_row(self, row, sent, labels):
        """:return: the row, new or with what has changed in it"""
        known = sent.get(str(row.entry.participant.id))
        if known is None:
            return replace(row, mark=NEW, sentence=self.env._("New"))
        changed = frozenset(
            key
            for key, mark in self._get_row_hashes(row).items()
            # A column that was not on the list says nothing.
            if key in known and known[key] != mark
        )
        if not changed:
            return row
        names = ", ".join(name for key, name in labels.items() if key in changed)
        sentence = self.env._("Changed: %s", names)
        return replace(row, mark=CHANGED, changed=changed, sentence=sentence)

    def _get_gone_rows(self, kind, columns, sent, rows):
        """Those who were on the list and are not any more.

        :return: pair (rows with the name alone, of those who are still on the trip,
            number of the others)
        """
        listed = {row.entry.participant.id for row in rows}
        ids = {int(key) for key in sent} - listed
        people = self.env["client.trip.participant"]
        found = people.search([("id", "in", list(ids)), ("trip_id", "=", self.id)])
        # Those who count are only out of sight of the user, not gone.
        found -= found._get_listed()
        make = self._make_entries(found, kind)
        gone = [self._make_gone_row(make(self, one), columns) for one in found]
        # Superuser: how many there still are; nothing of them is read.
        kept = people.sudo().search_count(
            [("id", "in", list(ids)), ("trip_id", "=", self.id)]
        )
        return gone, len(ids) - kept

    def _make_gone_row(self, entry, columns):
        values = dict.fromkeys((column.key for column in columns), "")
        bare = ListEntry(
            entry.trip, entry.participant, entry.person, entry.traveller.browse(), None
        )
        values["name"] = self._get_listed_name(bare)
        return ListRow(bare, values, mark=GONE, sentence=self.env._("Gone"))

    def _get_sent_sentence(self, sent, rows, gone, lost):
        """:return: str: when the list was sent, and how much has changed since"""
        marks = [row.mark for row in rows]
        return self.env._(
            "Compared with the list sent on %(moment)s: new %(new)s, changed "
            "%(changed)s, gone %(gone)s.",
            moment=format_datetime(self.env, sent["at"], dt_format="short"),
            new=marks.count(NEW),
            changed=marks.count(CHANGED),
            gone=len(gone) + lost,
        )

    def _get_row_hashes(self, row):
        """:return: dict column -> hash of what it tells of a participant; the same text
        of somebody else, or in another column, has another one"""
        # Superuser: the key of this database.
        env, one = self.sudo().env, row.entry.participant.id
        return {
            key: hmac(env, SCOPE, (one, key, str(value or "")))[:KEPT]
            for key, value in row.values.items()
        }

    def _keep_sent_list(self, kind):
        """Remember what this list tells now, so that the next one marks what is new.

        :param str kind: of a list with a row for each participant
        :raise AccessError: unless the user is allowed to have the list and to write to
            the trip
        """
        self.ensure_one()
        self.check_access("write")
        sheet = self._get_list(kind, with_marks=False)
        hashes = {
            str(row.entry.participant.id): self._get_row_hashes(row)
            for row in sheet.rows
        }
        kept = {"at": fields.Datetime.to_string(fields.Datetime.now()), "rows": hashes}
        # Superuser: no user writes hashes; the trip is one that the user writes to.
        trip = self.sudo()
        trip.sent_lists = {**(trip.sent_lists or {}), kind: kept}
