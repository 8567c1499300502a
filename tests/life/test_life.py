"""The add-on enters, stays in and leaves a database that has lived without it."""

import json

import pytest
from snapshots import OLD_CUSTOMERS, PARTNERS, SCHEMA, STOCK_WORKS, USER_CHANGES

from harness.testing import life

ADDON = "client_extension"


@pytest.fixture
def database():
    """A database with Odoo's apps, demo data and none of our add-ons."""
    name = life.clone()
    yield name
    life.drop(name)


def ask(database, script):
    """:return: what the script, run in an Odoo shell, printed last, as JSON"""
    return json.loads(life.shell(database, script).strip().splitlines()[-1])


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


def test_an_upgrade_keeps_what_users_changed(database):
    life.run_odoo(database, "-i", ADDON)
    changed = ask(database, USER_CHANGES)
    schema = ask(database, SCHEMA)
    assert not life.dirty(life.run_odoo(database, "-u", ADDON))
    assert ask(database, USER_CHANGES.partition("# read")[2]) == changed
    assert ask(database, SCHEMA) == schema


def test_an_uninstall_leaves_stock_contacts_and_no_trace(database):
    before = ask(database, SCHEMA)
    life.run_odoo(database, "-i", ADDON)
    ask(database, USER_CHANGES)
    ask(
        database,
        "module = env['ir.module.module'].search([('name', '=', 'client_extension')])\n"
        "module.button_immediate_uninstall()\nprint('true')",
    )
    added = {tuple(row) for row in ask(database, SCHEMA)}
    added -= {tuple(row) for row in before}
    assert not sorted(added)
    assert ask(database, STOCK_WORKS) == ["Stock still works"]
