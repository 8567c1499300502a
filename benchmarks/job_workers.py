"""The speed of an import shared by several processes that run its jobs.

The workers run a job exactly as queue_job's own runner has an Odoo worker run it.
"""

import base64
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from psycopg2.errors import SerializationFailure

from . import client_file
from .client_file import PLAIN, RELATIONS, Cells
from .importers import stock, undone
from .imports import WHOLE, Result, expect

WORKERS = 2
#: one chunk for each of them, before anything is measured
WARM = 2_000
#: the pace of several needs more chunks than workers, to be theirs and not luck
TIMES = 2
PAUSE = 0.02
#: polling interval for the end: all processes share two cores
WATCH = 0.1
PATIENCE = 1_800
TAKE = """
    UPDATE queue_job
       SET state = 'enqueued', date_enqueued = now() AT TIME ZONE 'utc'
     WHERE id = (SELECT id
                   FROM queue_job
                  WHERE state = 'pending'
                    AND (eta IS NULL OR eta <= now() AT TIME ZONE 'utc')
                  ORDER BY priority, id
                  LIMIT 1
                    FOR UPDATE SKIP LOCKED)
 RETURNING uuid
"""


def measure(env: Any, name: str, rows: int) -> dict[str, Result]:
    """Return a result for each line of the table that takes two processes."""
    env["ir.config_parameter"].set_param("client_extension_queue.limit", 0)
    env.cr.commit()
    with workers(name), running(env):
        shared(env, PLAIN, list(client_file.clients(0, WARM)), "W")
        return {
            "new_two_processes": measure_new(env, PLAIN, rows, "P"),
            "new_relations_two_processes": measure_new(env, RELATIONS, rows, "R"),
        }


def measure_new(env: Any, columns: Mapping[str, str], rows: int, tag: str) -> Result:
    """Import new clients with all workers, then with Odoo's importer, then again."""
    cells = list(client_file.clients(0, rows * TIMES))
    if columns is RELATIONS:
        cells = list(client_file.with_relations(cells))
    header, fields = tuple(columns), tuple(columns.values())
    result = Result()
    for turn in ("first", "stock", "second"):
        if turn == "stock":
            with undone(env):
                data = client_file.text(header, cells[:rows])
                result.stock.add(*stock(env, data, header, fields, WHOLE))
            env.cr.rollback()
        else:
            result.ours.add(*shared(env, columns, cells, f"{tag}{turn}"))
    return result


def shared(
    env: Any, columns: Mapping[str, str], cells: list[Cells], tag: str
) -> tuple[int, float]:
    """Let the workers import a file; return its rows and the seconds until its end."""
    data = client_file.text(
        tuple(columns), [(f"{tag}{row[0]}", *row[1:]) for row in cells]
    )
    start = time.perf_counter()
    record = env["client.import"].create(
        {"file": base64.b64encode(data), "file_name": "bench.csv"}
    )
    record.enqueue()
    env.cr.commit()
    while record.state in ("queued", "running"):
        if time.perf_counter() - start > PATIENCE:
            raise RuntimeError("The workers do not come to an end.")
        time.sleep(WATCH)
        env.cr.rollback()
        env.invalidate_all()
    seconds = time.perf_counter() - start
    expect(record.created_count, len(cells), "created")
    return len(cells), seconds


@contextmanager
def running(env: Any) -> Iterator[None]:
    """Record that the jobs of this database are run, as queue_job's runner does."""
    from odoo.addons.queue_job.jobrunner.runner import PG_ADVISORY_LOCK_ID

    with env.registry.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PG_ADVISORY_LOCK_ID])
        yield


@contextmanager
def workers(name: str) -> Iterator[None]:
    """Run processes that do the jobs of the database *name* during the body."""
    words = [sys.executable, "-m", "benchmarks.job_workers", name]
    found = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(WORKERS)
    ]
    try:
        for process in found:
            assert process.stdout
            if b"ready" not in process.stdout.readline():
                raise RuntimeError("A worker did not start.")
        yield
    finally:
        for process in found:
            process.communicate()


def work(name: str) -> None:
    """Run jobs until the other end of the standard input is closed."""
    from harness.databases.environment import environment
    from harness.databases.session import session

    with session() as databases, environment(databases, name) as env:
        registry = env.registry
        env.cr.commit()
        print("ready", flush=True)
        while True:
            if uuid := take(registry):
                perform(registry, uuid)
            elif select.select([sys.stdin], [], [], PAUSE)[0]:
                return


def take(registry: Any) -> str:
    """Take the next waiting job for this process; an empty text if there is none."""
    with registry.cursor() as cursor:
        try:
            cursor.execute(TAKE, log_exceptions=False)
        except SerializationFailure:  # another process took it: try again next time
            cursor.rollback()
            return ""
        found = cursor.fetchone()
    return str(found[0]) if found else ""


def perform(registry: Any, uuid: str) -> None:
    """Run the job like a request of the runner."""
    import odoo.api

    from odoo.addons.queue_job.controllers.main import RunJobController

    registry.check_signaling()
    with registry.cursor() as cursor:
        env = odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
        if job := RunJobController._acquire_job(env, uuid):
            RunJobController._runjob(env, job)


if __name__ == "__main__":
    work(sys.argv[1])
