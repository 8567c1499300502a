"""Writes the references of clients with composed accents, as they are stored now.

A reference whose composed form another client has, or this one formerly had, stays as
it is: it is a duplicate that exists, for the user to resolve.
"""


def migrate(cr, version):
    # PostgreSQL can only normalize Unicode.
    cr.execute("SELECT current_setting('server_encoding')")
    if cr.fetchone()[0] != "UTF8":
        return
    cr.execute(
        """
        WITH changed AS (
            SELECT DISTINCT ON (normalize(ref, NFC)) id, normalize(ref, NFC) AS ref
              FROM res_partner
             WHERE client_status IS NOT NULL
               AND ref IS NOT NFC NORMALIZED
             ORDER BY normalize(ref, NFC), id
        )
        UPDATE res_partner AS partner
           SET ref = changed.ref
          FROM changed
         WHERE partner.id = changed.id
           AND NOT EXISTS (
                SELECT 1
                  FROM res_partner AS other
                 WHERE other.ref = changed.ref AND other.client_status IS NOT NULL)
        """
    )
    cr.execute(
        """
        WITH changed AS (
            SELECT DISTINCT ON (partner_id, normalize(reference, NFC))
                   id, partner_id, normalize(reference, NFC) AS reference
              FROM client_former_reference
             WHERE reference IS NOT NFC NORMALIZED
             ORDER BY partner_id, normalize(reference, NFC), id
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
        """
    )
