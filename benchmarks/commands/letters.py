"""`./dev bench letters`: letters to many clients in one PDF against single letters."""

import argparse
import json
import time
from typing import Any

from benchmarks import people
from harness.databases.environment import environment
from harness.say import step
from harness.setup import browser

from .scratch import scratch, vacuum

ROWS = 500
#: letters that are printed one by one
SINGLES = 20
#: seconds that a run and its PDF may take
GOAL_SECONDS = 10
#: how many times as fast as one by one
GOAL_RATIO = 20
REPORT = "client_extension_letter.client_letter_report"


def bench(args: argparse.Namespace) -> int:
    """Measure, and print the seconds of both and their ratio."""
    rows = args.rows or ROWS
    if not browser.ensure_reports():
        return 1
    with scratch() as (databases, name), environment(databases, name) as env:
        with step(f"Making {2 * rows} clients"):
            people.make(env, 2 * rows)
            vacuum(databases, name)
        with step(f"Printing {rows} letters at once and {SINGLES} one by one"):
            taken = measure(env, rows, SINGLES)
        env.cr.rollback()
    ratio = taken["one_by_one"] / taken["run"]
    for title in ("written", "printed", "run", "one_by_one"):
        print(f"{title:14}{taken[title]:10.2f} s")
    print(f"{'PDF':14}{taken['bytes'] / 1e6:10.2f} MB")
    slow = "" if taken["run"] <= GOAL_SECONDS else "  MISSED"
    print(f"{'goal':14}{GOAL_SECONDS:10.2f} s for a run{slow}")
    low = "" if ratio >= GOAL_RATIO else "  MISSED"
    print(f"{'ratio':14}{ratio:10.1f} times, goal: {GOAL_RATIO}{low}")
    if args.json:
        print(json.dumps({"ratios": {"letters": round(ratio, 1)}, **taken}))
    return 0


def measure(env: Any, rows: int, singles: int) -> dict[str, float]:
    """Write *rows* letters and print them in one PDF, and *singles* one by one.

    Return the seconds of both, those of the single ones for as many letters, and the
    size of the PDF.
    """
    env = env(su=True)
    template = env.ref("client_extension_letter.mail_template_welcome")
    domain = [("ref", "=like", "B0%"), ("client_status", "!=", False)]
    clients = env["res.partner"].search(domain, limit=rows, order="id")
    start = time.perf_counter()
    run = write(env, clients, template)
    written = time.perf_counter() - start
    start = time.perf_counter()
    size = print_pdf(env, run.action_print())
    printed = time.perf_counter() - start
    start = time.perf_counter()
    for client in clients[:singles]:
        values = {"client_id": client.id, "template_id": template.id}
        print_pdf(env, env["client.letter"].create(values).action_print())
    single = (time.perf_counter() - start) / singles
    return {
        "written": written,
        "printed": printed,
        "run": written + printed,
        "one_by_one": single * len(clients),
        "letters": len(clients),
        "bytes": size,
    }


def write(env: Any, clients: Any, template: Any) -> Any:
    """Return a run that wrote to all clients, whatever their number, at once."""
    Wizard = env["client.letter.run.wizard"].with_context(
        active_model="res.partner", active_ids=clients.ids
    )
    wizard = Wizard.create({"template_id": template.id})
    run = env["client.letter.run"].create(wizard._prepare_run(clients))
    run.state = "running"
    while run._as_worker()._write_next(100):
        continue
    run.state = "done"
    return run


def print_pdf(env: Any, action: dict[str, Any]) -> int:
    """Return the size of the PDF that an action downloads."""
    env.flush_all()
    reports = env["ir.actions.report"].with_context(force_report_rendering=True)
    content, _kind = reports._render_qweb_pdf(REPORT, action["context"]["active_ids"])
    return len(content)
