"""Gives old imports the time at which they ended, from which their data expires.

Odoo would fill the new column with the time of the upgrade, and files that have been
kept for years would be kept for another 90 days. Imports that never ran count from the
last time they were written, which is that of their last check or of their upload.
"""

from odoo.tools import SQL, sql


def migrate(cr, version):
    if sql.column_exists(cr, "client_import", "ended_at"):
        return
    sql.create_column(cr, "client_import", "ended_at", "timestamp")
    cr.execute(
        SQL(
            "UPDATE client_import"
            " SET ended_at = coalesce(finished_at, write_date, create_date)"
        )
    )
