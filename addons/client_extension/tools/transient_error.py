"""Recognizes errors unrelated to the work during which they occur."""

import psycopg2

from odoo.exceptions import ConcurrencyError
from odoo.service import server

#: first characters of the codes of PostgreSQL's operational errors that come again: a
#: text too long for an index, a statement too complex; what is not in the right state
LASTING = ("54", "55000")


def is_transient(error):
    """Whether the same work may succeed when Odoo tries it again.

    :param error: an exception
    :return: bool; True when another transaction was faster, when the connection was
        lost, when memory ran out, and when Odoo stopped a worker that exceeded its time
        limit
    """
    transient = (
        ConcurrencyError,
        # Of the whole process: the row being written has no part in it.
        MemoryError,
        # also raised when the connection was lost inside a savepoint
        psycopg2.InterfaceError,
        psycopg2.OperationalError,
    )
    if isinstance(error, transient):
        return not (getattr(error, "pgcode", None) or "").startswith(LASTING)
    return _is_end_of_time(error)


def _is_end_of_time(error):
    """:return: bool, whether Odoo's server raised this for its time limit

    It has no class of its own: its origin distinguishes it from an add-on's error.
    """
    if type(error) is not Exception or not error.__traceback__:
        return False
    trace = error.__traceback__
    while trace.tb_next:
        trace = trace.tb_next
    return trace.tb_frame.f_globals.get("__name__") == server.__name__
