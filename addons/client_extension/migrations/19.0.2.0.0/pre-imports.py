"""Keeps running imports going, without losing any of their data.

Three booleans used to say what was in progress, each with its own counters. These are
now the field ``task``, with ``task_done``, ``task_total`` and ``task_seconds``.
Rejected rows are no longer "mended" but "corrected", as on the screens: their file and
its dialog have new names.
"""

import re

from psycopg2.extras import Json

from odoo.tools import SQL, sql

#: old model -> new one; its access rights and record rules are kept
RENAMED = {
    "client.import.mapping.keep": "client.import.mapping.save",
    "client.import.mend.wizard": "client.import.correct.wizard",
    "client.import.use": "client.import.usage",
}
#: removed field -> the task that it stood for
FLAGS = {"is_checking": "check", "is_mending": "correct", "is_undoing": "undo"}
#: a condition on one of them in a domain
LEAF = re.compile(
    rf"""[(\[]\s*(["'])(?P<name>{"|".join(FLAGS)})\1\s*,\s*"""
    r"""(["'])(?P<operator>!?=)\3\s*,\s*(?P<value>True|False|true|false|1|0)\s*[)\]]"""
)
#: abstract models, which had no stored data
REMOVED = ("client.import.asked", "client.import.messages", "client.import.readable")


def migrate(cr, version):
    """Give imports their task, then rename.

    :param cr: cursor of the database
    :param version: str, the version that was installed
    """
    if sql.column_exists(cr, "client_import", "is_undoing"):
        _fill_tasks(cr)
    cr.execute(
        SQL(
            "UPDATE ir_attachment SET res_field = 'correction_file',"
            " name = CASE name WHEN 'mend_file' THEN 'correction_file' ELSE name END"
            " WHERE res_model = 'client.import' AND res_field = 'mend_file'"
        )
    )
    _correct_views(cr)
    _correct_filters(cr)
    for old, new in RENAMED.items():
        _rename_model(cr, old, new)
    for name in REMOVED:
        _remove_model(cr, name)


def _fill_tasks(cr):
    for name, kind in (
        ("task", "varchar"),
        ("task_done", "int4"),
        ("task_total", "int4"),
        ("task_seconds", "float8"),
    ):
        if not sql.column_exists(cr, "client_import", name):
            sql.create_column(cr, "client_import", name, kind)
    # First the task, then its progress: rows of the file, corrected rows, or clients.
    cr.execute(
        SQL(
            """
            UPDATE client_import AS i
               SET task = t.task,
                   task_done = CASE t.task WHEN 'undo' THEN i.undo_done
                                           WHEN 'correct' THEN i.mend_done
                                           ELSE i.rows_done END,
                   task_total = CASE t.task WHEN 'undo' THEN i.undo_total
                                            WHEN 'correct' THEN i.mend_count
                                            ELSE i.row_count END,
                   task_seconds = CASE t.task WHEN 'undo' THEN i.undo_seconds
                                              ELSE i.seconds END
              FROM (SELECT id,
                           CASE WHEN is_undoing THEN 'undo'
                                WHEN is_mending THEN 'correct'
                                WHEN is_checking THEN 'check'
                                WHEN state IN ('queued', 'running') THEN 'run'
                            END AS task
                      FROM client_import) AS t
             WHERE t.id = i.id AND i.task IS NULL AND t.task IS NOT NULL
            """
        )
    )


def _correct_views(cr):
    """Make stored views use the task: Odoo checks all of them when it loads one."""
    cr.execute(
        SQL(
            "SELECT id, arch_db FROM ir_ui_view"
            " WHERE model = 'client.import' AND arch_db::text ~ %s",
            rf"\m({'|'.join(FLAGS)})\M",
        )
    )
    for view_id, archs in cr.fetchall():
        archs = {lang: _correct_arch(arch) for lang, arch in archs.items()}
        cr.execute(
            SQL(
                "UPDATE ir_ui_view SET arch_db = %s WHERE id = %s", Json(archs), view_id
            )
        )


def _correct_arch(arch):
    names = "|".join(FLAGS)
    arch = re.sub(rf"""\bname=(["'])({names})\1""", r"name=\1task\1", arch)
    return re.sub(rf"\b({names})\b", lambda m: f"task == '{FLAGS[m[1]]}'", arch)


def _correct_filters(cr):
    """Make filters that users saved ask for the task, and group by it."""
    cr.execute(
        SQL(
            "SELECT id, domain, context, sort FROM ir_filters"
            " WHERE model_id = 'client.import'"
            " AND concat(domain, context, sort) ~ %s",
            rf"\m({'|'.join(FLAGS)})\M",
        )
    )
    for filter_id, domain, *others in cr.fetchall():
        context, sort = (_correct_names(text) for text in others)
        cr.execute(
            SQL(
                "UPDATE ir_filters SET domain = %s, context = %s, sort = %s"
                " WHERE id = %s",
                LEAF.sub(_correct_leaf, domain or "[]"),
                context,
                sort,
                filter_id,
            )
        )


def _correct_leaf(found):
    is_equal = (found["operator"] == "=") == (found["value"] in ("True", "true", "1"))
    return f"""("task", "{"=" if is_equal else "!="}", "{FLAGS[found["name"]]}")"""


def _correct_names(text):
    return re.sub(rf"\b({'|'.join(FLAGS)})\b", "task", text) if text else text


def _rename_model(cr, old, new):
    table = old.replace(".", "_")
    # Dialogs and abstract models: the rows of an open dialog need not be kept.
    cr.execute(SQL("DROP TABLE IF EXISTS %s CASCADE", SQL.identifier(table)))
    cr.execute(SQL("SELECT id FROM ir_model WHERE model = %s", old))
    if not (found := cr.fetchone()):
        return
    (model_id,) = found
    names = (table, new.replace(".", "_"))
    _forget_constraints(cr, model_id)
    cr.execute(SQL("UPDATE ir_model SET model = %s WHERE id = %s", new, model_id))
    cr.execute(
        SQL("UPDATE ir_model_fields SET model = %s WHERE model_id = %s", new, model_id)
    )
    for prefix, model in (("model_%s", "ir.model"), ("field_%s__", "ir.model.fields")):
        before, after = (prefix % name for name in names)
        cr.execute(
            SQL(
                "UPDATE ir_model_data SET name = %(after)s || substr(name, %(start)s)"
                " WHERE model = %(model)s"
                " AND starts_with(name, %(before)s)",
                after=after,
                before=before,
                model=model,
                start=len(before) + 1,
            )
        )


def _remove_model(cr, name):
    cr.execute(SQL("SELECT id FROM ir_model WHERE model = %s", name))
    if not (found := cr.fetchone()):
        return
    (model_id,) = found
    _forget_constraints(cr, model_id)
    cr.execute(
        SQL(
            """
            DELETE FROM ir_model_data
             WHERE (model = 'ir.model' AND res_id = %(id)s)
                OR (model = 'ir.model.fields' AND res_id IN (
                        SELECT id FROM ir_model_fields WHERE model_id = %(id)s))
                OR (model = 'ir.model.inherit' AND res_id IN (
                        SELECT id FROM ir_model_inherit
                         WHERE model_id = %(id)s OR parent_id = %(id)s))
            """,
            id=model_id,
        )
    )
    cr.execute(
        SQL("DELETE FROM ir_model_inherit WHERE %s IN (model_id, parent_id)", model_id)
    )
    cr.execute(SQL("DELETE FROM ir_model WHERE id = %s", model_id))


def _forget_constraints(cr, model_id):
    cr.execute(
        SQL(
            """
            DELETE FROM ir_model_data
             WHERE model = 'ir.model.constraint'
               AND res_id IN (SELECT id FROM ir_model_constraint WHERE model = %s)
            """,
            model_id,
        )
    )
    cr.execute(SQL("DELETE FROM ir_model_constraint WHERE model = %s", model_id))
