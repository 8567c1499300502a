"""Add-ons of the OCA that extend partners as ours do live beside it.

Their tests, and ours beside them: `harness/testing/addon_tests.py`.
"""

import pytest

from harness.databases.templates import bridges
from harness.paths import ADDONS
from harness.setup import neighbours
from harness.testing import life


@pytest.fixture
def database():
    """A database with Odoo's apps, demo data, them and none of our add-ons."""
    folder = neighbours.ensure()
    name = life.clone_with(neighbours.names(), folder, str(folder))
    yield name
    life.drop(name)


def test_ours_enters_a_database_that_has_them(database):
    path = f"{ADDONS},{neighbours.ensure()}"
    log = life.run_odoo(database, "-i", "client_extension", addons_path=path)
    assert not life.dirty(log)
    # They install themselves, once the others are there.
    assert bridges().keys() <= life.databases().installed(database)
