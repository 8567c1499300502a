"""Makes chunks that are done but not yet counted count for the task as well.

The progress of an import was ``rows_done``, and ``mend_done`` for corrected rows: both
are ``task_done`` now.
"""

from odoo.tools import SQL


def migrate(cr, version):
    """Store on the chunks what they add to the task.

    :param cr: cursor of the database
    :param version: str, the version that was installed
    """
    cr.execute(
        SQL(
            """
            UPDATE client_import_chunk
               SET counts = (counts - 'mend_done') || jsonb_build_object(
                       'task_done', COALESCE(counts->'mend_done', counts->'rows_done'),
                       'task_seconds', COALESCE(counts->'seconds', '0'))
             WHERE is_counted IS NOT TRUE
               AND counts ? 'rows_done'
               AND NOT counts ? 'task_done'
            """
        )
    )
