"""What every command on a database needs: PostgreSQL, Odoo's settings, databases."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ..setup import source
from . import checkout, odoobin, postgres
from .templates import Databases, addons, addons_key


@contextmanager
def session() -> Iterator[Databases]:
    """Provide the databases of a running PostgreSQL."""
    version = source.ensure().version
    with postgres.running() as server:
        yield Databases(server, version, odoobin.write_conf(server))


def ready(
    databases: Databases, name: str, extra: Sequence[str] = (), demo: bool = True
) -> str:
    """Return *name*, a database with the current version of our add-ons.

    It is kept between calls: created if missing, updated if our files have changed.
    """
    key = addons_key()
    if name not in databases.names():
        for old in checkout.abandoned():
            databases.drop(old)
        databases.clone(databases.template(extra, demo), name)
    elif databases.comment(name) != key:
        odoobin.update(databases.conf, name)
    missing = sorted({*addons(), *extra} - databases.installed(name))
    if missing:
        odoobin.install(databases.conf, name, missing)
    databases.set_comment(name, key)
    return name
