"""`./dev import` and `./dev export`: files in and out without a browser."""

import argparse
import base64
import csv
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from .databases.environment import environment, opened
from .databases.session import session
from .progress import progress
from .say import Fail, duration, say, step

COUNTS = ("row", "created", "updated", "unchanged", "skipped", "rejected")
PROBLEM = ("line", "column", "code", "value", "message")
SHOWN = 20


def import_file(args: argparse.Namespace) -> int:
    """Import a file and say what came of it; 1 when nothing could be imported."""
    content = read(args.file)
    with session() as databases:
        with step(f"Preparing the database {args.db}"):
            name = opened(databases, args.db)
        with environment(databases, name) as env:
            outcome = run(env, args, content)
            if args.check:
                env.cr.rollback()
    if args.json:
        print(json.dumps(outcome, ensure_ascii=False), flush=True)
    else:
        print(summary(outcome), flush=True)
    return 1 if outcome["state"] == "failed" else 0


def read(path: Path) -> bytes:
    """Return the bytes of *path*."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Fail(f"{path} cannot be read: {error.strerror}.") from error


def run(env: Any, args: argparse.Namespace, content: bytes) -> dict[str, Any]:
    """Import (or check only) *content*, and return the outcome as plain data."""
    from odoo.exceptions import UserError

    start = time.monotonic()
    values = {"file": base64.b64encode(content), "file_name": args.file.name}
    record = env["client.import"].create(values | answers(env, args))
    message = ""
    title = f"{'Checking' if args.check else 'Importing'} {args.file.name}"
    with progress(title, not args.json) as bar:
        if bar:
            record = record.with_context(client_import_tell=bar.tell)
        try:
            with env.cr.savepoint():
                record.check() if args.check else record.run()
        except UserError as error:
            message = str(error)
    seconds = time.monotonic() - start
    return outcome_of(record, message, round(seconds, 3))


def answers(env: Any, args: argparse.Namespace) -> dict[str, Any]:
    """Return what *args* say of the import: first its mapping, then the options."""
    found = mapping(env, args.mapping)._prepare_import() if args.mapping else {}
    if args.mode:
        found["mode"] = args.mode
    if args.delimiter:
        found["delimiter"] = args.delimiter
    if args.category:
        ids = [(4, category(env, name)) for name in args.category]
        found["category_ids"] = [*found.get("category_ids", []), *ids]
    return found


def mapping(env: Any, name: str) -> Any:
    """Return the mapping called *name*, or tell which there are."""
    own = [("company_id", "=", env.company.id)]
    mappings = env["client.import.mapping"].search(own)
    found = mappings.filtered(lambda one: one.name.casefold() == name.casefold())
    if len(found) > 1:
        found = found.filtered(lambda one: one.name == name)
    if not found:
        names = ", ".join(f"“{one.name}”" for one in mappings) or "none"
        raise Fail(f"There is no mapping called “{name}”. Kept so far: {names}.")
    return found


def category(env: Any, name: str) -> int:
    """Return the id of the category called *name*, which is made when missing."""
    categories = env["res.partner.category"]
    # exactly, or but for case: ``=ilike`` would take % and _ for any letters
    alike = categories.search([]).filtered(
        lambda one: one.name.casefold() == name.casefold()
    )
    found = alike.filtered(lambda one: one.name == name)[:1] or alike[:1]
    if not found:
        say(f"  The category {name} is new.")
        found = categories.create({"name": name})
    return int(found.id)


def outcome_of(record: Any, message: str, seconds: float) -> dict[str, Any]:
    """Return what the import *record* says of itself.

    *message* is the sentence of a file that could not be read at all.
    """
    outcome: dict[str, Any] = {"state": "failed" if message else record.state}
    for name in COUNTS:
        outcome["rows" if name == "row" else name] = record[f"{name}_count"]
    outcome["problems"] = [
        {key: problem[key] or ("" if key != "line" else 0) for key in PROBLEM}
        for problem in record.problem_ids
    ]
    if message:
        outcome["problems"].append(
            {"line": 0, "column": "", "code": "file", "value": "", "message": message}
        )
    outcome["seconds"] = seconds
    return outcome


def summary(outcome: dict[str, Any]) -> str:
    """Return *outcome* as a person reads it."""
    counts = ", ".join(f"{outcome[name]} {name}" for name in ("rows", *COUNTS[1:]))
    lines = [f"{outcome['state']}: {counts} in {duration(outcome['seconds'])}"]
    for problem in outcome["problems"][:SHOWN]:
        place = f"line {problem['line']}: " if problem["line"] else ""
        lines.append(f"  {place}{problem['message']}")
    more = len(outcome["problems"]) - SHOWN
    return "\n".join([*lines, *([f"  and {more} more"] if more > 0 else [])])


def export_file(args: argparse.Namespace) -> int:
    """Export clients into a CSV or XLSX file; `-` is the standard output."""
    from odoo.exceptions import UserError

    with session() as databases:
        with step(f"Preparing the database {args.db}"):
            name = opened(databases, args.db)
        with environment(databases, name) as env:
            try:
                columns = split_headers(args.columns)
                write(env, args.file, args.domain, args.delimiter, columns)
            except UserError as error:
                raise Fail(str(error)) from error
    return 0


def split_headers(text: str | None) -> list[str] | None:
    """Return the headers in *text*, quoted where they hold a comma; None for all."""
    if text is None:
        return None
    return [header.strip() for header in next(csv.reader([text]), [])]


def write(
    env: Any, path: Path, domain: str, delimiter: str, columns: list[str] | None
) -> None:
    """Write the file; an existing one is replaced only by a whole one."""
    exporter = env["client.export"]
    if str(path) == "-":
        exporter.write_csv(sys.stdout.buffer, domain, delimiter, columns=columns)
        sys.stdout.flush()
        return
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with step(f"Exporting to {path}"), part.open("wb") as file:
            if path.suffix.lower() == ".xlsx":
                exporter.write_xlsx(file, domain, columns)
            else:
                exporter.write_csv(file, domain, delimiter, columns=columns)
        part.replace(path)
    except OSError as error:
        raise Fail(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
