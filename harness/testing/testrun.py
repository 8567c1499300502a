"""`./dev test`: every test, two databases at a time, and a clean log."""

import argparse
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from ..databases import odoobin
from ..databases.session import session
from ..databases.templates import Databases
from ..paths import DEV, ROOT
from ..run import tail
from ..say import duration, say, step
from ..translations import check_pots
from . import addon_tests, logscan, odoo_suites, shards
from .addon_tests import NEIGHBOURS, TIMINGS
from .junit import Result
from .pytests import Job, Weighed, plain, pytest, unit
from .selection import Selection, select

#: jobs at a time: with more than cores, tours would meet their time limits
JOBS = 2
SHOWN = 60
WIDTH = 300


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


def report(result: Result) -> Result:
    """Print the result, and the pytest output too if something failed."""
    say(f"  {result.line()} ({duration(result.seconds)})")
    if result.failed:
        say(tail(result.details, SHOWN))
    return result


def in_databases(
    chosen: Selection, args: argparse.Namespace, others: list[Job]
) -> list[Result]:
    """Run the tests that need Odoo, on clones of the add-ons template.

    The *others*, which need no Odoo, run in parallel with the last of them.
    """
    for log in logs():
        log.unlink(missing_ok=True)
    with session() as databases:
        with step("Preparing the databases"):
            template = databases.template()
        weighed = addon_tests.jobs(databases, template, chosen, args)
        weighed += life_jobs(databases, template, chosen.life, args.k)
        # The longest first, so that nothing long is left for the end.
        jobs = [job for _, job in sorted(weighed, key=lambda pair: -pair[0])]
        if not (chosen.narrowed or args.fast or args.k):
            jobs.append(lambda: translations(databases, template))
        jobs += others
        with step("Running the tests"), ThreadPoolExecutor(JOBS) as pool:
            results = list(pool.map(lambda job: report(job()), jobs))
    if not args.k:
        shards.store(TIMINGS, {k: v for r in results for k, v in r.files.items() if k})
    return [*results, log_result(args.neighbours_all)]


def life_jobs(
    databases: Databases, template: str, paths: list[str], k: str
) -> list[Weighed]:
    """Return one job per file of whole-life tests."""
    files: dict[str, list[str]] = {}
    for path in paths:
        files.setdefault(path.partition("::")[0], []).append(path)
    weights = shards.weights(files, shards.load(TIMINGS), ROOT)

    def job(name: str) -> Result:
        title = Path(name).stem.replace("test_", "life-")
        return life(databases, template, title, files[name], k)

    return [(weights[name], partial(job, name)) for name in sorted(files)]


def life(
    databases: Databases, template: str, title: str, paths: list[str], k: str
) -> Result:
    """Run whole-life tests, which create their own databases (testing.life)."""
    env = odoobin.environment()
    env["CLIENT_EXTENSION_CONF"] = str(databases.conf)
    env["CLIENT_EXTENSION_ADDONS_DB"] = template
    return pytest(title, plain(paths, k), env)


def translations(databases: Databases, template: str) -> Result:
    """Check that every committed .pot matches Odoo's current export."""
    database = databases.scratch(template, "pot")
    try:
        stale = check_pots(databases.conf, database)
    finally:
        databases.drop(database)
    return Result("translations", int(not stale), len(stale), details="\n".join(stale))


def logs() -> list[Path]:
    """Return the logs that this run writes."""
    names = ["install", "assets", *addon_tests.logs()]
    return [DEV / "logs" / f"{name}.log" for name in names]


def log_result(neighbours_all: bool) -> Result:
    """Count each unexpected line of Odoo's logs as a failure.

    Beside all add-ons of the OCA some tests are known to fail, and log that they do.
    """
    names = logs()
    if neighbours_all:
        names = [log for log in names if not log.stem.endswith(NEIGHBOURS)]
    dirty = logscan.scan(names)
    for line in dirty[:SHOWN]:
        say(f"  Unexpected in Odoo's log: {line[:WIDTH]}")
    return Result("log", 0, len(dirty))
