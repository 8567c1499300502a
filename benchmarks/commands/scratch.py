"""A database to measure in."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from harness.databases import odoobin
from harness.databases.session import session
from harness.databases.templates import Databases
from harness.say import step


@contextmanager
def scratch(extra: Sequence[str] = ()) -> Iterator[tuple[Databases, str]]:
    """Provide the databases and the name of one to measure in, dropped afterwards.

    It also has the add-ons *extra*.
    """
    with session() as databases:
        with step("Preparing the databases"):
            name = databases.scratch(databases.template(), "bench")
            if extra:
                odoobin.install(databases.conf, name, extra)
        try:
            yield databases, name
        finally:
            close(name)
            databases.drop(name)
            shutil.rmtree(filestore(name), ignore_errors=True)


def filestore(name: str) -> str:
    """Return the folder of the files of the database *name*."""
    import odoo.tools

    return str(odoo.tools.config.filestore(name))


def vacuum(databases: Databases, name: str) -> None:
    """Vacuum and analyze, which is not possible in a transaction."""
    connection = databases.server.connect(name)
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    finally:
        connection.close()


def close(name: str) -> None:
    """Close Odoo's connections to the database *name*, so that it can be dropped."""
    import odoo.sql_db

    odoo.sql_db.close_db(name)
