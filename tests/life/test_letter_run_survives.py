"""A run of letters whose worker is killed, with transactions of its own."""

import json
import os
import subprocess

import pytest

from harness.databases import odoobin
from harness.testing import life

COUNT = 1000

MAKE = f"""
import json
template = env.ref("client_extension_letter.mail_template_welcome")
user = env.ref("base.user_admin")
user.group_ids += env.ref("client_extension.group_client_user")
clients = env["res.partner"].create(
    [
        {{
            "name": f"Letter {{n}}",
            "street": f"{{n}} rue A",
            "zip": "69001",
            "city": "Lyon",
            "client_status": "client",
        }}
        for n in range({COUNT})
    ]
)
Wizard = env["client.letter.run.wizard"].with_user(user).with_context(
    active_model="res.partner", active_ids=clients.ids
)
run = Wizard.create({{"template_id": template.id}}).action_write()["res_id"]
env.cr.commit()
print(json.dumps(run))
"""

# Killed in the middle of a transaction, after some that are committed.
KILL = """
import os
import signal
from unittest.mock import patch
Run = type(env["client.letter.run"])
store, calls = Run._store, []

def kill(run, vals_list, clients):
    store(run, vals_list, clients)
    env.flush_all()
    calls.append(len(clients))
    if len(calls) == 3:
        os.kill(os.getpid(), signal.SIGKILL)

with patch.object(Run, "_store", kill):
    env["client.letter.run"]._cron_write()
"""

STATE = """
import json
run = env["client.letter.run"].browse(%d)
print(json.dumps([
    run.state, run.pending_count, run.draft_count, run.skipped_count,
    len(run.letter_ids.client_id), run.attempt,
]))
"""


@pytest.fixture
def database():
    """A database with our add-ons and demo data."""
    name = life.clone("addons")
    yield name
    life.drop(name)


def kill(name: str) -> int:
    """Return the exit code of a shell that works on the run and is killed."""
    conf = os.environ["CLIENT_EXTENSION_CONF"]
    words = odoobin.command("shell", "-c", conf, "-d", name, "--no-http")
    done = subprocess.run(
        words, input=KILL, capture_output=True, text=True, env=odoobin.environment()
    )
    return done.returncode


def last(out: str) -> object:
    """Return what a script printed last."""
    return json.loads(out.strip().splitlines()[-1])


def test_a_killed_run_of_a_thousand_letters_goes_on_and_writes_none_twice(database):
    run = last(life.shell(database, MAKE))
    assert kill(database) < 0
    state, pending, written, skipped, clients, attempt = last(
        life.shell(database, STATE % run)
    )
    assert (state, skipped) == ("running", 0)
    assert 0 < written == clients < COUNT
    assert pending == COUNT - written
    assert attempt > 0
    assert kill(database) < 0
    script = 'env["client.letter.run"]._cron_write()\n' + STATE % run
    assert last(life.shell(database, script)) == ["done", 0, COUNT, 0, COUNT, 0]
