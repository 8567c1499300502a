"""Add-ons of the OCA that extend partners as ours do live beside it."""

import re

import pytest

from harness.databases.templates import addons
from harness.paths import ADDONS
from harness.testing import life, neighbours

ADDON = "client_extension"
FEWEST = 800
NAMES = """
import json

person = env["res.partner"].create(
    {"client_first_name": "Anne Marie", "client_last_name": "Le Goff"}
)
theirs = (person.firstname, person.lastname, person.name)
person.lastname = "Roux"
print(json.dumps([*theirs, person.client_last_name, person.client_first_name]))
"""


# The file says a name as OCA's partner_firstname never stores it.
AGAIN = """
import base64, json

env["ir.config_parameter"].set_param("partner_names_order", "last_first_comma")
rows = "reference;type;name\\nN1;person;Roux,Anne\\nN2;company;Roux,Fils\\n"
file = base64.b64encode(rows.encode())
told = []
for _time in range(2):
    done = env["client.import"].create({"file": file, "file_name": "names.csv"})
    done.run()
    told += [done.created_count, done.updated_count, done.unchanged_count]
names = env["res.partner"].search([("ref", "in", ["N1", "N2"])], order="ref")
print(json.dumps([told, names.mapped("name")]))
"""


@pytest.fixture(scope="module")
def folder():
    return neighbours.ensure()


@pytest.fixture
def path(folder):
    return f"{ADDONS},{folder}"


@pytest.fixture(params=["addons", "base"])
def database(request):
    """A database with Odoo's apps and demo data, with our add-ons or without."""
    name = life.clone(request.param)
    yield name
    life.drop(name)


@pytest.mark.parametrize("database", ["addons"], indirect=True)
def test_their_tests_and_ours_pass_side_by_side(database, folder, path):
    theirs, ours = neighbours.names(), addons()
    tags = [f"/{name}" for name in (*theirs, *ours)]
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
    with_tests = neighbours.tested(folder)
    assert with_tests and {*with_tests, *ours} <= ran.keys()
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
    said = life.shell(database, AGAIN, [f"--addons-path={path}"])
    assert '[[2, 0, 0, 0, 0, 2], ["Roux, Anne", "Roux, Fils"]]' in said
