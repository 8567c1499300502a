"""The add-on enters, stays in and leaves a database that has lived without it."""

import json

import pytest
from snapshots import OLD_CUSTOMERS, PARTNERS, SCHEMA, STOCK_WORKS, USER_CHANGES

from harness.testing import life

ADDON = "client_extension"
UNINSTALL = """
module = env["ir.module.module"].search([("name", "=", "client_extension")])
module.button_immediate_uninstall()
print("true")
"""


@pytest.fixture
def database():
    """A database with Odoo's apps, demo data and none of our add-ons."""
    name = life.clone()
    yield name
    life.drop(name)


@pytest.fixture(scope="module")
def first_install():
    """The same after the add-on was installed; nobody writes there."""
    name = life.clone()
    life.run_odoo(name, "-i", ADDON)
    yield name
    life.drop(name)


@pytest.fixture
def installed(first_install):
    """A copy of that database."""
    name = life.copy(first_install)
    yield name
    life.drop(name)


def ask(database, *scripts):
    """:return: what the scripts printed, each one line of JSON, run one after the other
    in one Odoo shell; a list when there are several
    """
    lines = life.shell(database, "\n".join(scripts)).strip().splitlines()
    answers = [json.loads(line) for line in lines[-len(scripts) :]]
    return answers if len(scripts) > 1 else answers[0]


def test_old_customers_become_clients_and_nothing_else_changes(database):
    expected = ask(database, OLD_CUSTOMERS)
    before = ask(database, PARTNERS.replace("LAST", "0"))
    log = life.run_odoo(database, "-i", ADDON)
    after = ask(database, PARTNERS.replace("LAST", str(before["last"])))

    assert {key: since for key, (_, since) in after["clients"].items()} == expected
    assert {status for status, _ in after["clients"].values()} == {"client"}
    assert f"{len(expected)} customers became clients" in log
    assert after["columns"] == before["columns"]
    assert after["messages"] == before["messages"]
    assert not life.dirty(log)


def test_an_upgrade_keeps_what_users_changed(installed):
    read_changes = USER_CHANGES.partition("# read")[2]
    changed, schema = ask(installed, USER_CHANGES, SCHEMA)
    assert not life.dirty(life.run_odoo(installed, "-u", ADDON))
    assert ask(installed, read_changes, SCHEMA) == [changed, schema]


def test_an_uninstall_leaves_stock_contacts_and_no_trace(database, installed):
    before = ask(database, SCHEMA)
    ask(installed, USER_CHANGES)
    ask(installed, UNINSTALL)
    after, works = ask(installed, SCHEMA, STOCK_WORKS)
    added = {tuple(row) for row in after} - {tuple(row) for row in before}
    assert not sorted(added)
    assert works == ["Stock still works"]
