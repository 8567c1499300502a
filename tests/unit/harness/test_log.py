"""Which lines of Odoo's log make a test run red."""

import re
from itertools import pairwise

import pytest

from harness.testing import logscan

HEAD = "2026-11-21 22:32:15,543 3465"
WARNING = f"{HEAD} WARNING db odoo.models: field without a label"
LOG = [
    f"{HEAD} INFO db odoo.modules.loading: Loading module",
    WARNING,
    "  a second line of it, WARNING in its text",
    f"{HEAD} \x1b[1;31mERROR\x1b[0m db odoo.sql_db: bad query: SELECT",
    f"{HEAD} CRITICAL db odoo.modules: all is lost",
]


def test_warnings_and_worse_are_found():
    assert list(logscan.unexpected(LOG, [])) == [
        "WARNING db odoo.models: field without a label",
        "ERROR db odoo.sql_db: bad query: SELECT",
        "CRITICAL db odoo.modules: all is lost",
    ]


def test_an_exception_is_named_with_its_line():
    log = [
        f"{HEAD} WARNING ? odoo.http: Database or registry unusable",
        "Traceback (most recent call last):",
        '  File "http.py", line 1, in _serve_db',
        "psycopg2.OperationalError: it is gone",
        f"{HEAD} INFO db odoo.modules.loading: Loading module",
    ]
    assert list(logscan.unexpected(log, [])) == [
        "WARNING ? odoo.http: Database or registry unusable "
        "(psycopg2.OperationalError: it is gone)"
    ]


def test_what_is_allowed_is_not_found():
    allowed = [re.compile("without a label"), re.compile(r"bad query|all is")]
    assert not list(logscan.unexpected(LOG, allowed))


LATE_REQUEST = "AttributeError: 'TestATour' object has no attribute {!r}"


@pytest.mark.parametrize(
    ("attribute", "count"), [("http_request_allow_all", 0), ("opener", 1)]
)
def test_a_late_request_between_two_tests_is_told_from_a_broken_database(
    attribute, count
):
    log = [
        f"{HEAD} WARNING ? odoo.http: Database or registry unusable, trying without ",
        "Traceback (most recent call last):",
        '  File "http.py", line 1, in _serve_db',
        LATE_REQUEST.format(attribute),
    ]
    assert len(list(logscan.unexpected(log, logscan.read_allowed()))) == count


def test_a_line_counts_once_and_a_missing_log_not_at_all(tmp_path):
    log = tmp_path / "a.log"
    log.write_text(f"{WARNING}\n{WARNING}\n")
    assert logscan.scan([log, log, tmp_path / "none.log"]) == [
        "a: WARNING db odoo.models: field without a label"
    ]


def test_every_allowed_line_has_a_reason():
    lines = logscan.ALLOWED.read_text().splitlines()
    for above, line in pairwise(lines):
        if line and not line.startswith("#"):
            assert above.startswith("#"), line
    assert all(isinstance(one, re.Pattern) for one in logscan.read_allowed())
