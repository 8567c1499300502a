"""`./dev bench survive`: an import and its undo, with workers killed half-way."""

import argparse
import base64
import json
import subprocess
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from benchmarks import client_file, people, slow_rule, survive
from harness.databases import odoobin
from harness.databases.environment import environment
from harness.databases.templates import Databases
from harness.paths import dev_folder
from harness.say import Fail, duration, say, step

from .scratch import scratch

ROWS = 6_000
#: when a worker is killed, or loses PostgreSQL: the share that is done by then
Blows = Sequence[tuple[float, str]]
IMPORT_BLOWS = ((0.1, "kill"), (0.35, "cut"), (0.6, "kill"), (0.85, "kill"))
UNDO_BLOWS = ((0.25, "cut"), (0.5, "kill"))
PATIENCE = 600
#: rows beside a rule that sleeps, and for how long
SLOW_ROWS, SLOW_SECONDS = 120, 0.12
WAKE = "SELECT pg_notify('cron_trigger', %s)"
CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


def bench(args: argparse.Namespace) -> int:
    """Print what was killed, the results and the differences; return 1 if any."""
    rows = args.rows or ROWS
    with scratch() as (databases, name):
        run = Run(databases, name)
        found = run.all(rows)
        found += run.slow()
    print("\n".join(found or ["Nothing is lost, nothing is there twice."]))
    if args.json:
        print(json.dumps({"rows": rows, "wrong": found, **run.figures}))
    return int(bool(found))


class Run:
    """One import of one file into one database."""

    def __init__(self, databases: Databases, name: str) -> None:
        """Work in the database *name*."""
        self.databases, self.name = databases, name
        self.figures: dict[str, Any] = {}

    def all(
        self, rows: int, blows: Blows = IMPORT_BLOWS, undo_blows: Blows = UNDO_BLOWS
    ) -> list[str]:
        """Import, check, undo and compare; return the errors as sentences."""
        folder = dev_folder("survive")
        before, after = folder / "before.txt", folder / "after.txt"
        with step(f"Making {(rows + 1) // 2} clients and a file of {rows} rows"):
            record_id = self.queue(rows)
        with closing(self.databases.server.connect(self.name)) as link:
            lines = survive.dump(link, before)
            say(f"  {lines} lines before the import: {before}")
            work = Work(self.databases, self.name, link, record_id)
            self.figures["import"] = work.do("rows_done", rows, blows)
            found = survive.wrong(link, record_id, rows)
            self.undo(record_id)
            total = work.value("task_total")
            self.figures["undo"] = work.do("task_done", total, undo_blows)
            if work.value("state") != "undone":
                found.append(f"The undo ends in the state {work.value('state')}.")
            lines = survive.dump(link, after)
            say(f"  {lines} lines after the undo: {after}")
        changed = survive.differences(before, after)
        if changed:
            found.append(f"{len(changed)} lines differ, the first ones:")
            found += [line.rstrip()[:2000] for line in changed[:6]]
        return found

    def queue(self, rows: int) -> int:
        """Queue the import as an importer; return its id."""
        with environment(self.databases, self.name) as env:
            people.make(env, (rows + 1) // 2)
            for category in survive.CATEGORIES:
                env["res.partner.category"].create({"name": category})
            crons = env["ir.cron"].search([("cron_name", "not like", "Clients:")])
            crons.active = False
            group = env.ref("client_extension.group_client_importer")
            user = env["res.users"].create(
                {
                    "name": "Survivor",
                    "login": "survivor",
                    "group_ids": [(4, group.id), (4, env.ref("base.group_user").id)],
                }
            )
            data = client_file.text(survive.HEADER, survive.rows(rows))
            record = env["client.import"].with_user(user)
            record = record.create(
                {"file": base64.b64encode(data), "file_name": "survive.csv"}
            )
            record.enqueue()
            env.cr.commit()
            return int(record.id)

    def slow(self) -> list[str]:
        """Import beside a rule that sleeps, in a server that kills what is slow."""
        with step(f"Importing {SLOW_ROWS} rows beside a rule that sleeps"):
            ids = self.queue_slow()
            started = time.monotonic()
            with slow_rule.Server(self.databases, self.name, SLOW_SECONDS) as server:
                slow, other = server.wait(ids)
            self.figures["slow"] = {
                "interruptions": slow[3],
                "seconds": round(time.monotonic() - started, 1),
            }
            say(f"  interrupted {slow[3]} times, {self.figures['slow']['seconds']} s")
        expected = ("done_with_problems", SLOW_ROWS - 1, 1)
        found = [] if slow[:3] == expected else [f"The slow import ends as {slow}."]
        if other[:3] != ("done", 1, 0) or other[4] > slow[4]:
            found.append(f"The import of another company ends as {other}.")
        return found

    def queue_slow(self) -> list[int]:
        """Queue a file with one row that takes for ever, and one of another company."""
        names = [f"SLOW{n:04}" for n in range(1, SLOW_ROWS)]
        names.insert(SLOW_ROWS // 2, slow_rule.POISON)
        ids = []
        with environment(self.databases, self.name) as env:
            company = env["res.company"].create({"name": "Elsewhere"})
            env.user.company_ids |= company
            for place, references in ((env.company, names), (company, ["OTHER"])):
                rows = [(reference, f"Client {reference}") for reference in references]
                data = client_file.text(("reference", "name"), iter(rows))
                record = env["client.import"].create(
                    {
                        "file": base64.b64encode(data),
                        "file_name": "slow.csv",
                        "company_id": place.id,
                    }
                )
                record.enqueue()
                ids.append(int(record.id))
            env.cr.commit()
        return ids

    def undo(self, record_id: int) -> None:
        """Ask for the undo, as its importer would."""
        with environment(self.databases, self.name) as env:
            record = env["client.import"].browse(record_id)
            record.with_user(record.user_id).undo()
            env.cr.commit()


@dataclass
class Work:
    """The work of the workers on one import, and its progress."""

    databases: Databases
    name: str
    link: Any
    record_id: int

    def value(self, column: str) -> Any:
        """Return the current value in the import's record."""
        with self.link.cursor() as cursor:
            cursor.execute(
                f"SELECT {column} FROM client_import WHERE id = {self.record_id}"
            )
            return cursor.fetchone()[0]

    def do(self, column: str, total: int, blows: Blows) -> dict[str, Any]:
        """Let workers work, and kill them on the way."""
        start, struck = time.monotonic(), []
        process = self.worker()
        try:
            for part, blow in blows:
                self.wait(column, round(total * part), process)
                if blow == "kill":
                    process.kill()
                    process.wait()
                    process = self.worker()
                else:
                    self.cut()
                struck.append([blow, self.value(column)])
                say(f"  {column}: {blow} at {struck[-1][1]:,} of {total:,}")
            self.wait(column, None, process)
        finally:
            process.kill()
            process.wait()
        spent = time.monotonic() - start
        say(f"  {column}: {total:,} after {duration(spent)}, {self.value('state')}")
        return {"struck_at": struck, "total": total, "seconds": round(spent, 1)}

    def cut(self) -> None:
        """Disconnect a worker from PostgreSQL in the middle of a transaction."""
        with self.link.cursor() as cursor:
            cursor.execute(CUT)

    def worker(self) -> "subprocess.Popen[bytes]":
        """Start an Odoo with one cron."""
        log = dev_folder("logs") / "survive.log"
        words = odoobin.command(
            *("-c", self.databases.conf, "-d", self.name, "--no-http"),
            *("--max-cron-threads=1", f"--logfile={log}"),
        )
        return subprocess.Popen(words, cwd=dev_folder("run"), env=odoobin.environment())

    def wait(
        self, column: str, target: int | None, process: "subprocess.Popen[bytes]"
    ) -> None:
        """Return when a worker is that far; without a target, when it is done."""
        moved, last = time.monotonic(), self.course()
        while not self.reached(column, target):
            if process.poll() is not None or time.monotonic() > moved + PATIENCE:
                raise Fail("The worker does nothing: see survive.log.")
            with closing(self.databases.server.connect()) as link:
                link.cursor().execute(WAKE, [self.name])
            time.sleep(0.5)
            if self.course() != last:
                moved, last = time.monotonic(), self.course()

    def course(self) -> tuple[int, int]:
        """Return how many rows are imported and how many clients are undone."""
        return self.value("rows_done"), self.value("task_done")

    def reached(self, column: str, target: int | None) -> bool:
        """Return whether *target*, or everything, is done."""
        if target is None:
            going = "task IS NOT NULL"
            return not self.value(going)
        return bool(self.value(column) >= target)
