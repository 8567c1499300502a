"""`./dev test`: every test, two databases at a time, and a clean log."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from ..databases import odoobin
from ..databases.session import session
from ..databases.templates import OPT_IN, Databases, bridges
from ..paths import DEV, ROOT, dev_folder
from ..run import tail
from ..say import duration, say, step
from ..translations import check_pots
from . import junit, logscan, odoo_suites, shards
from .junit import Result
from .selection import Selection, select

JOBS = 2
TIMINGS = DEV / "timings.json"
#: an estimate for the tests of an add-on that is installed for them
OPT_IN_SECONDS = 60.0
SHOWN = 60
WIDTH = 300
Job = Callable[[], Result]
Weighed = tuple[float, Job]


def test(args: argparse.Namespace) -> int:
    """Run the tests that *args* select and print the count as the last line."""
    start = time.monotonic()
    results = odoos_own() if args.odoo else ours(args)
    say(f"  All: {duration(time.monotonic() - start)}")
    passed = sum(result.passed for result in results)
    failed = sum(result.failed for result in results)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def ours(args: argparse.Namespace) -> list[Result]:
    """Run the tests of this checkout that *args* select."""
    chosen = select(args.paths, args.fast)
    pure: list[Job] = []
    if chosen.unit:
        pure.append(partial(unit, chosen.unit, args.k))
    if chosen.addons or chosen.life or not chosen.narrowed:
        return in_databases(chosen, args, pure)
    return [report(job()) for job in pure]


def odoos_own() -> list[Result]:
    """Run Odoo's own tests beside our add-ons."""
    with session() as databases:
        return [report(odoo_suites.compare(databases))]


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


def report(result: Result) -> Result:
    """Print the result, and the pytest output too if something failed."""
    say(f"  {result.line()} ({duration(result.seconds)})")
    if result.failed:
        say(tail(result.details, SHOWN))
    return result


def unit(paths: list[str], k: str) -> Result:
    """Run the pure tests: no Odoo, no database."""
    return pytest("unit", plain(paths, k), dict(os.environ))


def plain(paths: list[str], k: str) -> list[str]:
    """Return the command-line words of a pytest that does not use Odoo."""
    return [*paths, "-p", "no:odoo", *(("-k", k) if k else ())]


def in_databases(
    chosen: Selection, args: argparse.Namespace, others: list[Job]
) -> list[Result]:
    """Run the tests that need Odoo, on clones of the add-ons template.

    The *others*, which need no Odoo, run in parallel with the last of them.
    """
    with session() as databases:
        with step("Preparing the databases"):
            template = databases.template()
        weighed = addon_jobs(databases, template, chosen.addons, args.k)
        weighed += life_jobs(databases, template, chosen.life, args)
        # The longest first, so that nothing long is left for the end.
        jobs = [job for _, job in sorted(weighed, key=lambda pair: -pair[0])]
        if not (chosen.narrowed or args.fast or args.k):
            jobs.append(lambda: translations(databases, template))
        jobs += others
        with step("Running the tests"), ThreadPoolExecutor(JOBS) as pool:
            results = list(pool.map(lambda job: report(job()), jobs))
    if not args.k:
        shards.store(TIMINGS, {k: v for r in results for k, v in r.files.items() if k})
    return [*results, log_result(jobs_logs(len(jobs)))]


def addon_jobs(
    databases: Databases, template: str, files: list[str], k: str
) -> list[Weighed]:
    """Return one job per shard of the add-ons' test files."""
    known = shards.load(TIMINGS)
    # Those run with the OCA add-ons: tests/life/test_neighbours.py.
    waiting = tuple(f"addons/{name}/" for name in bridges())
    files = [name for name in files if not name.startswith(waiting)]
    opted = {name: [f for f in files if f"addons/{name}/" in f] for name in OPT_IN}
    files = [f for f in files if not any(f in found for found in opted.values())]
    plain = {name for name in files if "::" not in name}
    weights = shards.weights(sorted(plain), known, ROOT)
    weights.update({name: 1.0 for name in files if "::" in name})

    def job(number: int, names: list[str]) -> Result:
        return shard(databases, template, f"odoo-{number}", names, k)

    jobs: list[Weighed] = [
        (sum(weights[name] for name in names), partial(job, number, names))
        for number, names in enumerate(shards.balance(weights, JOBS), 1)
    ]
    for name, names in opted.items():
        if names:
            run = partial(opt_in, databases, template, name, names, k)
            jobs.append((OPT_IN_SECONDS, run))
    return jobs


def opt_in(
    databases: Databases, template: str, name: str, files: list[str], k: str
) -> Result:
    """Run the tests of an add-on that is only installed on request.

    Automation rules are installed too: the add-on has to step aside for them.
    """
    source = databases.scratch(template, f"with_{name}")
    try:
        odoobin.install(databases.conf, source, [name, "base_automation"])
        return shard(databases, source, f"odoo-{name}", files, k)
    finally:
        databases.drop(source)


def shard(
    databases: Databases, template: str, title: str, names: list[str], k: str
) -> Result:
    """Run the test files *names* with pytest-odoo on a separate clone."""
    database = databases.scratch(template, title)
    log = odoobin.log_file(title)
    words = [
        *names,
        *(f"--odoo-database={database}", f"--odoo-config={databases.conf}"),
        *("--odoo-log-level=info", f"--odoo-extra=logfile={log}", "--odoo-http"),
        *(f"--odoo-extra=db-filter=^{database}$", "-o", "pythonpath="),
        "--import-mode=prepend",
        *(("-k", k) if k else ()),
    ]
    # Tests run the jobs: a job runner would start with the server of the tests.
    env = {**odoobin.environment(), "ODOO_QUEUE_JOB_CHANNELS": "root:0"}
    try:
        return pytest(title, words, env)
    finally:
        databases.drop(database)


def life_jobs(
    databases: Databases, template: str, paths: list[str], args: argparse.Namespace
) -> list[Weighed]:
    """Return one job per file of whole-life tests."""
    files: dict[str, list[str]] = {}
    for path in paths:
        files.setdefault(path.partition("::")[0], []).append(path)
    weights = shards.weights(files, shards.load(TIMINGS), ROOT)

    def job(name: str) -> Result:
        title = Path(name).stem.replace("test_", "life-")
        return life(databases, template, title, files[name], args)

    return [(weights[name], partial(job, name)) for name in sorted(files)]


def life(
    databases: Databases,
    template: str,
    title: str,
    paths: list[str],
    args: argparse.Namespace,
) -> Result:
    """Run whole-life tests, which create their own databases (testing.life)."""
    env = odoobin.environment()
    env["CLIENT_EXTENSION_CONF"] = str(databases.conf)
    env["CLIENT_EXTENSION_ADDONS_DB"] = template
    env["CLIENT_EXTENSION_ALL"] = "1" if args.all else ""
    return pytest(title, plain(paths, args.k), env)


def translations(databases: Databases, template: str) -> Result:
    """Check that every committed .pot matches Odoo's current export."""
    database = databases.scratch(template, "pot")
    try:
        stale = check_pots(databases.conf, database)
    finally:
        databases.drop(database)
    return Result("translations", int(not stale), len(stale), details="\n".join(stale))


def jobs_logs(count: int) -> list[Path]:
    """Return the logs that this run has written."""
    names = ["install", "assets", *(f"odoo-{number}" for number in range(1, count + 1))]
    names += [f"odoo-{name}" for name in OPT_IN]
    return [DEV / "logs" / f"{name}.log" for name in names]


def log_result(logs: Iterable[Path]) -> Result:
    """Count each unexpected line of Odoo's logs as a failure."""
    dirty = logscan.scan(logs)
    for line in dirty[:SHOWN]:
        say(f"  Unexpected in Odoo's log: {line[:WIDTH]}")
    return Result("log", 0, len(dirty))
