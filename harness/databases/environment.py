"""An Odoo environment in this process, for the commands that need one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..say import Fail
from . import odoobin
from .session import ready
from .templates import Databases

ADDON = "client_extension"


def opened(databases: Databases, name: str) -> str:
    """Return *name*, created if missing and updated if it is one of ours.

    A database that was created by other means is not changed, and must have the add-on.
    """
    if name not in databases.names() or databases.comment(name):
        return ready(databases, name)
    if ADDON not in databases.installed(name):
        raise Fail(f"The database {name} has no {ADDON}: install it there first.")
    return name


@contextmanager
def environment(databases: Databases, name: str) -> Iterator[Any]:
    """Provide the environment of the administrator; commit if the body succeeds."""
    import odoo.api
    import odoo.modules.registry
    import odoo.tools

    words = ["-c", str(databases.conf), "-d", name, "--no-http", "--log-level=warn"]
    words.append(f"--logfile={odoobin.log_file('environment')}")
    odoo.tools.config.parse_config(words, setup_logging=True)
    with odoo.modules.registry.Registry(name).cursor() as cursor:
        root = odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
        admin = root.ref("base.user_admin")
        context = root(user=admin.id)["res.users"].context_get()
        yield root(user=admin.id, context=dict(context), su=False)
