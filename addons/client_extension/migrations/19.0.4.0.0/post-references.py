"""Writes references with composed accents and without invisible signs, as now stored.

A reference whose new form another client has, or this one formerly had, stays as
it is: it is a duplicate that exists, for the user to resolve.
"""

#: those that :func:`importer.text.letters.compose` takes out wherever they stand
SIGNS = (
    "\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)


def migrate(cr, version):
    # PostgreSQL can only normalize Unicode.
    cr.execute("SELECT current_setting('server_encoding')")
    if cr.fetchone()[0] != "UTF8":
        return
    cr.execute(
        """
        WITH plain AS (
            SELECT id, ref AS old,
                   normalize(translate(ref, %(signs)s, ''), NFC) AS ref
              FROM res_partner
             WHERE client_status IS NOT NULL
        ), changed AS (
            SELECT DISTINCT ON (ref) id, ref
              FROM plain
             WHERE ref != old
             ORDER BY ref, id
        )
        UPDATE res_partner AS partner
           SET ref = changed.ref
          FROM changed
         WHERE partner.id = changed.id
           AND NOT EXISTS (
                SELECT 1
                  FROM res_partner AS other
                 WHERE other.ref = changed.ref AND other.client_status IS NOT NULL)
        """,
        {"signs": SIGNS},
    )
    cr.execute(
        """
        WITH plain AS (
            SELECT id, partner_id, reference AS old,
                   normalize(translate(reference, %(signs)s, ''), NFC) AS reference
              FROM client_former_reference
        ), changed AS (
            SELECT DISTINCT ON (partner_id, reference) id, partner_id, reference
              FROM plain
             WHERE reference != old
             ORDER BY partner_id, reference, id
        )
        UPDATE client_former_reference AS former
           SET reference = changed.reference
          FROM changed
         WHERE former.id = changed.id
           AND NOT EXISTS (
                SELECT 1
                  FROM client_former_reference AS other
                 WHERE other.partner_id = changed.partner_id
                   AND other.reference = changed.reference)
        """,
        {"signs": SIGNS},
    )
