"""Add-ons of the OCA that extend partners as ours do live beside it."""

import re

import pytest

from harness import life, neighbours
from harness.databases import addons
from harness.paths import ADDONS

ADDON = "client_extension"
# Their forms ask for the parts of a name, where our tours type the whole of it.
LEFT_OUT = "client_tour"
FEWEST = 700
NAMES = """
import json

person = env["res.partner"].create(
    {"client_first_name": "Anne Marie", "client_last_name": "Le Goff"}
)
theirs = (person.firstname, person.lastname, person.name)
person.lastname = "Roux"
print(json.dumps([*theirs, person.client_last_name, person.client_first_name]))
"""


@pytest.fixture(scope="module")
def path():
    return f"{ADDONS},{neighbours.ensure()}"


@pytest.fixture(params=["addons", "base"])
def database(request):
    """A database with Odoo's apps and demo data, with our add-ons or without."""
    name = life.clone(request.param)
    yield name
    life.drop(name)


@pytest.mark.parametrize("database", ["addons"], indirect=True)
def test_their_tests_and_ours_pass_side_by_side(database, path):
    theirs, ours = neighbours.names(), addons()
    tags = [*(f"/{name}" for name in (*theirs, *ours)), f"-{LEFT_OUT}"]
    log = life.run_odoo(
        database,
        *("-i", ",".join(theirs), "-u", ADDON, "--test-tags", ",".join(tags)),
        # a port that is free: the tests have a server
        *("--http-port", "0"),
        addons_path=path,
    )
    count = re.search(r"\b0 failed, 0 error\(s\) of (\d+) tests", log)
    assert count and int(count[1]) >= FEWEST
    assert not life.dirty(log)
    ran = dict(re.findall(r"stats: (\w+): (\d+) tests", log))
    assert {"partner_firstname", "partner_stage", *ours} <= ran.keys()
    skipped = re.findall(r": skipped \S+ : (.*)", log)
    assert all("partner_firstname" in reason for reason in skipped)


@pytest.mark.parametrize("database", ["base"], indirect=True)
def test_ours_enters_a_database_that_has_them(database, path):
    life.run_odoo(database, "-i", ",".join(neighbours.names()), addons_path=path)
    log = life.run_odoo(database, "-i", ADDON, addons_path=path)
    assert not life.dirty(log)
    said = life.shell(database, NAMES, [f"--addons-path={path}"])
    assert (
        '["Anne Marie", "Le Goff", "Anne Marie Le Goff", "Roux", "Anne Marie"]' in said
    )
