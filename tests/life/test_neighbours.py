"""Add-ons of the OCA that extend partners as ours do live beside it."""

import re

import pytest

from harness import life, neighbours
from harness.paths import ADDONS

ADDON = "client_extension"
# Those of our tests that touch names, mobile phones, status, contacts and forms.
OURS = (
    "TestContactAddress",
    "TestContactLine",
    "TestContactViews",
    "TestImportContactUndo",
    "TestPerson",
    "TestStatus",
    "TestViews",
)
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
    theirs = neighbours.names()
    tags = [f"/{name}" for name in theirs] + [f"/{ADDON}:{name}" for name in OURS]
    log = life.run_odoo(
        database,
        *("-i", ",".join(theirs), "-u", ADDON, "--test-tags", ",".join(tags)),
        addons_path=path,
    )
    assert re.search(r"\b0 failed, 0 error\(s\) of \d{2,3} tests", log)
    ran = dict(re.findall(r"stats: (\w+): (\d+) tests", log))
    assert {"partner_firstname", "partner_stage", ADDON} <= ran.keys()


@pytest.mark.parametrize("database", ["base"], indirect=True)
def test_ours_enters_a_database_that_has_them(database, path):
    life.run_odoo(database, "-i", ",".join(neighbours.names()), addons_path=path)
    log = life.run_odoo(database, "-i", ADDON, addons_path=path)
    assert not life.dirty(log)
    said = life.shell(database, NAMES, [f"--addons-path={path}"])
    assert (
        '["Anne Marie", "Le Goff", "Anne Marie Le Goff", "Roux", "Anne Marie"]' in said
    )
