"""A rule that sleeps for each new client, in a server that kills what takes long."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from harness.databases import odoobin
from harness.databases.templates import Databases
from harness.paths import dev_folder
from harness.say import Fail

#: seconds after which the server kills a worker, and how long a row sleeps
LIMIT, SLEEP = 4, 600.0
#: the row that sleeps so long that it is never done
POISON = "SLOWEST"
PATIENCE = 300
WAKE = "SELECT pg_notify('cron_trigger', %s)"

#: loaded by the server itself, as an app that is not installed would not be
MODULE = f'''
import time
from odoo import models

create = models.BaseModel._create

def _create(self, data_list):
    if self._name == "res.partner":
        for data in data_list:
            is_poison = data["stored"].get("ref") == "{POISON}"
            time.sleep({SLEEP} if is_poison else {{seconds}})
    return create(self, data_list)

models.BaseModel._create = _create
'''


class Server:
    """A server of several processes with one cron, on one database."""

    def __init__(self, databases: Databases, name: str, seconds: float) -> None:
        """Each new client sleeps that many *seconds*."""
        self.databases, self.name = databases, name
        self.folder = dev_folder("slow_rule") / name
        module = self.folder / "slow_rule"
        module.mkdir(parents=True, exist_ok=True)
        (module / "__init__.py").write_text(MODULE.format(seconds=seconds))
        (module / "__manifest__.py").write_text('{"name": "Slow Rule"}\n')
        self.log = dev_folder("logs") / f"slow-{name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        """Start it."""
        words = odoobin.command(
            *("-c", self.databases.conf, "-d", self.name, "--workers=1"),
            *("--max-cron-threads=1", f"--limit-time-real-cron={LIMIT}"),
            *("--no-http", "--load=base,rpc,web,slow_rule", f"--logfile={self.log}"),
            f"--addons-path={_addons_path(self.databases.conf)},{self.folder}",
        )
        self.process = subprocess.Popen(
            words,
            cwd=dev_folder("run"),
            env=odoobin.environment(),
            start_new_session=True,
        )
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop it with all of its workers."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait(self, ids: Sequence[int], patience: float = PATIENCE) -> list[Any]:
        """Return state, new and rejected rows and interruptions of imports, once they
        have ended, and in which order they ended."""
        assert self.process
        end = time.monotonic() + patience
        found: list[Any] = []
        with closing(self.databases.server.connect(self.name)) as link:
            while time.monotonic() < end and self.process.poll() is None:
                with closing(self.databases.server.connect()) as other:
                    other.cursor().execute(WAKE, [self.name])
                time.sleep(0.5)
                found = _read(link, ids)
                if all(task is None for task, *_rest in found):
                    return [row[1:] for row in found]
        raise Fail(f"The imports do not end, see {self.log}: {found}")


def _read(link: Any, ids: Sequence[int]) -> list[Any]:
    with link.cursor() as cursor:
        cursor.execute(
            "SELECT task, state, created_count, rejected_count, attempt_count,"
            " finished_at FROM client_import WHERE id = ANY(%s) ORDER BY id",
            [list(ids)],
        )
        rows: list[Any] = cursor.fetchall()
    return rows


def _addons_path(conf: Path) -> str:
    lines = (line.partition("=") for line in conf.read_text().splitlines())
    return next(
        value.strip() for key, _, value in lines if key.strip() == "addons_path"
    )
