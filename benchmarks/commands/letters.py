"""`./dev bench letters`: letters to many clients against single letters."""

import argparse
import json

from benchmarks import letters, people
from harness.databases.environment import environment
from harness.say import step

from .scratch import scratch, vacuum

ROWS = 500
#: letters that are printed one by one
SINGLES = 20


def bench(args: argparse.Namespace) -> int:
    """Measure, and print the seconds of both and their ratio."""
    rows = args.rows or ROWS
    with scratch() as (databases, name), environment(databases, name) as env:
        with step(f"Making {2 * rows} clients"):
            people.make(env, 2 * rows)
            vacuum(databases, name)
        with step(f"Printing {rows} letters at once and {SINGLES} one by one"):
            taken = letters.measure(env, rows, SINGLES)
        env.cr.rollback()
    ratio = taken["one_by_one"] / taken["run"]
    for title in ("written", "printed", "run", "one_by_one"):
        print(f"{title:14}{taken[title]:10.2f} s")
    print(f"{'PDF':14}{taken['bytes'] / 1e6:10.2f} MB")
    slow = "" if taken["run"] <= letters.GOAL_SECONDS else "  MISSED"
    print(f"{'goal':14}{letters.GOAL_SECONDS:10.2f} s for a run{slow}")
    low = "" if ratio >= letters.GOAL_RATIO else "  MISSED"
    print(f"{'ratio':14}{ratio:10.1f} times, goal: {letters.GOAL_RATIO}{low}")
    if args.json:
        print(json.dumps({"ratios": {"letters": round(ratio, 1)}, **taken}))
    return 0
