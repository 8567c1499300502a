"""Errors that say nothing of what was being done when they came."""

import psycopg2

from odoo.exceptions import ConcurrencyError


def is_passing(error):
    """Whether the same may well succeed when Odoo tries it again.

    :param error: an exception
    :return: bool; True when another transaction was faster, when the connection was
        lost, and for the plain ``Exception`` with which Odoo stops a worker whose time
        is over
    """
    passing = (
        ConcurrencyError,
        # also what is left of a connection that was lost in a savepoint
        psycopg2.InterfaceError,
        psycopg2.OperationalError,
    )
    return isinstance(error, passing) or type(error) is Exception
