"""Databases: cached templates, and clones of them.

The *base* template holds Odoo's own modules with or without demo data; the *add-ons*
template is a clone of it with our add-ons; an *extended* one has more modules. They are
named after a key of their contents, so that they are only rebuilt when these change. A
template is built under another name and renamed at the end: it is complete or absent.
"""

import ast
import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg2 import sql
from psycopg2.errors import InsufficientPrivilege

from ..paths import ADDONS, digest, files_digest, locked
from ..say import Fail, step
from ..setup import neighbours
from . import odoobin
from .postgres import Server

BASE_MODULES = (
    "account",
    "contacts",
    "crm",
    "hr_timesheet",
    "phone_validation",
    "sale_management",
    "utm",
)
#: add-ons that are only installed on request: databases are created without them
OPT_IN = ("client_extension_bulk",)
KEPT = 6
SCRATCH = "ce_scratch_"


def addons() -> dict[str, list[str]]:
    """Return the installable add-ons of the checkout with their dependencies.

    Without those that need an add-on of the OCA (see `bridges`), and without those that
    are only installed on request (`OPT_IN`).
    """
    apart = set(neighbours.names())
    return {
        name: needs
        for name, needs in _all().items()
        if apart.isdisjoint(needs) and name not in OPT_IN
    }


def bridges() -> dict[str, list[str]]:
    """Return the add-ons that depend on an OCA add-on, with their dependencies.

    No template has them: `testing/addon_tests.py` installs these OCA add-ons.
    """
    theirs = set(neighbours.names())
    return {n: needs for n, needs in _all().items() if not theirs.isdisjoint(needs)}


def _all() -> dict[str, list[str]]:
    """Return every installable add-on of the checkout with its dependencies."""
    found = {}
    for manifest in sorted(ADDONS.glob("*/__manifest__.py")):
        try:
            values = ast.literal_eval(manifest.read_text())
        except (SyntaxError, ValueError) as error:
            raise Fail(f"{manifest} is no manifest: {error}.") from error
        if values.get("installable", True):
            found[manifest.parent.name] = list(values.get("depends", ()))
    return found


def outside(known: dict[str, list[str]]) -> list[str]:
    """Return the modules of others that our add-ons and the base template need."""
    needed = {name for depends in known.values() for name in depends}
    return sorted((needed | set(BASE_MODULES)) - set(known))


def addons_key() -> str:
    """Return a key of everything in our add-ons."""
    return files_digest(ADDONS / name for name in addons())


@dataclass(frozen=True)
class Databases:
    """The databases on *server*, used with the Odoo of version *version*."""

    server: Server
    version: str
    conf: Path

    def execute(
        self, statement: sql.Composable, *values: object
    ) -> list[tuple[Any, ...]]:
        """Run one statement on the maintenance database; return its rows, if any."""
        with closing(self.server.connect()) as link, link.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def names(self) -> list[str]:
        """Return the names of all databases."""
        rows = self.execute(sql.SQL("SELECT datname FROM pg_database"))
        return sorted(name for (name,) in rows)

    def drop(self, name: str) -> None:
        """Drop the database *name* if it exists, even with open connections."""
        statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
        try:
            self.execute(statement + sql.SQL(" WITH (FORCE)"))
        except InsufficientPrivilege:
            # An autovacuum of PostgreSQL is running there: FORCE is not allowed to end
            # it, while a plain DROP asks it to stop, and waits.
            self.execute(statement)

    def clone(self, source: str, name: str) -> str:
        """Create the database *name* as a copy of *source*; replace an old one."""
        self.drop(name)
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        with locked("clone", short=True):
            self.execute(statement.format(sql.Identifier(name), sql.Identifier(source)))
        return name

    def scratch(self, source: str, title: str) -> str:
        """Create a copy of *source* for this process only, and return its name.

        Copies left behind by killed processes are dropped.
        """
        for name in self.names():
            _, _, pid = name.partition(SCRATCH)
            if pid and not Path(f"/proc/{pid.partition('_')[0]}").exists():
                self.drop(name)
        return self.clone(source, f"{SCRATCH}{os.getpid()}_{title.replace('-', '_')}")

    def rename(self, old: str, new: str) -> None:
        """Rename the database *old*."""
        statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        self.execute(statement.format(sql.Identifier(old), sql.Identifier(new)))

    def comment(self, name: str) -> str:
        """Return the comment of the database *name*: the key of its add-ons."""
        rows = self.execute(
            sql.SQL(
                "SELECT shobj_description(oid, 'pg_database') "
                "FROM pg_database WHERE datname = %s"
            ),
            name,
        )
        return str(rows[0][0] or "") if rows else ""

    def set_comment(self, name: str, text: str) -> None:
        """Write the comment of the database *name*."""
        statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
        self.execute(statement.format(sql.Identifier(name), sql.Literal(text)))

    def installed(self, name: str) -> set[str]:
        """Return the names of the modules installed in the database *name*."""
        query = "SELECT name FROM ir_module_module WHERE state = 'installed'"
        return {module for (module,) in self.rows(name, query)}

    def check_demo(self, name: str) -> None:
        """Fail if demo data of the database *name* could not be loaded.

        Odoo only logs that, and installs the module without them.
        """
        query = (
            "SELECT module.name, failure.error FROM ir_demo_failure AS failure "
            "JOIN ir_module_module AS module ON module.id = failure.module_id "
            "ORDER BY failure.id"
        )
        if failures := self.rows(name, query):
            names = ", ".join(module for module, _error in failures)
            errors = "\n".join(error or "" for _module, error in failures)
            raise Fail(f"The demo data of {names} could not be loaded:\n{errors}")

    def rows(self, name: str, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of *query* in the database *name*."""
        with closing(self.server.connect(name)) as link, link.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    def base(self, modules: Sequence[str], demo: bool) -> str:
        """Return the name of the base template with *modules*, created if missing."""
        parts = (self.version, *sorted(modules))
        prefix = f"ce_base_{'demo' if demo else 'bare'}_"
        name = prefix + digest(*parts)
        if name in self.names():
            return name
        with locked("base-template"):
            if name not in self.names():
                building = "ce_making_base"
                self.drop(building)
                title = "Making the database of Odoo's own modules"
                with step(title + (" with demo data" if demo else "")):
                    odoobin.initdb(self.conf, building, modules, demo)
                self.rename(building, name)
                self.trim(prefix, name)
        return name

    def template(self, extra: Sequence[str] = (), demo: bool = True) -> str:
        """Return the name of the add-ons template, created if missing."""
        ours = addons()
        base = self.base(sorted({*outside(ours), *extra}), demo)
        prefix = f"ce_addons_{'demo' if demo else 'bare'}_"
        name = prefix + digest(base, addons_key(), ADDONS, *ours)
        if name in self.names():
            return name
        with locked("addons-template"):
            if name not in self.names():
                building = self.clone(base, "ce_making_addons")
                if ours:
                    with step(f"Installing {', '.join(ours)}"):
                        odoobin.install(self.conf, building, list(ours))
                    self.check_demo(building)
                with step("Making style sheets and scripts"):
                    odoobin.make_assets(self.conf, building)
                self.rename(building, name)
                self.trim(prefix, name)
        return name

    def extended(
        self, source: str, modules: Sequence[str], key: str, addons_path: str = ""
    ) -> str:
        """Return the name of a copy of *source* with *modules*, created if missing.

        *key* says which contents these modules have; *addons_path* says where they are,
        if not among our add-ons.
        """
        prefix = "ce_extended_"
        name = prefix + digest(source, key, *modules)
        if name in self.names():
            return name
        with locked("extended-template", short=True):
            if name not in self.names():
                building = self.clone(source, "ce_making_extended")
                if addons_path:
                    self._forget(building, list(_all()))
                odoobin.install(self.conf, building, modules, addons_path)
                self.rename(building, name)
                self.trim(prefix, name)
        return name

    def _forget(self, name: str, modules: Sequence[str]) -> None:
        """Make the database *name* as if Odoo had never listed *modules* there.

        It lists what it finds when a database is made, and would mark those that
        install themselves, though the next add-ons path does not have them. What is
        in that path is listed anew.
        """
        query = sql.SQL(
            "UPDATE ir_module_module SET state = 'uninstallable' "
            "WHERE state = 'uninstalled' AND name = ANY(%s)"
        )
        with closing(self.server.connect(name)) as link, link.cursor() as cursor:
            cursor.execute(query, [list(modules)])

    def trim(self, prefix: str, newest: str) -> None:
        """Keep *newest* and a few more templates of its kind, drop the others."""
        query = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid"
        rows = self.execute(sql.SQL(query), prefix.replace("_", r"\_") + "%")
        others = [name for (name,) in rows if name != newest]
        for name in others[: max(0, len(others) - KEPT + 1)]:
            self.drop(name)
