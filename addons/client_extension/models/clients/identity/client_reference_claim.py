from odoo import api, fields, models
from odoo.tools import SQL


class ClientReferenceClaim(models.Model):
    """Makes two transactions that give the same reference to clients meet.

    Neither sees the client of the other in its snapshot of the database. Both write
    the row of the reference: the second waits for the first, and PostgreSQL then
    makes it fail as a concurrent update. Odoo tries it again with a new snapshot, in
    which it finds the client of the first and refuses the reference by name.

    A row does not say who has a reference: existing duplicates are not touched, and
    partners that are no clients claim nothing. The reference itself is not stored, so
    nothing of a deleted client is left; if two references have the same key, one of
    them only waits for the other. Labels claim their names in the same way.
    """

    _name = "client.reference.claim"
    _description = "Client Reference Claim"
    _log_access = False

    key = fields.Integer(required=True, export_string_translation=False)

    _one_each = models.UniqueIndex("(key)", "This reference is already claimed.")

    @api.model
    def _get_claim_sql(self, references):
        """The statement that claims some references until the transaction ends.

        :param references: list of str
        :return: ``SQL``, for a ``WITH`` of the query that looks up who has them; in
            the order of the keys, so that two transactions do not wait for each other
        """
        return SQL(
            """
            INSERT INTO client_reference_claim (key)
            SELECT DISTINCT hashtext(reference) AS key
              FROM unnest(%s) AS reference
             ORDER BY key
                ON CONFLICT (key) DO UPDATE SET key = EXCLUDED.key
            """,
            list(references),
        )

    @api.model
    def _claim(self, references):
        """Claim some references without looking up who has them.

        :param references: iterable of str
        """
        if references := [reference for reference in references if reference]:
            self.env.cr.execute(self._get_claim_sql(references))
