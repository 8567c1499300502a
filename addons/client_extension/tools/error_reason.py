"""Says why something was refused, without the rows that PostgreSQL quotes."""

import logging
import re

import psycopg2

from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

#: what PostgreSQL adds to its messages, and Odoo to some of its own: values of a row
DETAILS = re.compile(r"\s*(?:(?:DETAIL|Detail|CONTEXT|HINT):|Failing row contains)")
#: the columns of a key in such a detail
KEY = re.compile(r"Key \(([\w, ]+)\)=")


def get_reason(env, error):
    """Why something could not be done.

    :param env: environment whose cursor can be used
    :param error: an exception
    :return: str, on one line
    """
    if isinstance(error, psycopg2.Error):
        text = _get_database_reason(env, error)
    elif isinstance(error, UserError):
        text = str(error)
    else:
        text = f"{type(error).__name__}: {error}".removesuffix(": ")
    return without_details(text)


def without_details(text):
    """:return: str, a message on one line, up to the values of a row in it"""
    return " ".join(DETAILS.split(text, maxsplit=1)[0].split())


def _get_database_reason(env, error):
    """:return: str, the message of the constraint, or a sentence for its type"""
    _, diag = env._, error.diag
    _logger.info("PostgreSQL refused a row: %s", error.pgcode)
    records = _get_model(env, diag.table_name)
    specific = records._sql_error_to_message(error)
    # The generic messages of Odoo quote the rows.
    if specific != records._sql_error_to_message_generic(error):
        return specific
    named = _get_names(env, records, diag)
    if isinstance(error, psycopg2.errors.UniqueViolation):
        return _("Another record already has the same value (%s).", named)
    if isinstance(error, psycopg2.errors.NotNullViolation):
        return _("A required value is missing (%s).", named)
    if isinstance(error, psycopg2.errors.ForeignKeyViolation):
        return _("A record is still in use, or no longer exists (%s).", named)
    return _("The database cannot store one of the values.")


def _get_model(env, table):
    """:return: recordset of the model of a table; contacts where there is none"""
    tables = {
        model._table: name
        for name, model in env.registry.items()
        if not model._abstract
    }
    return env[tables.get(table, "res.partner")]


def _get_names(env, records, diag):
    """:return: str, the labels of the fields concerned, or the name of the model"""
    key = KEY.match(diag.message_detail or "")
    names = key[1].split(", ") if key else [diag.column_name]
    found = [records._fields[name] for name in names if name in records._fields]
    labels = [field._description_string(env) for field in found]
    return ", ".join(labels) or records._description
