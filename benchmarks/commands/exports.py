"""`./dev bench export`: our export against Odoo's own."""

import argparse
import json
from typing import Any

from benchmarks import exports, people, table
from harness.databases.environment import environment
from harness.say import step

from .imports import memory_lines
from .scratch import scratch, vacuum

ROWS = 50_000


def bench(args: argparse.Namespace) -> int:
    """Measure, print the table, and with `--json` one line for programs."""
    rows = args.rows or ROWS
    with scratch() as (databases, name):
        with environment(databases, name) as env:
            with step(f"Making {rows} clients"):
                people.make(env, rows)
            vacuum(databases, name)
            with step(f"Exporting {min(rows, exports.MOST)} of them by turns"):
                results = exports.measure(env, rows)
        memory: dict[str, Any] = {}
        if args.memory:
            with step(f"Exporting {rows} clients in a process of its own"):
                memory = exports.measure_memory(name, rows)
    print("\n".join(table.lines(results, exports.TITLES, exports.GOALS)))
    for line in memory_lines(memory):
        print(line)
    if args.json:
        print(json.dumps(summary(results, memory, rows)))
    return 0


def summary(
    results: dict[str, exports.Result], memory: dict[str, Any], rows: int
) -> dict[str, Any]:
    """Return the results for a program."""
    ratios = {name: round(result.ratio, 2) for name, result in results.items()}
    if memory:
        ratios["memory_mib_growth"] = memory["growth"]
    return {
        "ratios": ratios,
        "goals": exports.GOALS | {"memory_mib_growth": exports.GOAL_MIB},
        "rows": rows,
        "rows_per_second": {
            name: {
                "ours": round(result.ours.rate, 1),
                "odoo": round(result.stock.rate, 1),
                "copy": round(result.copy.rate, 1),
            }
            for name, result in results.items()
        },
        "memory": memory.get("runs", []),
    }
