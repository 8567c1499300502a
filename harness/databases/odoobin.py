"""Runs Odoo and click-odoo, each as a separate process."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from ..paths import ADDONS, cache, dev_folder
from ..run import tail
from ..say import Fail
from .postgres import Server

# A long import runs in a cron thread, which needs a long time limit.
CONF = """\
[options]
addons_path = {addons}
data_dir = {data}
http_interface = 127.0.0.1
limit_time_cpu = 7200
limit_time_real = 7200
limit_time_real_cron = 14400
limit_memory_hard = 0
limit_memory_soft = 0
"""

# As Odoo makes them for its own tests, without those of its JavaScript unit tests, and
# with that of the worker of the bus, which no template names.
BUNDLES = """\
qweb = env["ir.qweb"]
scripts, styles = qweb._get_bundles_to_pregenarate()
scripts |= {"bus.websocket_worker_assets"}
unused = ("unit_tests", "tests_assets", "qunit")
for bundle in sorted(scripts | styles):
    if not any(name in bundle for name in unused):
        if bundle in scripts:
            qweb._get_asset_bundle(bundle, css=False, js=True).js()
        if bundle in styles:
            qweb._get_asset_bundle(bundle, css=True, js=False).css()

env.cr.commit()
"""


def write_conf(server: Server, name: str = "odoo.conf") -> Path:
    """Write Odoo's settings for *server* into the `.dev` folder."""
    if "," in str(ADDONS):
        raise Fail(f"Odoo cannot read add-ons from a path with a comma: {ADDONS}.")
    ADDONS.mkdir(exist_ok=True)
    text = CONF.format(addons=ADDONS, data=cache() / "data")
    for key in ("host", "port", "user", "password"):
        value = getattr(server, key)
        if value:
            text += f"db_{key} = {value}\n"
    path = dev_folder("run") / name
    path.touch(mode=0o600)
    path.write_text(text)
    return path


def command(*words: str | Path) -> list[str]:
    """Return the command line of `odoo-bin` with *words*."""
    return [sys.executable, "-m", "odoo", *map(str, words)]


def addon_command(conf: Path, database: str, name: str, *words: str) -> list[str]:
    """Return the command line of *name*, a command of our add-ons, with *words*."""
    start = command(f"--addons-path={ADDONS}", name, *words)
    return [
        *(*start, "-c", str(conf), "-d", database),
        f"--logfile={log_file('environment')}",
    ]


def log_file(name: str) -> Path:
    """Return the path of a new, empty log of that name."""
    path = dev_folder("logs") / f"{name}.log"
    path.write_text("")
    return path


def call(
    words: Sequence[str | Path], log: Path, failure: str, script: str = ""
) -> None:
    """Run a program whose output goes to *log*; on failure, show the end of the log.

    *script* is its standard input.
    """
    if run(words, log, script):
        raise Fail(f"{failure} The whole log: {log}\n{tail(log.read_text(), 25)}")


def run(words: Sequence[str | Path], log: Path, script: str = "") -> int:
    """Run a program as `call` does; return its exit code."""
    with log.open("a") as handle:
        done = subprocess.run(
            [str(word) for word in words],
            cwd=dev_folder("run"),
            stdout=handle,
            stderr=subprocess.STDOUT,
            input=script.encode(),
            env=environment(),
        )
    return done.returncode


def environment() -> dict[str, str]:
    """Return the variables for a process that runs Odoo."""
    env = dict(os.environ)
    # Odoo would read the user's own settings from these.
    for name in ("ODOO_RC", "OPENERP_SERVER", "PGDATABASE", "PGAPPNAME"):
        env.pop(name, None)
    return env


def initdb(conf: Path, name: str, modules: Sequence[str], demo: bool) -> None:
    """Create the database *name* with *modules*; its attachments are stored in it."""
    call(
        [
            *(sys.executable, "-m", "click_odoo_contrib.initdb", "-c", conf),
            *("-n", name, "-m", ",".join(modules), "--demo" if demo else "--no-demo"),
            *("--no-cache", "--attachments-in-db-persistent"),
        ],
        log_file("base"),
        "The database of Odoo's own modules could not be made.",
    )


def install(
    conf: Path, name: str, modules: Sequence[str], addons_path: str = ""
) -> None:
    """Install *modules* into the database *name*; not of ours: from *addons_path*."""
    path = [f"--addons-path={addons_path}"] if addons_path else []
    call(
        command(
            *("-c", conf, "-d", name, "-i", ",".join(modules)),
            *("--stop-after-init", "--no-http", *path),
        ),
        log_file("install"),
        f"Installing {', '.join(modules)} failed.",
    )


def make_assets(conf: Path, name: str) -> None:
    """Build the style sheets and scripts of the database *name* once for all clones."""
    call(
        command("shell", "-c", conf, "-d", name, "--no-http"),
        log_file("assets"),
        "The style sheets and scripts could not be made.",
        BUNDLES,
    )


def update(conf: Path, name: str) -> None:
    """Update those of our add-ons whose files have changed in the database *name*."""
    call(
        [
            *(sys.executable, "-m", "click_odoo_contrib.update", "-c", conf),
            *("-d", name, "--ignore-core-addons"),
        ],
        log_file("update"),
        f"Updating the database {name} failed.",
    )
