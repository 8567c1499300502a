"""What the commands of the add-on share: a user's environment, readable errors.

A failure calls ``sys.exit(sentence)``, as in Odoo's own commands: the sentence goes
to the standard error, the exit code is 1, and the transaction is rolled back.
"""

import csv
import signal
import sys
from contextlib import contextmanager

import psycopg2

from odoo.api import SUPERUSER_ID, Environment
from odoo.exceptions import UserError
from odoo.modules.db import is_initialized
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tools import config

INSTALLED = """
    SELECT 1 FROM ir_module_module
    WHERE name = 'client_extension' AND state IN ('installed', 'to upgrade')
"""


def read(path):
    """:return: the bytes of the file at `path`"""
    try:
        return path.read_bytes()
    except OSError as error:
        sys.exit(f"{path} cannot be read: {error.strerror}.")


def split_headers(text):
    """:return: list of the headers in `text`, where those with a comma are quoted; None
    when there is no text"""
    if text is None:
        return None
    return [header.strip() for header in next(csv.reader([text]), [])]


@contextmanager
def environment(options):
    """Work in the configured database, in one transaction.

    :param options: object with ``user`` and ``company``, names or None
    :return: ``Environment`` with the rights of that user only; the work is committed
        when the body ends without an error
    :raise SystemExit: when there is no such database, user or company, and for errors
        of Odoo or PostgreSQL in the body
    """
    signal.signal(signal.SIGTERM, _end)
    try:
        registry = Registry(_get_database())
        with registry.cursor() as cursor:
            yield _get_env(Environment(cursor, SUPERUSER_ID, {}), options)
        # Have the workers of a running server clear their caches.
        registry.signal_changes()
    except UserError as error:
        sys.exit(str(error))
    except psycopg2.Error as error:
        sys.exit(f"PostgreSQL refused, and nothing was stored: {_first_line(error)}")
    except KeyboardInterrupt:
        sys.stderr.write("Stopped: nothing was stored.\n")
        sys.exit(130)


def _end(number, _frame):
    """Turn a signal to end into an exception, so that every ``finally`` runs."""
    sys.exit(128 + number)


def _get_database():
    """:return: str, the name of a database that has the add-on"""
    names = config["db_name"]
    if len(names) != 1:
        sys.exit("Name one database: -d NAME.")
    try:
        with db_connect(names[0]).cursor() as cursor:
            if is_initialized(cursor):
                cursor.execute(INSTALLED)
                if cursor.fetchone():
                    return names[0]
    except psycopg2.OperationalError as error:
        sys.exit(f"The database {names[0]} cannot be opened: {_first_line(error)}")
    return sys.exit(
        f"Client Extension is not installed in the database {names[0]}. Install it "
        "there and try again."
    )


def _first_line(error):
    return str(error).strip().partition("\n")[0].rpartition("FATAL:  ")[2]


def _get_env(root, options):
    """:return: the environment of the user named in `options`, or of the
    administrator"""
    user = _find_user(root, options.user)
    company = _find_company(user, options.company)
    context = dict(root(user=user.id)["res.users"].context_get())
    if company:
        context["allowed_company_ids"] = company.ids
    return root(user=user.id, context=context, su=False)


def _find_user(root, login):
    if not login:
        user = root.ref("base.user_admin", raise_if_not_found=False)
        if not user or not user.active:
            sys.exit("There is no administrator here. Name a user: --user LOGIN.")
        return user
    user = root["res.users"].search([("login", "=", login)])
    if not user:
        sys.exit(f"There is no active user with the login “{login}”.")
    return user


def _find_company(user, name):
    """:return: the company of `user` called `name`; empty recordset if no name"""
    if not name:
        return user.env["res.company"]
    companies = user.company_ids
    found = companies.filtered(lambda one: one.name.casefold() == name.casefold())[:1]
    if not found:
        names = ", ".join(f"“{one.name}”" for one in companies)
        sys.exit(
            f"{user.name} has no company named “{name}”. Their companies: {names}."
        )
    return found
