"""Runs commands of `odoo-bin` in forks of a process that has loaded Odoo.

A command that starts by itself spends most of its time importing Odoo and loading the
registry of its database. For many commands on one database::

    with Forks(conf, database) as odoo:
        done = odoo.run(["client_import", "--help"])
        assert done.returncode == 0

Each command has a process and transactions of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import odoobin


class Forks:
    """An Odoo that has loaded the registry of the database *name*."""

    def __init__(self, conf: Path, name: str) -> None:
        """Load it, with the settings in the file *conf*."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(conf), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=odoobin.environment(),
            text=True,
        )

    def __enter__(self) -> "Forks":
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.communicate()

    def run(self, words: list[str]) -> "subprocess.CompletedProcess[str]":
        """Run `odoo-bin` with *words*; return what `subprocess.run` would."""
        assert self.process.stdin and self.process.stdout
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps([words, folder]), file=self.process.stdin, flush=True)
            code = int(self.process.stdout.readline())
            said = [Path(folder, name).read_text("utf-8") for name in ("1", "2")]
        return subprocess.CompletedProcess(words, code, *said)


def serve(conf: str, name: str) -> None:
    """Run a command for each line of the standard input; answer its exit code."""
    import odoo.cli.command
    from odoo import sql_db
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(["-c", conf, "-d", name, "--no-http"], setup_logging=False)
    Registry(name)
    # A connection belongs to one process.
    sql_db.close_all()
    for line in sys.stdin:
        words, folder = json.loads(line)
        child = os.fork()
        if not child:
            become(words, Path(folder))
            odoo.cli.command.main()
            return
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def become(words: list[str], folder: Path) -> None:
    """Make this process one that was called with *words*, whose output is kept."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        output: Any = (folder / str(number)).open("w")
        stream.flush()
        os.dup2(output.fileno(), number)
    sys.argv = ["odoo-bin", *words]


if __name__ == "__main__":
    serve(*sys.argv[1:])
