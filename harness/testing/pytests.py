"""Runs pytest in processes of its own: plain, or with Odoo on a database."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from .. import chrome
from ..databases import odoobin
from ..databases.templates import Databases
from ..paths import ROOT, dev_folder
from ..setup import browser
from . import junit
from .junit import Result
from .shards import is_browser_test

#: the variable with the DevTools port of a Chromium for tours: see `kept_browser`
CHROMIUM = "CLIENT_EXTENSION_CHROMIUM"
#: options that Odoo starts one with: tabs in the background are not slowed down
CHROMIUM_OPTIONS = (
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-extensions",
    "--disable-renderer-backgrounding",
    "--enable-precise-memory-info",
    "--enable-unsafe-swiftshader",
    "--js-flags=--expose-gc",
    "--mute-audio",
)
Job = Callable[[], Result]


class Weighed(NamedTuple):
    """A job and about how long it takes."""

    seconds: float
    job: Job


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
        with _chromium(names) as found:
            return pytest(title, [*names, *options, *words], {**env, **found})
    finally:
        databases.drop(database)


@contextmanager
def _chromium(names: Iterable[str]) -> Iterator[dict[str, str]]:
    """Provide the variables by which tours in the files *names* find a Chromium."""
    paths = (ROOT / name.partition("::")[0] for name in names)
    # Odoo skips tours without a Chromium.
    if not browser.chrome() or not any(map(is_browser_test, paths)):
        yield {}
        return
    with chrome.running(*CHROMIUM_OPTIONS) as port:
        yield {CHROMIUM: str(port)}
