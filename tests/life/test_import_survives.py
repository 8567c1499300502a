"""Imports of real workers, each with transactions of its own."""

import json

import pytest

from benchmarks.commands.survive import Run
from harness.testing import life

# Somebody writes a client of the file while its chunk is written.
MEANWHILE = """
import base64
from unittest.mock import patch
Partner, Import = env["res.partner"], env["client.import"]
partners = Partner.create(
    [{"name": f"Old {n}", "ref": f"LIFE{n}", "client_status": "client"} for n in "abc"]
)
rows = "reference;name;city\\n" + "".join(f"LIFE{n};New {n};Lyon\\n" for n in "abcd")
record = Import.create({"file": base64.b64encode(rows.encode())})
record.enqueue()
env.cr.commit()
Apply = type(env["client.import.apply"])
update, calls = Apply._update, []

def slow(self, scope, outcomes):
    calls.append(len(outcomes))
    if len(calls) == 1:
        with env.registry.cursor() as other:
            somebody = partners[1].with_env(env(cr=other))
            somebody.write({"street": "Theirs"})
    return update(self, scope, outcomes)

with patch.object(Apply, "_update", slow):
    Import._cron_import()
    first = (record.state, record.rows_done)
    Import._cron_import()
print("[" + ",".join(map(json.dumps, [
    first, record.state, record.created_count, record.updated_count,
    record.rejected_count, partners.mapped("name"), partners[1].street,
    Partner.search_count([("ref", "=like", "LIFE%")]),
])) + "]")
"""


@pytest.fixture
def database():
    """A database with our add-ons and demo data."""
    name = life.clone("addons")
    yield name
    life.drop(name)


def test_killed_workers_lose_nothing_and_an_undo_leaves_what_was_before(database):
    run = Run(life.databases(), database)
    assert run.all(2500, [(0.4, "kill")], [(0.4, "kill")]) == []


def test_a_client_that_somebody_writes_meanwhile_is_imported_in_the_next_round(
    database,
):
    out = life.shell(database, "import json\n" + MEANWHILE)
    assert json.loads(out.strip().splitlines()[-1]) == [
        ["queued", 0],
        "done",
        1,
        3,
        0,
        ["New a", "New b", "New c"],
        "Theirs",
        4,
    ]
