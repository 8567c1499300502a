"""`./dev test --odoo`: Odoo's own tests beside ours, compared with an Odoo without us.

The post-install suites of the apps that we extend run on a copy of the add-ons
template. What fails there runs once more on a copy of the base template, which has
the same apps and none of our add-ons. A test that passes there, and fails with us
again, fails because of us.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..databases import odoobin
from ..databases.templates import Databases, addons, outside
from ..say import Fail, say, step
from .junit import Result

#: the apps whose partners, documents and screens we extend
SUITES = ("contacts", "account", "crm", "sale")
FAILED = re.compile(
    r" ERROR \S+ odoo\.addons\.(?P<module>\w+)\.tests\.\S+: (?:FAIL|ERROR): "
    r"(?:Subtest )?(?P<test>\w+\.\w+)"
)
#: if the set-up of a class fails, the module takes its place
SETUP_FAILED = re.compile(
    r": ERROR: (?:setUpClass|tearDownClass) "
    r"\(odoo\.addons\.(?P<module>\w+)\.tests\.\w+\.(?P<test>\w+)\)"
)
COUNT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")


@dataclass(frozen=True)
class Run:
    """The result of a run of suites: the number of tests, and failed ones as tags."""

    count: int
    failed: frozenset[str]


def read(log: str) -> Run:
    """Parse the *log* of an Odoo that ran tests."""
    found = {
        f"/{match['module']}:{match['test']}"
        for pattern in (FAILED, SETUP_FAILED)
        for match in pattern.finditer(log)
    }
    counts = COUNT.findall(log)
    if not counts:
        raise Fail("Odoo's suites did not run to their end.")
    return Run(int(counts[-1][2]), frozenset(found))


def run(databases: Databases, template: str, title: str, tags: Iterable[str]) -> Run:
    """Run the post-install tests that *tags* name on a copy of *template*."""
    database = databases.scratch(template, title)
    log = odoobin.log_file(title)
    words = (
        *("-c", databases.conf, "-d", database, "--stop-after-init"),
        *("--test-tags", ",".join([*tags, "-at_install"]), "--http-port", "0"),
    )
    try:
        # It ends with 1 if tests fail; the log says which.
        odoobin.run(odoobin.command(*words), log)
    finally:
        databases.drop(database)
    return read(log.read_text(errors="replace"))


def compare(databases: Databases, suites: Iterable[str] = SUITES) -> Result:
    """Return the tests of *suites* that only fail with our add-ons, as failures."""
    tags = [f"/{name}" for name in suites]
    with step("Preparing the databases"):
        ours, stock = databases.template(), databases.base(outside(addons()), True)
    with step(f"Running Odoo's own tests of {', '.join(suites)} with our add-ons"):
        with_us = run(databases, ours, "odoo-suites", tags)
    say(f"  {with_us.count} tests, {len(with_us.failed)} of them failed")
    only_ours = with_us.failed
    if only_ours:
        with step("Running those that failed without our add-ons"):
            only_ours -= run(databases, stock, "odoo-stock", sorted(only_ours)).failed
    if only_ours:
        # A tour on a busy machine may fail once: only tests that fail twice are
        # reported.
        with step("Running those that failed with our add-ons alone once more"):
            only_ours &= run(databases, ours, "odoo-again", sorted(only_ours)).failed
    for tag in sorted(only_ours):
        say(f"  Fails with our add-ons alone: {tag}")
    details = "\n".join(sorted(only_ours))
    passed = with_us.count - len(only_ours)
    return Result("Odoo's suites", passed, len(only_ours), details=details)
