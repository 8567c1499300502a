"""`./dev test`: every test, two databases at a time, and a clean log."""

import argparse
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..databases import odoobin
from ..databases.session import session
from ..databases.templates import Databases
from ..paths import DEV
from ..run import tail
from ..say import duration, say, step
from ..translations import check_pots
from . import addon_tests, logscan, odoo_suites, shards
from .addon_tests import NEIGHBOURS
from .junit import Result
from .pytests import Job, Weighed, plain, pytest, unit
from .selection import Selection, select

#: jobs at a time: with more than cores, tours would meet their time limits
JOBS = 2
#: estimates for the pure tests, for those of the translations, for a whole life
UNIT_SECONDS, TERMS_SECONDS, LIFE_SECONDS = 45.0, 15.0, 20.0
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
    pure: list[Weighed] = []
    if chosen.unit:
        pure.append(Weighed(UNIT_SECONDS, partial(unit, chosen.unit, args.k)))
    if chosen.addons or chosen.life or not chosen.narrowed:
        return in_databases(chosen, args, pure)
    return [run(weighed.job) for weighed in pure]


def odoos_own() -> list[Result]:
    """Run Odoo's own tests beside our add-ons."""
    with session() as databases:
        return [report(odoo_suites.compare(databases))]


def run(job: Job) -> Result:
    """Run a job; print its result and how long it took."""
    start = time.monotonic()
    result = job()
    return report(replace(result, seconds=time.monotonic() - start))


def report(result: Result) -> Result:
    """Print the result, and the pytest output too if something failed."""
    say(f"  {result.line()} ({duration(result.seconds)})")
    if result.failed:
        say(tail(result.details, SHOWN))
    return result


def in_databases(
    chosen: Selection, args: argparse.Namespace, others: list[Weighed]
) -> list[Result]:
    """Run the tests that need Odoo, on clones of the add-ons template.

    The *others*, which need no Odoo, run in parallel with them.
    """
    for log in logs():
        log.unlink(missing_ok=True)
    with session() as databases:
        with step("Preparing the databases"):
            template = databases.template()
        jobs = addon_tests.jobs(databases, template, chosen, args)
        jobs += life_jobs(databases, template, chosen.life, args.k)
        if not (chosen.narrowed or args.fast or args.k):
            terms = partial(translations, databases, template)
            jobs.append(Weighed(TERMS_SECONDS, terms))
        with step("Running the tests"):
            results = at_once([*jobs, *others])
    if not args.k:
        seconds = {k: v for r in results for k, v in r.files.items() if k}
        shards.store(shards.timings(), seconds)
    return [*results, log_result(args.neighbours_all)]


def at_once(jobs: list[Weighed]) -> list[Result]:
    """Run `JOBS` of the *jobs* at a time; return their results.

    The longest begin, so that nothing long is left for the end.
    """
    ordered = sorted(jobs, key=lambda weighed: -weighed.seconds)
    with ThreadPoolExecutor(JOBS) as pool:
        return list(pool.map(lambda weighed: run(weighed.job), ordered))


def life_jobs(
    databases: Databases, template: str, paths: list[str], k: str
) -> list[Weighed]:
    """Return one job per file of whole-life tests."""
    files: dict[str, list[str]] = {}
    for path in paths:
        files.setdefault(path.partition("::")[0], []).append(path)
    known = shards.load(shards.timings())

    def job(name: str) -> Result:
        title = Path(name).stem.replace("test_", "life-")
        return life(databases, template, title, files[name], k)

    return [
        Weighed(known.get(name, LIFE_SECONDS), partial(job, name))
        for name in sorted(files)
    ]


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
