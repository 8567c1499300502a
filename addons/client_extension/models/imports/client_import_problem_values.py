from odoo import api, models
from odoo.tools import SQL

#: what stands in a sentence for a value that was deleted
GONE = "…"
#: params of a sentence that say nothing about a person
IMPERSONAL = ["count", "first", "kind", "lines", "more", "most", "second"]


class ClientImportProblem(models.Model):
    """What problems say of people: for how long, and to whom."""

    _inherit = "client.import.problem"  # pylint: disable=consider-merging-classes-inherited

    # Hidden clients

    def _get_client_ids(self):
        """:return: set of the ids of the clients that the sentence names"""
        ids = str((self.params or {}).get("ids", ""))
        return {int(text) for text in ids.split(",") if text.isdecimal()}

    def _get_hidden_ids(self):
        """:return: set of the ids of the named clients that the user cannot read, or
        that have been deleted"""
        ids = set().union(*map(type(self)._get_client_ids, self))
        clients = self.env["res.partner"].with_context(active_test=False).browse(ids)
        return ids - set(clients.exists()._filtered_access("read").ids)

    # Retention

    def _clear_values(self):
        """Delete the values of these problems, also inside their sentences."""
        self._clear_values_where(SQL("id = ANY(%s)", self.ids))

    @api.model
    def _clear_values_of(self, imports):
        """Delete the values of all problems of some imports.

        :param imports: ``client.import`` records
        """
        self._clear_values_where(SQL("import_id = ANY(%s)", imports.ids))

    @api.model
    def _clear_values_where(self, condition):
        """:param condition: ``SQL`` on the table of problems"""
        self.env.flush_all()
        # SQL: there can be as many problems as the file has rows.
        self.env.cr.execute(
            SQL(
                """
                UPDATE client_import_problem AS p
                   SET value = NULL,
                       params = (SELECT jsonb_object_agg(e.key,
                                        CASE WHEN e.key = ANY(%(impersonal)s)
                                             THEN e.value ELSE %(gone)s END)
                                   FROM jsonb_each(coalesce(p.params, '{}')
                                        || jsonb_build_object('value', %(gone)s)) AS e)
                 WHERE %(condition)s
                """,
                impersonal=IMPERSONAL,
                gone=SQL("to_jsonb(%s::text)", GONE),
                condition=condition,
            )
        )
        self.invalidate_model(["value", "params", "message"])
