from odoo import api, fields, models
from odoo.tools import SQL

#: travelers deleted in one transaction
BATCH = 1000
EXPIRED = """
    WITH trip_of AS (
        SELECT traveller.id AS traveller_id, participant.trip_id
          FROM client_traveller AS traveller
          JOIN client_trip_participant AS participant
            ON participant.contact_id = traveller.person_id
         UNION
        SELECT traveller.id, trip.id
          FROM client_traveller AS traveller
          JOIN client_trip AS trip ON trip.client_id = traveller.person_id
    ), ended AS (
        SELECT trip_of.traveller_id,
               COALESCE(trip.date_to, trip.date_from, trip.write_date::date) AS day,
               NULLIF(COALESCE(NULLIF(kind.keep_days, 0),
                               company.client_identity_days), 0) AS days
          FROM trip_of
          JOIN client_trip AS trip ON trip.id = trip_of.trip_id
          JOIN client_trip_kind AS kind ON kind.id = trip.kind_id
          JOIN res_company AS company ON company.id = trip.company_id
    ), kept AS (
        SELECT traveller_id, bool_or(days IS NULL) AS forever,
               MAX(day + days) AS until,
               (array_agg(days ORDER BY day DESC, days DESC))[1] AS last_days
          FROM ended GROUP BY traveller_id
    ), shared AS (
        SELECT CASE WHEN bool_or(client_identity_days = 0) THEN 0
                    ELSE MAX(client_identity_days) END AS days
          FROM res_company WHERE active
    ), changed AS (
        SELECT traveller.id, traveller.person_id,
               GREATEST(COALESCE(traveller.write_date, traveller.create_date),
                        MAX(paper.write_date))::date AS day
          FROM client_traveller AS traveller
          LEFT JOIN client_identity_paper AS paper
            ON paper.traveller_id = traveller.id
         GROUP BY traveller.id
    )
    SELECT changed.id
      FROM changed
      JOIN res_partner AS person ON person.id = changed.person_id
      LEFT JOIN res_company AS company ON company.id = person.company_id
      LEFT JOIN kept ON kept.traveller_id = changed.id
     CROSS JOIN shared
     WHERE CASE WHEN kept.traveller_id IS NOT NULL
           THEN NOT kept.forever
                AND GREATEST(kept.until, changed.day + kept.last_days) < %(today)s
           ELSE COALESCE(company.client_identity_days, shared.days) > 0
                AND changed.day
                    + COALESCE(company.client_identity_days, shared.days) < %(today)s
           END
     ORDER BY changed.id
     LIMIT %(limit)s
"""


class ClientTraveller(models.Model):
    """Deletes the identity of those who have not traveled for long."""

    _inherit = "client.traveller"  # pylint: disable=consider-merging-classes-inherited

    @api.autovacuum
    def _gc_travellers(self):
        """Delete the identities that are no longer kept, with their papers; the log of
        each person says so, without any value.

        :return: pair (number deleted, 1 if there are more for the next round, else 0)
        """
        # Superuser: the identities of all companies expire, each by its own settings.
        travellers = self.sudo()
        found = travellers._get_expired(BATCH + 1)
        found[:BATCH]._forget()
        return len(found[:BATCH]), len(found[BATCH:])

    @api.model
    def _get_expired(self, limit):
        """The travelers whose identity is no longer kept.

        Each trip of which the person was a participant, in whatever state, or the
        client keeps it until some days after its last day: those of its kind, or else
        of its company. The trip that keeps it longest counts. Where one keeps it for
        ever, it is never deleted. A trip without dates counts from its last change.

        A change of the traveler or of a paper counts like the end of another trip of
        the last kind: what is prepared for a new trip is not deleted before it is
        booked. Who never had a trip is kept from the last change, by the setting of the
        own company. For a person of all companies, that is the longest of them.

        :param int limit: how many at most
        :return: ``client.traveller`` recordset
        """
        self.env.flush_all()
        query = SQL(EXPIRED, today=fields.Date.today(), limit=limit)
        return self.browse(id_ for (id_,) in self.env.execute_query(query))

    def _forget(self):
        """Delete these travelers, and say so in the log of each person."""
        persons = self.person_id
        # Papers go with their traveler.
        self.unlink()
        note = self.env._(
            "The identity data of this person was deleted at the end of its retention "
            "period."
        )
        persons._message_log_batch(bodies=dict.fromkeys(persons.ids, note))
