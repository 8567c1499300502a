"""Filters that come from a user or from another system."""

from ast import literal_eval

import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Domain

from .transient_error import is_transient


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
        found = Domain(literal_eval(domain) if isinstance(domain, str) else domain)
        found.validate(records)
        found = restrict(found)
        with records.env.cr.savepoint(flush=False):
            records.search(found, limit=1, order="id")
    except UserError:
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
