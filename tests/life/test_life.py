"""The add-on enters, stays in and leaves a database that has lived without it."""

import json
from dataclasses import dataclass

import pytest
from snapshots import OLD_CUSTOMERS, PARTNERS, SCHEMA, STOCK_WORKS, USER_CHANGES

from harness import po
from harness.paths import ADDONS
from harness.testing import life

ADDON = "client_extension"
UNINSTALL = """
module = env["ir.module.module"].search([("name", "=", "client_extension")])
module.button_immediate_uninstall()
print("true")
"""


@dataclass(frozen=True)
class Install:
    """What was asked of a database before and after the add-on was installed there."""

    name: str
    customers: dict
    before: dict
    schema: list
    log: str
    after: dict


@pytest.fixture(scope="module")
def first():
    """A database with Odoo's apps, demo data and customers, in which the add-on was
    installed; nobody writes there.
    """
    name = life.clone()
    asked = PARTNERS.replace("LAST", "0")
    customers, before, schema = ask(name, OLD_CUSTOMERS, asked, SCHEMA)
    log = life.run_odoo(name, "-i", ADDON)
    after = ask(name, PARTNERS.replace("LAST", str(before["last"])))
    yield Install(name, customers, before, schema, log, after)
    life.drop(name)


@pytest.fixture
def installed(first):
    """A copy of that database."""
    name = life.copy(first.name)
    yield name
    life.drop(name)


def ask(database, *scripts):
    """:return: what the scripts printed, each one line of JSON, run one after the other
    in one Odoo shell; a list when there are several
    """
    lines = life.shell(database, "\n".join(scripts)).strip().splitlines()
    answers = [json.loads(line) for line in lines[-len(scripts) :]]
    return answers if len(scripts) > 1 else answers[0]


def test_old_customers_become_clients_and_nothing_else_changes(first):
    clients = first.after["clients"]
    assert {key: since for key, (_, since) in clients.items()} == first.customers
    assert {status for status, _ in clients.values()} == {"client"}
    assert f"{len(first.customers)} customers became clients" in first.log
    assert first.after["columns"] == first.before["columns"]
    assert first.after["messages"] == first.before["messages"]
    assert not life.dirty(first.log)


def is_demo(row):
    """:return: bool, whether this is demo data: Odoo refuses to delete clients with
    posted invoices and projects with hours, and keeps their ids
    """
    kind, _model, name = row
    if kind != "record":
        return False
    addon, _, record = name.partition(".")
    # Odoo names what it makes along with a record after it: aliases, templates.
    ids = (demo.partition(".")[2] for demo in po.demo_records(ADDONS / addon))
    return any(record == demo or record.startswith(f"{demo}_") for demo in ids)


def test_an_upgrade_keeps_what_users_changed(installed):
    read_changes = USER_CHANGES.partition("# read")[2]
    changed, schema = ask(installed, USER_CHANGES, SCHEMA)
    assert not life.dirty(life.run_odoo(installed, "-u", ADDON))
    assert ask(installed, read_changes, SCHEMA) == [changed, schema]


def test_an_uninstall_leaves_stock_contacts_and_no_trace(first, installed):
    ask(installed, USER_CHANGES, UNINSTALL)
    after, works = ask(installed, SCHEMA, STOCK_WORKS)
    added = {tuple(row) for row in after} - {tuple(row) for row in first.schema}
    assert not sorted(row for row in added if not is_demo(row))
    assert works == ["Stock still works"]
