"""Which of Odoo's own tests fail because of our add-ons."""

import pytest

from harness.say import Fail
from harness.testing import odoo_suites

HEAD = "2026-11-28 03:47:21,931 10602"
ADDONS = "db odoo.addons"
LOG = f"""\
{HEAD} INFO {ADDONS}.sale.tests.test_a: Starting TestA.test_one ...
{HEAD} ERROR {ADDONS}.sale.tests.test_a: FAIL: TestA.test_one
AssertionError: 1 != 2
{HEAD} ERROR {ADDONS}.crm.tests.test_b: ERROR: Subtest TestB.test_two (x)
{HEAD} ERROR {ADDONS}.crm.tests.test_b: ERROR: Subtest TestB.test_two (y)
{HEAD} ERROR db odoo.tests.suite: ERROR: setUpClass (odoo.addons.account.tests.c.TestC)
{HEAD} ERROR db odoo.sql_db: bad query
{HEAD} ERROR db odoo.tests.result: 1 failed, 3 error(s) of 7 tests when loading
"""


def test_what_failed_is_read_as_tags_that_run_it_again():
    run = odoo_suites.read(LOG)
    assert run.count == 7
    assert run.failed == {
        "/sale:TestA.test_one",
        "/crm:TestB.test_two",
        "/account:TestC",
    }


def test_a_run_that_ended_early_is_no_success():
    with pytest.raises(Fail, match="did not run to their end"):
        odoo_suites.read(f"{HEAD} CRITICAL db odoo.service.server: out of memory")


class Databases:
    """Templates that are there."""

    def template(self):
        return "ours"

    def base(self, _modules, _demo):
        return "stock"


@pytest.fixture
def runs(monkeypatch):
    """:return: what was run; `{template: failed}` says what fails there"""
    told = {"ours": {"/a:A.x", "/a:A.y"}, "stock": {"/a:A.y"}, "asked": []}

    def run(_databases, template, _title, tags):
        told["asked"].append((template, list(tags)))
        return odoo_suites.Run(50, frozenset(told[template]))

    monkeypatch.setattr(odoo_suites, "run", run)
    return told


def test_what_fails_without_us_too_is_not_ours(runs, capsys):
    result = odoo_suites.compare(Databases(), ["a"])
    assert (result.passed, result.failed, result.details) == (49, 1, "/a:A.x")
    assert runs["asked"] == [
        ("ours", ["/a"]),
        ("stock", ["/a:A.x", "/a:A.y"]),
        ("ours", ["/a:A.x"]),
    ]
    assert "Fails with our add-ons alone: /a:A.x" in capsys.readouterr().err


def test_nothing_runs_twice_when_nothing_failed(runs):
    runs["ours"] = set()
    assert odoo_suites.compare(Databases(), ["a"]).failed == 0
    assert len(runs["asked"]) == 1
