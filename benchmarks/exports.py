"""Measures our export against Odoo's own, alternately, and the memory of ours."""

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .import_memory import POINTS, sampled
from .importers import Pace

TITLES = {"export": "9 plain columns", "export_relations": "country and category too"}
GOALS = {"export": 3.5, "export_relations": 4.5}
GOAL_MIB = 30
#: more clients do not change the speed, but they change Odoo's memory
MOST = 50_000
SMALL = 5_000
ROUNDS = 3
WARM = 2_000

#: our header -> the field that a user chooses in Odoo's export
PLAIN = {
    "reference": "ref",
    "name": "name",
    "address": "street",
    "address_additional": "street2",
    "zip": "zip",
    "city": "city",
    "phone": "phone",
    "email": "email",
    "website": "website",
}
RELATIONS = PLAIN | {"country": "country_id", "category": "category_id"}
COLUMNS = {"export": PLAIN, "export_relations": RELATIONS}
# The same texts without any code between the table and the file.
COPY = {
    "export": "SELECT ref, name, street, street2, zip, city, phone, email, website"
    " FROM res_partner WHERE ref BETWEEN 'B00000001' AND '{last}' ORDER BY id",
}


@dataclass
class Result:
    """The speed of the three exports for one line of the table."""

    ours: Pace = field(default_factory=Pace)
    stock: Pace = field(default_factory=Pace)
    copy: Pace = field(default_factory=Pace)

    @property
    def ratio(self) -> float:
        """Return our speed as a multiple of Odoo's."""
        return self.ours.rate / self.stock.rate


def last(rows: int) -> str:
    """Return the reference of the last of *rows* clients of `people.make`."""
    return f"B{rows:08}"


def domain(rows: int) -> list[tuple[str, str, str]]:
    """Return the domain of the exported clients."""
    return [("ref", ">=", last(1)), ("ref", "<=", last(rows))]


def ours(env: Any, name: str, rows: int) -> int:
    """Run our export; return the number of bytes."""
    columns = list(COLUMNS[name])
    pieces = env["client.export"].iter_csv(domain(rows), columns=columns)
    return sum(map(len, pieces))


def stock(env: Any, name: str, rows: int) -> int:
    """Do what the controller of Odoo's export does for a filtered list.

    One row for each client, several categories in one cell, as in an export that can be
    imported again.
    """
    from odoo.addons.web.controllers.export import CSVExport

    names = list(COLUMNS[name].values())
    partners = env["res.partner"].with_context(import_compat=True)
    found = partners.search(domain(rows)).export_data(names)["datas"]
    return len(CSVExport.from_data(None, [], names, found).encode())


def copy(env: Any, name: str, rows: int) -> int:
    """Let PostgreSQL alone write the file."""
    out = io.BytesIO()
    query = COPY[name].format(last=last(rows))
    env.cr.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv, DELIMITER ';')", out)
    return out.tell()


def measure(env: Any, rows: int) -> dict[str, Result]:
    """Return a result for each line of the table."""
    rows = min(rows, MOST)
    results = {name: Result() for name in COLUMNS}
    for turn in range(ROUNDS + 1):
        for name, result in results.items():
            ways: list[tuple[Callable[[Any, str, int], int], Pace]]
            ways = [(ours, result.ours), (stock, result.stock)]
            ways += [(copy, result.copy)] if name in COPY else []
            for way, pace in ways if turn % 2 else reversed(ways):
                seconds = timed(env, way, name, rows if turn else min(rows, WARM))
                if turn:
                    pace.add(rows, seconds)
    return results


def timed(env: Any, way: Callable[[Any, str, int], int], name: str, rows: int) -> float:
    """Return the seconds of one export with an empty record cache."""
    env.invalidate_all()
    start = time.perf_counter()
    assert way(env, name, rows) > rows
    return time.perf_counter() - start


def measure_memory(name: str, rows: int) -> dict[str, Any]:
    """Export more and more clients of the database *name* in a separate process."""
    words = [sys.executable, "-m", "benchmarks.exports", name, str(rows)]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def work(name: str, rows: int) -> dict[str, Any]:
    """Export all usual columns, and record the memory."""
    from harness.databases.environment import environment
    from harness.databases.session import session

    sizes = sorted({min(SMALL, rows), rows} | {n for n in (100_000,) if n < rows})
    runs: list[dict[str, Any]] = []
    with session() as databases, environment(databases, name) as env:
        for size in sizes:
            start = time.perf_counter()
            with sampled() as samples:
                written = sum(map(len, env["client.export"].iter_csv(domain(size))))
            step = max(len(samples) // POINTS, 1)
            runs.append(
                {
                    "rows": size,
                    "bytes": written,
                    "seconds": round(time.perf_counter() - start, 1),
                    "peak": round(max(samples), 1),
                    "curve": [round(mib, 1) for mib in samples[::step]],
                }
            )
    return {"growth": round(runs[-1]["peak"] - runs[0]["peak"], 1), "runs": runs}


if __name__ == "__main__":
    print(json.dumps(work(sys.argv[1], int(sys.argv[2]))))
