"""Runs pytest in processes of its own: plain, or with Odoo on a database."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable

from ..databases import odoobin
from ..databases.templates import Databases
from ..paths import ROOT, dev_folder
from . import junit
from .junit import Result

Job = Callable[[], Result]
#: its seconds, about, and the job
Weighed = tuple[float, Job]


def pytest(title: str, words: Iterable[str], env: dict[str, str]) -> Result:
    """Run pytest in a separate process and read its report."""
    xml = dev_folder("reports") / f"{title}.xml"
    xml.unlink(missing_ok=True)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *(f"--junitxml={xml}", "-o", "junit_family=xunit1", *words),
        ],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
    )
    (dev_folder("reports") / f"{title}.txt").write_text(done.stdout)
    return junit.read(title, xml, done.stdout, done.returncode)


def plain(paths: list[str], k: str) -> list[str]:
    """Return the command-line words of a pytest that does not use Odoo."""
    return [*paths, "-p", "no:odoo", *(("-k", k) if k else ())]


def unit(paths: list[str], k: str) -> Result:
    """Run the pure tests: no Odoo, no database."""
    return pytest("unit", plain(paths, k), dict(os.environ))


def shard(
    databases: Databases, template: str, title: str, names: list[str], *words: str
) -> Result:
    """Run the test files *names* with pytest-odoo on a separate clone.

    *words* are more options of pytest.
    """
    database = databases.scratch(template, title)
    log = odoobin.log_file(title)
    options = [
        *(f"--odoo-database={database}", f"--odoo-config={databases.conf}"),
        *("--odoo-log-level=info", f"--odoo-extra=logfile={log}", "--odoo-http"),
        *(f"--odoo-extra=db-filter=^{database}$", "-o", "pythonpath="),
        *("--import-mode=prepend", "-p", "harness.testing.plugin"),
    ]
    # Tests run the jobs: a job runner would start with the server of the tests.
    env = {**odoobin.environment(), "ODOO_QUEUE_JOB_CHANNELS": "root:0"}
    try:
        return pytest(title, [*names, *options, *words], env)
    finally:
        databases.drop(database)
