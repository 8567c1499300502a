"""`./dev bench screens`: our screens against Odoo's, lookups against their goals."""

import argparse
import json

from benchmarks import (
    duplicates,
    find_duplicates,
    invoices,
    labels,
    overview,
    people,
    screens,
)
from harness.databases.environment import environment
from harness.databases.templates import Databases
from harness.say import step

from .scratch import scratch, vacuum

ROWS = 200_000


def bench(args: argparse.Namespace) -> int:
    """Measure, and print the ratios."""
    args.rows = args.rows or ROWS
    with scratch() as (databases, name):
        taken, found, search = measure_screens(databases, name, args.rows)
    ratios = screens.ratios(taken) | overview.ratios(taken)
    ceilings = screens.CEILINGS | overview.CEILINGS
    for title, seconds in taken.items():
        print(f"{title:14}{seconds * 1000:10.1f} ms")
    for title, ratio in ratios.items():
        ceiling = ceilings.get(title, ratio)
        verdict = "" if ratio <= ceiling else f", ceiling: {ceiling}  MISSED"
        print(f"{title:14}{ratio:10.2f} times stock{verdict}")
    for title, goal in duplicates.GOALS.items():
        spent = found[title] * 1000
        verdict = "" if spent <= goal else "  MISSED"
        print(f"{title:14}{spent:10.1f} ms, goal: {goal} ms{verdict}")
    spent, most = search["seconds"], find_duplicates.goal(args.rows)
    verdict = "" if spent <= most else "  MISSED"
    print(
        f"{'find_duplicates':14}{spent:9.1f} s, goal: {most:g} s{verdict} "
        f"({search['groups']} groups among {search['compared']})"
    )
    if args.json:
        milliseconds = {
            title: round(1000 * seconds, 1)
            for title, seconds in {**taken, **found}.items()
        }
        answer = {"ratios": ratios, "rows": args.rows, "ms": milliseconds}
        print(json.dumps({**answer, "find_duplicates": search}))
    return 0


def measure_screens(
    databases: Databases, name: str, rows: int
) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Fill the database *name*; return the median seconds of screens and look-ups,
    and what the search for duplicates took.
    """
    with environment(databases, name) as env:
        with step(f"Making {rows} clients"):
            people.make(env, rows)
            labels.make(env)
        with step(f"Making {rows} invoices"):
            busiest = invoices.make(env, rows)
        with step("Analysing the tables"):
            vacuum(databases, name)
        with step("Measuring"):
            taken = screens.measure(env)
            taken |= overview.measure(env, busiest)
            found = duplicates.measure(env, rows)
        with step("Searching for duplicates"):
            search = find_duplicates.measure(env)
        env.cr.rollback()
    return taken, found, search
