"""Filters that come from a user or from another system."""

from ast import literal_eval

import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .transient_error import is_transient

NAME = SQL.identifier("client_user_domain")


class BadDomain(Exception):
    """A filter that is not valid; the caller says so to the user."""


def read_domain(records, domain, restrict):
    """Parse a domain and run it once.

    Only that shows missing rights to its fields, and values that the database refuses.

    :param records: recordset of the model that is searched
    :param domain: a list, or a text as a user types it
    :param restrict: function that takes the valid ``Domain`` and returns what is run
    :return: ``Domain``, what ``restrict`` returned
    :raise BadDomain: when it is not a domain, or cannot be run
    :raise AccessError: when the user has no access to one of its fields
    """
    try:
        found = Domain(_parse(domain))
        found.validate(records)
        found = restrict(found)
        _try(records, found)
    except (BadDomain, UserError):
        raise
    except psycopg2.Error as error:
        if is_transient(error):
            raise
        raise BadDomain(error.diag.message_primary or "") from error
    except Exception as error:
        # Fields and operators of all add-ons raise what they like.
        if is_transient(error):
            raise
        raise BadDomain(str(error) or type(error).__name__) from error
    return found


def _parse(domain):
    if not isinstance(domain, str):
        return domain
    try:
        return literal_eval(domain)
    except MemoryError as error:
        # Python's answer to a text with thousands of signs inside each other.
        raise BadDomain(type(error).__name__) from error


def _try(records, domain):
    """Search for one record, in a savepoint that costs no query of its own.

    :raise psycopg2.Error: when the database refuses a value; the transaction goes on
    """
    env, cr = records.env, records.env.cr
    query = records._search(domain, order="id", limit=1)
    if query.is_empty():
        return
    found = query.select()
    env.flush_query(found)
    try:
        text = SQL("SAVEPOINT %s; %s; RELEASE SAVEPOINT %s", NAME, found, NAME)
        cr.execute(text, log_exceptions=False)
    except psycopg2.Error as error:
        if not is_transient(error):
            cr.execute(SQL("ROLLBACK TO SAVEPOINT %s", NAME))
        raise
