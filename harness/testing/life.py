"""Whole-life tests: install on an old database, upgrade, uninstall.

For `tests/life/test_*.py`, which `./dev test` runs with plain pytest. Four names::

    from harness.testing.life import clone, drop, run_odoo, shell

    def test_install_and_uninstall() -> None:
        name = clone()                  # Odoo's own modules, demo data
        try:
            run_odoo(name, "-i", "client_extension")
            out = shell(name, "print(env['res.partner'].search_count([]))")
            assert int(out) > 0
        finally:
            drop(name)

`clone("addons")` starts from a database that has all our add-ons. `run_odoo`
runs `odoo-bin ... --stop-after-init`, raises when it fails, and returns its log, which
`dirty(log)` searches for unexpected warnings. For an older version of the add-ons
pass `addons_path=`. `shell` runs a script in `odoo-bin shell` and returns what it
printed; it must call `env.cr.commit()` itself.
"""

import os
import subprocess
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from ..databases import odoobin
from ..databases.postgres import Server
from ..databases.templates import Databases, addons, outside
from ..run import tail
from ..setup import source
from . import logscan


def databases() -> Databases:
    """Return the databases of the run that started this test."""
    conf = Path(os.environ["CLIENT_EXTENSION_CONF"])
    lines = (line.partition(" = ") for line in conf.read_text().splitlines())
    values = {key: value for key, _, value in lines}
    names = ("host", "port", "user", "password")
    server = Server(*(values.get(f"db_{name}", "") for name in names))
    return Databases(server, source.ensure().version, conf)


def clone(kind: Literal["base", "addons"] = "base", name: str = "") -> str:
    """Return the name of a new database: a copy of the *kind* template.

    Its name ends in *name*, or is unique if that is empty.
    """
    found = databases()
    template = os.environ["CLIENT_EXTENSION_ADDONS_DB"]
    if kind == "base":
        template = found.base(outside(addons()), demo=True)
    return found.scratch(template, f"life_{name or uuid.uuid4().hex[:8]}")


def clone_with(modules: Sequence[str], addons_path: Path | str, key: str) -> str:
    """Return the name of a new database: Odoo's own modules and these of others.

    It is a copy of one that is kept. *key* says which contents the modules have, which
    are in a folder of *addons_path*.
    """
    found = databases()
    base = found.base(outside(addons()), demo=True)
    return copy(found.extended(base, modules, key, str(addons_path)))


def copy(name: str) -> str:
    """Return the name of a new database: a copy of *name*, which must not be in use."""
    return databases().scratch(name, f"life_{uuid.uuid4().hex[:8]}")


def drop(name: str) -> None:
    """Remove the database *name*."""
    databases().drop(name)


def run_odoo(name: str, *words: str, addons_path: Path | str | None = None) -> str:
    """Run Odoo on the database *name* until it has done *words*; return its log."""
    log = odoobin.log_file(name)
    conf = os.environ["CLIENT_EXTENSION_CONF"]
    path = [f"--addons-path={addons_path}"] if addons_path else []
    command = odoobin.command(
        *("-c", conf, "-d", name, *path, *words, "--stop-after-init", "--no-http")
    )
    odoobin.call(command, log, f"Odoo failed on {name}.")
    return log.read_text()


def shell(name: str, script: str, words: Sequence[str] = ()) -> str:
    """Run *script* in an Odoo shell on the database *name*; return what it printed."""
    conf = os.environ["CLIENT_EXTENSION_CONF"]
    done = subprocess.run(
        odoobin.command("shell", "-c", conf, "-d", name, "--no-http", *words),
        input=script,
        capture_output=True,
        text=True,
        env=odoobin.environment(),
    )
    assert done.returncode == 0, tail(done.stderr, 25)
    assert "Traceback" not in done.stderr, tail(done.stderr, 25)
    return done.stdout


def dirty(log: str) -> list[str]:
    """Return the unexpected warnings and errors in the text *log*."""
    return list(logscan.unexpected(log.splitlines(), logscan.read_allowed()))
