from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ....tools.setting_number import get_days

#: parameter with the days for which files, rows and their values are kept
PARAMETER = "client_extension.import_days"
DEFAULT_DAYS = 90
#: lines of change logs that are emptied in one transaction
CHANGES_CLEARED = 10_000


class ClientImportRetention(models.AbstractModel):
    """Deletes what imports have kept of the rows of their files.

    Personal data is kept for as long as a setting says, counted from the end of the
    import. The counts and the kinds of problems stay.
    """

    _name = "client.import.retention"
    _description = "Retention of Imported Data"

    # Time

    @api.model
    def _get_ended_domain(self, days):
        """:return: ``Domain`` of the imports that ended more than `days` days ago"""
        return Domain(
            [
                ("task", "=", False),
                ("state", "not in", ("queued", "running")),
                ("ended_at", "<", fields.Datetime.now() - timedelta(days=days)),
            ]
        )

    @api.model
    def _get_batch_size(self):
        """:return: int, number of imports cleared in one transaction"""
        return 100

    # Vacuum

    @api.autovacuum
    def _gc_imports(self):
        """Clear the imports that ended longer ago than the setting allows.

        :return: pair (number of imports cleared, number left for the next round)
        """
        # Superuser: how long data is kept is not confidential.
        days = get_days(self.env, PARAMETER, DEFAULT_DAYS)
        if days <= 0:
            return 0, 0
        # Superuser: the imports of all users expire.
        imports = self.env["client.import"].sudo()
        domain = self._get_ended_domain(days) & Domain("cleared_at", "=", False)
        old = imports.search(domain, order="id", limit=self._get_batch_size())
        self._clear(old, days)
        return len(old), imports.search_count(domain, limit=1)

    @api.autovacuum
    def _gc_changes(self):
        """Empty the change log of clients that the database itself has deleted."""
        # Superuser: users have no write access to the change log.
        changes = self.env["client.import.change"].sudo()
        domain = [("partner_id", "=", False), ("values_cleared", "=", False)]
        found = changes.search(domain, limit=CHANGES_CLEARED)
        found._clear_values()
        return len(found), changes.search_count(domain, limit=1)

    # Clear

    @api.model
    def _clear(self, imports, days=0):
        """Delete the files of some imports, and what is stored of their rows.

        The counts, the columns and the kinds of problems stay. So does the change log,
        which has a setting of its own.

        :param imports: ``client.import`` records in superuser mode
        :param days: int, the setting that makes them expire; 0 if a user asked for it
        :return: nothing; overridden by bridges that keep rows of a file elsewhere
        """
        if not imports:
            return
        self._clear_files(imports)
        imports.preview_ids.unlink()
        self.env["client.import.problem"]._clear_values_of(imports)
        for record in imports:
            summary = record.columns_summary or []
            record.write(
                {
                    "cleared_at": fields.Datetime.now(),
                    "cleared_days": days,
                    # Its samples are words of the file.
                    "question_summary": False,
                    "columns_summary": [{**c, "samples": []} for c in summary] or False,
                    "unknown_values": False,
                    "value_answers": False,
                    "corrections": False,
                }
            )

    @api.model
    def _clear_files(self, imports):
        """Delete every file that these imports have stored.

        :param imports: ``client.import`` records in superuser mode
        """
        # Superuser: the files belong to these imports, whoever stored them.
        attachments = self.env["ir.attachment"].sudo()
        attachments.search(
            [
                ("res_model", "=", imports._name),
                ("res_id", "in", imports.ids),
                ("res_field", "!=", False),
            ]
        ).unlink()
        binaries = [n for n, f in imports._fields.items() if f.type == "binary"]
        imports.invalidate_recordset(binaries)
