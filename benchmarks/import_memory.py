"""The memory of a worker that imports a long file, for several sizes.

The worker is a separate process, like the cron of a real server: the memory of the
measuring process is not counted.
"""

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from . import client_file, people
from .client_file import PLAIN, Cells

#: a smaller file, to see what a worker needs in any case
SMALL = 5_000
GOAL_MIB = 30
#: one row in so many is new, changed, refused
NEW, CHANGED, REFUSED = 25, 25, 50
SECONDS = 0.1
POINTS = 12
PAGE = os.sysconf("SC_PAGE_SIZE")


def rows(count: int) -> Iterator[Cells]:
    """Yield rows for clients of `people.make`; a few new, changed or refused."""
    for n in range(1, count + 1):
        reference = f"N{n:08}" if n % NEW == 0 else f"B{n:08}"
        zipcode = f"{1000 + n % 8000:04}"
        street = f"Moved {n}" if n % CHANGED == 1 else f"Kerkstraat {n % 300}"
        email = "nobody" if n % REFUSED == 2 else f"b{n}@example.com"
        city = people.CITIES[n % len(people.CITIES)]
        name = (
            f"{people.LAST[n % len(people.LAST)]} "
            f"{people.FIRST[n // 7 % len(people.FIRST)]} {n}"
        )
        yield (reference, name, street, "", zipcode, city, "", email, "")


def queue(env: Any, count: int) -> int:
    """Queue an import of so many rows and return its id."""
    data = client_file.text(tuple(PLAIN), rows(count))
    record = env["client.import"].create(
        {"file": base64.b64encode(data), "file_name": f"memory-{count}.csv"}
    )
    record.enqueue()
    env.cr.commit()
    return int(record.id)


def measure(name: str, record_id: int) -> dict[str, Any]:
    """Let a worker do the queued import of the database *name*; return its output."""
    words = [sys.executable, "-m", "benchmarks.import_memory", name, str(record_id)]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def sampled() -> Iterator[list[float]]:
    """Provide a list that fills with the memory of this process, in MiB."""
    samples: list[float] = [resident()]
    stop = threading.Event()

    def sample() -> None:
        while not stop.wait(SECONDS):
            samples.append(resident())

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield samples
    finally:
        stop.set()
        thread.join()


def resident() -> float:
    """Return the private memory in use of this process, in MiB."""
    _size, pages, shared = Path("/proc/self/statm").read_text().split()[:3]
    return (int(pages) - int(shared)) * PAGE / 2**20


def work(name: str, record_id: int) -> dict[str, Any]:
    """Do what the cron does with the import *record_id*, and record the memory."""
    from harness.databases.environment import environment
    from harness.databases.session import session

    with session() as databases, environment(databases, name) as env:
        imports = env["client.import"].with_user(1)
        with sampled() as samples:
            imports._cron_import()
        record = imports.browse(record_id)
        step = max(len(samples) // POINTS, 1)
        return {
            "rows": record.row_count,
            "state": record.state,
            "seconds": round(record.seconds, 1),
            "peak": round(max(samples), 1),
            "curve": [round(mib, 1) for mib in samples[::step]],
        }


if __name__ == "__main__":
    print(json.dumps(work(sys.argv[1], int(sys.argv[2]))))
