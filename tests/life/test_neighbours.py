"""Add-ons of the OCA that extend partners as ours do live beside it."""

import json
import re

import pytest

from harness.databases.templates import addons, bridges
from harness.paths import ADDONS
from harness.setup import neighbours
from harness.testing import life

ADDON = "client_extension"
#: what installs itself, once they are there
BRIDGES = """
names = env["ir.module.module"].search(
    [("state", "=", "installed"), ("name", "=like", "client_extension_%")]
).mapped("name")
import json
print(json.dumps(names))
"""
#: the fewest tests that an honest run of ours counts, without those of the neighbours
FEWEST, FEWEST_OF_ALL = 300, 800


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
    """Of ours those that a neighbour can touch; all of them with `--all`."""
    theirs, between = neighbours.names(), bridges()
    tags = [f"/{name}" for name in (*theirs, *between)]
    tags += [f"/{name}" for name in addons()] if life.everything() else [life.TOUCHED]
    log = life.run_odoo(
        database,
        *("-i", ",".join(theirs), "-u", ADDON, "--test-tags", ",".join(tags)),
        # a port that is free: the tests have a server
        *("--http-port", "0"),
        addons_path=path,
    )
    count = re.search(r"\b0 failed, 0 error\(s\) of (\d+) tests", log)
    fewest = FEWEST_OF_ALL if life.everything() else FEWEST
    assert count and int(count[1]) >= fewest
    assert not life.dirty(log)
    ran = dict(re.findall(r"stats: (\w+): (\d+) tests", log))
    with_tests = neighbours.tested(folder)
    ours = {ADDON, *between, *(addons() if life.everything() else ())}
    assert with_tests and {*with_tests, *ours} <= ran.keys()
    skipped = re.findall(r": skipped \S+ : (.*)", log)
    assert all("an add-on computes names" in reason for reason in skipped)


@pytest.mark.parametrize("database", ["base"], indirect=True)
def test_ours_enters_a_database_that_has_them(database, path):
    life.run_odoo(database, "-i", ",".join(neighbours.names()), addons_path=path)
    log = life.run_odoo(database, "-i", ADDON, addons_path=path)
    assert not life.dirty(log)
    said = life.shell(database, BRIDGES, [f"--addons-path={path}"])
    assert bridges().keys() <= set(json.loads(said.strip().splitlines()[-1]))
