"""Imports of real workers, each with transactions of its own."""

import json

import pytest

from benchmarks import slow_rule
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

# Two files, one of which has a row that takes longer than the server allows.
SLOW = """
import base64
env["ir.cron"].search([("cron_name", "not like", "Clients:")]).active = False
company = env["res.company"].create({"name": "Elsewhere"})
ids = []
for place, refs in ((env.company, "A,B,SLOWEST,D"), (company, "X,Y")):
    rows = "".join(f"{ref};Client {ref}\\n" for ref in refs.split(","))
    data = base64.b64encode(("reference;name\\n" + rows).encode())
    record = env["client.import"].create({"file": data, "company_id": place.id})
    record.enqueue()
    ids.append(record.id)
env.cr.commit()
print(json.dumps(ids))
"""

# The row of one file loses the connection of its worker, each time.
CUT = """
from unittest.mock import patch
import psycopg2
from odoo import SUPERUSER_ID, api
Partner = type(env["res.partner"])
create, seen = Partner._create_imported, []

def cut(self, vals_list):
    if any(vals.get("ref") == "SLOWEST" for vals in vals_list):
        self.env.cr.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return create(self, vals_list)

def work():
    try:
        with env.registry.cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["client.import"]._cron_import()
    except psycopg2.Error:
        pass

def read():
    env.cr.rollback()
    env.invalidate_all()
    return [[r.state, r.created_count, r.rejected_count] for r in imports]

with patch.object(Partner, "_create_imported", cut):
    imports = env["client.import"].browse(ids)
    for _worker in range(14):
        work()
        seen.append(read())
print(json.dumps([seen[0], seen[1], seen[-1], imports[0].attempt_count]))
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
        ["running", 0],
        "done",
        1,
        3,
        0,
        ["New a", "New b", "New c"],
        "Theirs",
        4,
    ]


def test_a_row_that_sleeps_is_refused_by_name_and_the_other_file_goes_first(database):
    out = life.shell(database, "import json\n" + SLOW)
    ids = json.loads(out.strip().splitlines()[-1])
    with slow_rule.Server(life.databases(), database, 0.05) as server:
        slow, other = server.wait(ids)
    assert slow[:3] == ("done_with_problems", 3, 1)
    assert 3 <= slow[3] <= 8
    assert other[:3] == ("done", 2, 0)
    assert other[4] < slow[4]


def test_a_connection_that_is_lost_each_time_is_the_fault_of_one_row(database):
    out = life.shell(database, "import json\n" + SLOW + CUT)
    first, second, last, tried = json.loads(out.strip().splitlines()[-1])
    # Nothing can follow in the same worker; the next one begins with the other file.
    assert [state for state, *_counts in first] == ["running", "queued"]
    assert second == [["running", 2, 0], ["done", 2, 0]]
    assert last == [["done_with_problems", 3, 1], ["done", 2, 0]]
    assert 3 <= tried <= 8
