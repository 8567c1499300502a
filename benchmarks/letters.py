"""Measures letters to many clients in one PDF against letters printed one by one."""

import time
from typing import Any

#: seconds that a run and its PDF may take
GOAL_SECONDS = 10
#: how many times as fast as one by one
GOAL_RATIO = 20
REPORT = "client_extension_letter.client_letter_report"


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
