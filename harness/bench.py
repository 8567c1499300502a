"""`./dev bench screens`: our screens against Odoo's, look-ups against their goals."""

import argparse
import json

from benchmarks import duplicates, people, screens

from .databases import Databases
from .environment import environment
from .paths import dev_folder
from .say import step
from .session import session


def bench(args: argparse.Namespace) -> int:
    """Measure what *args* name and print the ratios."""
    if args.what == "fuzz":
        return fuzz_rooms(args)
    with session() as databases:
        with step("Preparing the databases"):
            name = databases.scratch(databases.template(), "bench")
        try:
            taken, found = measure_screens(databases, name, args.rows)
        finally:
            databases.drop(name)
    ratios = screens.ratios(taken)
    for title, seconds in taken.items():
        print(f"{title:14}{seconds * 1000:10.1f} ms")
    for title, ratio in ratios.items():
        print(f"{title:14}{ratio:10.2f} times stock")
    for title, goal in duplicates.GOALS.items():
        spent = found[title] * 1000
        verdict = "" if spent <= goal else "  MISSED"
        print(f"{title:14}{spent:10.1f} ms, goal: {goal} ms{verdict}")
    if args.json:
        milliseconds = {
            title: round(1000 * seconds, 1)
            for title, seconds in {**taken, **found}.items()
        }
        print(json.dumps({"ratios": ratios, "rows": args.rows, "ms": milliseconds}))
    return 0


def fuzz_rooms(args: argparse.Namespace) -> int:
    """Show the import's pure rooms files that nobody would make; 1 when one broke."""
    from benchmarks import fuzz

    return int(fuzz.fuzz(args.minutes, args.seed, dev_folder("fuzz")) > 0)


def measure_screens(
    databases: Databases, name: str, rows: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Fill the database *name*; return the median seconds of screens and look-ups."""
    with environment(databases, name) as env:
        with step(f"Making {rows} clients"):
            people.make(env, rows)
        with step("Analysing the tables"):
            vacuum(databases, name)
        with step("Measuring"):
            taken = screens.measure(env)
            found = duplicates.measure(env, rows)
        env.cr.rollback()
    close(name)
    return taken, found


def vacuum(databases: Databases, name: str) -> None:
    """Give the planner its statistics: not possible in a transaction."""
    connection = databases.server.connect(name)
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    finally:
        connection.close()


def close(name: str) -> None:
    """Close Odoo's connections to the database *name*, so that it can be dropped."""
    import odoo.sql_db

    odoo.sql_db.close_db(name)
