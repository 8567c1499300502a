"""`./dev bench import`: our import against Odoo's own importer."""

import argparse
import json
from typing import Any

from benchmarks import import_memory, imports, job_workers, people, table
from harness.databases.environment import environment
from harness.databases.templates import OPT_IN, Databases
from harness.say import step

from .scratch import scratch, vacuum

ROWS = 6_000
#: existing clients: PostgreSQL plans queries differently on a small table
CLIENTS = 20_000


def bench(args: argparse.Namespace) -> int:
    """Measure, print the table, and with `--json` one line for programs."""
    rows = args.rows or ROWS
    extra = OPT_IN if args.bulk else ()
    goals = imports.GOALS | (imports.BULK_GOALS if args.bulk else {})
    with (
        scratch(extra) as (databases, name),
        step(f"Importing {rows} rows with both, by turns"),
    ):
        results = measure(databases, name, rows)
    memory: dict[str, Any] = {}
    if args.memory:
        with scratch(extra) as (databases, name):
            memory = measure_memory(databases, name, args.memory)
    print("\n".join(table.lines(results, imports.TITLES, goals)))
    for line in memory_lines(memory):
        print(line)
    if args.json:
        print(json.dumps(summary(results, memory, rows, goals)))
    return 0


def measure(databases: Databases, name: str, rows: int) -> dict[str, imports.Result]:
    """Return a result for each line of the table."""
    with environment(databases, name) as env:
        people.make(env, CLIENTS)
        vacuum(databases, name)
        results = imports.measure(env, rows, lambda: vacuum(databases, name))
        results |= job_workers.measure(env, name, rows)
        return {title: results[title] for title in imports.TITLES}


def measure_memory(databases: Databases, name: str, rows: int) -> dict[str, Any]:
    """Return the memory of the worker for a small file and for one of *rows* rows."""
    small = min(import_memory.SMALL, rows)
    sizes = sorted({small, rows} | {n for n in (10_000, 100_000) if small < n < rows})
    with environment(databases, name) as env:
        with step(f"Making {rows} clients"):
            people.make(env, rows)
            vacuum(databases, name)
        runs = []
        for count in sizes:
            with step(f"Importing {count} rows in a worker"):
                record_id = import_memory.queue(env, count)
                runs.append(import_memory.measure(name, record_id))
    growth = max(run["peak"] for run in runs) - runs[0]["peak"]
    return {"growth": round(growth, 1), "runs": runs}


def memory_lines(memory: dict[str, Any]) -> list[str]:
    """Return the memory of the worker in readable lines."""
    if not memory:
        return []
    goal = import_memory.GOAL_MIB
    lines = ["", "memory of the worker, MiB"]
    for run in memory["runs"]:
        curve = " ".join(f"{mib:.0f}" for mib in run["curve"])
        took = f"{run['rows']:>9,} rows in {run['seconds']:,.0f} s"
        lines.append(f"{took:32} peak {run['peak']:6.1f}   {curve}")
    met = "yes" if memory["growth"] < goal else "NO"
    lines.append(f"grows by {memory['growth']} MiB, goal: less than {goal}: {met}")
    return lines


def summary(
    results: dict[str, imports.Result],
    memory: dict[str, Any],
    rows: int,
    goals: dict[str, float],
) -> dict[str, Any]:
    """Return the results for a program."""
    ratios = {name: round(result.ratio, 2) for name, result in results.items()}
    if memory:
        ratios["memory_mib_growth"] = memory["growth"]
    return {
        "ratios": ratios,
        "goals": goals | {"memory_mib_growth": import_memory.GOAL_MIB},
        "rows": rows,
        "rows_per_second": {
            name: {
                "ours": round(result.ours.rate, 1),
                "odoo": round(result.stock.rate, 1),
                "copy": round(result.copy.rate, 1),
            }
            for name, result in results.items()
        },
        "written": {name: result.written for name, result in results.items()},
        "memory": memory.get("runs", []),
    }
