"""A plugin for pytest-odoo: what the tests of a process have in common.

- The shared data of the tests are created once. Without it, under Odoo's own runner,
  each class of tests creates them for itself.
- Reports do not wait a second for scripts: ours have none that take time.
- All tours run in one Chromium, if there is one: see `kept_browser`.
- Tours end when their page is at rest: see `tidy_browser`.
- `--tag NAME`: of files with this test tag of Odoo's only the classes that have it.
- `--known FILE`: the tests that this list names are expected to fail, and have to.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from .kept_browser import KeptBrowser
from .known import is_known, read_known
from .pytests import CHROMIUM
from .selection import lacks
from .tidy_browser import TidyBrowser


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    text = "of files with this test tag of Odoo's only classes that have it"
    parser.addoption("--tag", default="", help=text)
    text = "list of tests that are expected to fail: a failure if one passes"
    parser.addoption("--known", default="", help=text)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out the classes that lack the tag, in files where others have it."""
    tag = config.getoption("--tag")
    if tag:
        out = [item for item in items if lacks(tag, _tags(item), item.path)]
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]
    if path := config.getoption("--known"):
        known = read_known(Path(path))
        for item in items:
            if is_known(item.nodeid, known):
                item.add_marker(pytest.mark.xfail(reason=path, strict=True))


def _tags(item: pytest.Item) -> set[str]:
    """Return the test tags of the class of a test."""
    tags: set[str] = getattr(getattr(item, "cls", None), "test_tags", set())
    return tags


@pytest.fixture(scope="session", autouse=True)
def world(load_registry: None) -> None:
    """Create the shared data in the database, which is dropped after the tests."""
    from passlib.context import CryptContext

    import odoo.api
    from odoo.modules.registry import Registry
    from odoo.tests.common import get_db_name

    from odoo.addons.client_extension.tests.common import keep_world

    # As in Odoo's own test classes: nobody logs in with these passwords.
    quick = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1)
    users = "odoo.addons.base.models.res_users.ResUsersPatchedInTest"
    with (
        patch(f"{users}._crypt_context", lambda _user: quick),
        Registry(get_db_name()).cursor() as cursor,
    ):
        env = odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
        keep_world(env)
        # wkhtmltopdf sleeps so long after each page has loaded: milliseconds.
        env["ir.config_parameter"].set_param("report.print_delay", "1")


@pytest.fixture(scope="session", autouse=True)
def browser() -> Iterator[None]:
    """Run all tours in one Chromium, if there is one."""
    from odoo.tests import common

    one = KeptBrowser if os.environ.get(CHROMIUM) else TidyBrowser
    with patch.object(common, "ChromeBrowser", one):
        yield
