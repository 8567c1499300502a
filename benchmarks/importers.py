"""The three ways to import a file: ours, Odoo's own importer, PostgreSQL's COPY."""

import base64
import io
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

#: rows per call, as requested by the page of Odoo's importer
BATCH = 2000
#: what the page sends with the columns after its preview has read the file
OPTIONS: dict[str, Any] = {
    "advanced": True,
    "fallback_values": {},
    "has_headers": True,
    "import_set_empty_fields": [],
    "import_skip_records": [],
    "keep_matches": False,
    "limit": BATCH,
    "name_create_enabled_fields": {},
    "quoting": '"',
    "separator": ";",
    "sheet": "",
    "sheets": [],
    "skip": 0,
    "tracking_disable": True,
}


@dataclass
class Pace:
    """The number of rows processed, and the seconds they took."""

    rows: int = 0
    seconds: float = 0.0

    def add(self, rows: int, seconds: float) -> None:
        """Add one measurement."""
        self.rows += rows
        self.seconds += seconds

    @property
    def rate(self) -> float:
        """Rows per second."""
        return self.rows / self.seconds if self.seconds else 0.0


@contextmanager
def undone(env: Any) -> Iterator[None]:
    """Undo what the body does, so that the next measurement starts equally."""
    env.flush_all()
    env.invalidate_all()
    savepoint = env.cr.savepoint(flush=False)
    try:
        yield
        env.flush_all()
    finally:
        env.invalidate_all()
        savepoint.close(rollback=True)


def ours(env: Any, data: bytes) -> tuple[int, float, Any]:
    """Import with our add-on; return rows, seconds and the import."""
    start = time.perf_counter()
    record = env["client.import"].create(
        {"file": base64.b64encode(data), "file_name": "bench.csv"}
    )
    record.run()
    env.flush_all()
    return record.row_count, time.perf_counter() - start, record


def stock(
    env: Any, data: bytes, header: Sequence[str], fields: Sequence[str], batches: int
) -> tuple[int, float]:
    """Import as the page of Odoo's importer does, at most so many batches of it."""
    imports = env["base_import.import"].with_context(tracking_disable=True)
    start = time.perf_counter()
    record = imports.create(
        {
            "res_model": "res.partner",
            "file": data,
            "file_name": "bench.csv",
            "file_type": "text/csv",
        }
    )
    options = {**OPTIONS, **record.parse_preview(dict(OPTIONS))["options"]}
    skip = rows = 0
    for _ in range(batches):
        asked = {**options, "skip": skip, "limit": BATCH}
        done = record.execute_import(list(fields), list(header), asked)
        # Each batch of the page is a request, and a transaction, of its own.
        env.flush_all()
        env.invalidate_all()
        if done["messages"]:
            raise RuntimeError(f"Odoo's importer refused the file: {done['messages']}")
        rows += len(done["ids"])
        skip = done["nextrow"]
        if not skip:
            break
    return rows, time.perf_counter() - start


def copy(env: Any, data: bytes, fields: Sequence[str], rows: int) -> tuple[int, float]:
    """Let PostgreSQL write the same cells and nothing else: the upper limit."""
    start = time.perf_counter()
    env.cr.execute("ALTER TABLE res_partner ALTER autopost_bills SET DEFAULT 'ask'")
    env.cr.execute("ALTER TABLE res_partner ALTER type SET DEFAULT 'contact'")
    names = ", ".join(fields)
    statement = f"COPY res_partner ({names}) FROM STDIN WITH (FORMAT csv, HEADER, "
    env.cr.copy_expert(statement + "DELIMITER ';')", io.BytesIO(data))
    return rows, time.perf_counter() - start
