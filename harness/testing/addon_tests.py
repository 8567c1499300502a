"""The tests of the add-ons, as jobs: in shards, and with what is installed for them.

Beside the add-ons of the OCA run their own tests, those of our bridges to them, and
those of ours that they can touch: by Odoo's test tag `client_neighbours`.
"""

import argparse
import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from ..databases import odoobin
from ..databases.templates import OPT_IN, Databases, bridges
from ..paths import ADDONS, ROOT, files_digest
from ..setup import neighbours
from ..setup import source as source_tree
from . import junit, odoo_suites, shards
from .junit import Result
from .known import KNOWN, read_known, unexpected
from .pytests import Job, Weighed, shard
from .selection import Selection

#: databases among which the test files are shared out
SHARDS = 2
#: an estimate for the tests of an add-on that is installed for them
OPT_IN_SECONDS = 15.0
#: an estimate for the tests of the OCA's add-ons, and for installing these
THEIR_SECONDS = 25.0
TAG = "client_neighbours"
NEIGHBOURS = "neighbours"


def jobs(
    databases: Databases, template: str, chosen: Selection, args: argparse.Namespace
) -> list[Weighed]:
    """Return the jobs of the *chosen* test files of add-ons."""
    words = ("-k", args.k) if args.k else ()
    apart = {name: _of(chosen.addons, [name]) for name in OPT_IN}
    waiting = _of(chosen.addons, bridges())
    elsewhere = {*waiting, *(file for files in apart.values() for file in files)}
    files = [name for name in chosen.addons if name not in elsewhere]
    found = []
    for number, (seconds, names) in enumerate(_shards(files), 1):
        title = f"odoo-{number}"
        run = partial(shard, databases, template, title, names, *words)
        found.append(Weighed(seconds, run))
    for name, names in apart.items():
        if names:
            run = partial(_opt_in, databases, template, name, names, *words)
            found.append(Weighed(OPT_IN_SECONDS, run))
    beside = waiting if chosen.narrowed else [*waiting, *tagged(files)]
    wide = args.all or args.neighbours_all
    if wide:
        beside = [*waiting, *files]
    if beside and (wide or not args.fast):
        if not wide:
            words = (*words, "--tag", TAG)
        every = args.neighbours_all
        run_beside = partial(_beside_neighbours, every, databases, template)
        job: Job = partial(run_beside, beside, *words)
        weights = _weights(beside, f"{NEIGHBOURS}:")
        found.append(Weighed(sum(weights.values()) + THEIR_SECONDS, job))
    return found


def tagged(files: Iterable[str], root: Path = ROOT) -> list[str]:
    """Return those of *files* with tests that an add-on of the OCA can touch."""
    return [name for name in files if TAG in (root / name).read_text()]


def logs() -> list[str]:
    """Return the names of the logs of these jobs."""
    numbers = map(str, range(1, SHARDS + 1))
    titles = [f"odoo-{name}" for name in (*numbers, *OPT_IN, NEIGHBOURS)]
    return [*titles, NEIGHBOURS]


def _of(files: Iterable[str], addons: Iterable[str]) -> list[str]:
    """Return those of *files* that are in one of *addons*."""
    starts = tuple(f"addons/{name}/" for name in addons)
    return [name for name in files if starts and name.startswith(starts)]


def _weights(files: Iterable[str], prefix: str = "") -> dict[str, float]:
    """Return the seconds of each file, about; of a test in a file one.

    *prefix* is that of the files in the timings.
    """
    known = shards.load(shards.timings())
    plain = sorted(name for name in files if "::" not in name)
    guessed = shards.weights(plain, {}, ROOT)
    return {name: known.get(prefix + name, guessed.get(name, 1.0)) for name in files}


def _shards(files: list[str]) -> list[tuple[float, list[str]]]:
    """Return the files in lists for one database each, with the seconds of each."""
    weights = _weights(files)
    balanced = shards.balance(weights, SHARDS)
    return [(sum(weights[name] for name in names), names) for names in balanced]


def _opt_in(
    databases: Databases, template: str, name: str, files: list[str], *words: str
) -> Result:
    """Run the tests of an add-on that is only installed on request.

    Automation rules are installed too: the add-on has to step aside for them.
    """
    modules = [name, "base_automation"]
    source = databases.extended(template, modules, files_digest([ADDONS / name]))
    return shard(databases, source, f"odoo-{name}", files, *words)


def _beside_neighbours(
    every: bool, databases: Databases, template: str, files: list[str], *words: str
) -> Result:
    """Run the tests of the OCA's add-ons, and *files* beside them.

    With *every*, of all that extend partners; otherwise of those that ours know.
    """
    folder = neighbours.ensure(every)
    path = f"{ADDONS},{folder}"
    source = databases.scratch(template, NEIGHBOURS)
    try:
        theirs = _their_tests(databases, source, folder, path, every)
        options = [f"--odoo-addons-path={path}"]
        if every:
            options.append(f"--known={KNOWN}")
        title = f"odoo-{NEIGHBOURS}"
        ours = shard(databases, source, title, files, *options, *words)
        found = [ours, theirs]
        if "-k" not in words:
            found.append(silent(files, ours))
        return junit.together(found, f"{NEIGHBOURS}:")
    finally:
        databases.drop(source)


def silent(files: Iterable[str], result: Result) -> Result:
    """Return as failures those of *files* of which *result* has no test."""
    named = {name.partition("::")[0] for name in files}
    missing = sorted(f"No test ran of {name}." for name in named - result.files.keys())
    return Result(NEIGHBOURS, failed=len(missing), details="\n".join(missing))


def _their_tests(
    databases: Databases, source: str, folder: Path, path: str, every: bool
) -> Result:
    """Install the OCA's add-ons beside ours, with their own tests."""
    names = neighbours.names(every)
    if every:
        odoo = source_tree.ensure().path
        stock = [odoo / "odoo" / "addons", odoo / "addons"]
        names = neighbours.installable(names, [folder, ADDONS, *stock])
    log = odoobin.log_file(NEIGHBOURS)
    words = (
        *("-c", databases.conf, "-d", source, f"--addons-path={path}"),
        *("-i", ",".join(names), "--test-tags", ",".join(f"/{n}" for n in names)),
        # a port that is free: the tests have a server
        *("--stop-after-init", "--http-port", "0"),
    )
    # It ends with 1 if tests fail; the log says which.
    odoobin.run(odoobin.command(*words), log)
    text = log.read_text(errors="replace")
    run = odoo_suites.read(text)
    ran = set(re.findall(r"stats: (\w+): \d+ tests", text))
    known = {tag for tag in read_known() if tag[1:].partition(":")[0] in ran}
    failed = [*unexpected(run.failed, known), *(neighbours.tested(folder, names) - ran)]
    details = "\n".join(sorted(failed))
    return Result(NEIGHBOURS, run.count - len(run.failed), len(failed), details=details)
