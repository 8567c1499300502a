"""The commands that every customer has: `odoo-bin client_import`, `client_export`."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from harness.databases import odoobin
from harness.testing import life

FILE = "reference;name;city;email\nCLI1;Anna Peeters;Gent;\nCLI2;Zoé;Lyon;zoe\n"


@pytest.fixture(scope="module")
def database():
    """A database with our add-ons and demo data."""
    name = life.clone("addons")
    yield name
    life.drop(name)


@pytest.fixture
def clients(tmp_path):
    """A file of two clients, of whom one cannot be imported."""
    path = tmp_path / "clients.csv"
    path.write_text(FILE)
    return path


def run(database, name, *words):
    """:return: the command as it ended: exit code, standard output and error"""
    conf = Path(os.environ["CLIENT_EXTENSION_CONF"])
    return subprocess.run(
        odoobin.addon_command(conf, database, name, *map(str, words)),
        capture_output=True,
        text=True,
        env=odoobin.environment(),
    )


def references(database):
    """:return: the references of the clients that these tests import"""
    domain = [("ref", "=like", "CLI%")]
    script = f"print(env['res.partner'].search({domain}, order='ref').mapped('ref'))"
    return life.shell(database, script).strip()


def test_a_check_writes_nothing_an_import_writes_and_says_what(database, clients):
    done = run(database, "client_import", clients, "--check", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    checked = json.loads(done.stdout)
    assert (checked["state"], checked["created"]) == ("checked", 1)
    assert references(database) == "[]"

    done = run(database, "client_import", "--mode", "create_skip", "--json", clients)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told.pop("seconds") > 0
    (problem,) = told.pop("problems")
    assert (problem["line"], problem["column"], problem["value"]) == (3, "email", "zoe")
    assert told == {
        "state": "done_with_problems",
        "rows": 2,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "skipped": 0,
        "rejected": 1,
    }
    assert references(database) == "['CLI1']"

    copy = clients.with_name("copy.csv")
    domain = "[('ref', '=', 'CLI1')]"
    words = (copy, "--domain", domain, "--columns", "reference,name")
    done = run(database, "client_export", *words)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    exported = copy.read_text("utf-8-sig")
    assert exported.splitlines() == ["reference;name", "CLI1;Anna Peeters"]
    words = ("-", "--domain", domain, "--columns", "reference,name")
    done = run(database, "client_export", *words)
    assert done.stdout.lstrip("\ufeff") == exported
    done = run(database, "client_import", copy)
    assert done.stdout.startswith("done: 1 rows, 0 created, 0 updated, 1 unchanged")


def test_a_broken_file_is_refused_whole(database, tmp_path):
    path = tmp_path / "clients.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    done = run(database, "client_import", path, "--json")
    assert (done.returncode, done.stderr) == (1, "")
    told = json.loads(done.stdout)
    assert (told["state"], told["rows"], len(told["problems"])) == ("failed", 0, 1)


def test_what_cannot_be_done_is_one_sentence(database, clients, tmp_path):
    life.shell(
        database,
        "env['res.users'].create({'name': 'Cleaner', 'login': 'cleaner'})\n"
        "env.cr.commit()",
    )
    for words, sentence in (
        ((clients, "--user", "nobody"), "no active user with the login “nobody”"),
        ((clients, "--user", "cleaner"), "not allowed"),
        ((clients, "--company", "Elsewhere"), "no company named “Elsewhere”"),
        ((clients, "--mapping", "Old"), "no mapping named “Old”"),
        ((tmp_path / "none.csv",), "cannot be read: No such file or directory."),
    ):
        done = run(database, "client_import", *words)
        assert (done.returncode, done.stdout) == (1, "")
        assert sentence in done.stderr
        # Odoo words a missing right itself, in several lines.
        if "cleaner" not in words:
            assert len(done.stderr.splitlines()) == 1
        assert "Traceback" not in done.stderr
    done = run("there_is_none_such", "client_import", clients)
    assert done.returncode == 1
    assert done.stderr == (
        "The database there_is_none_such cannot be opened: "
        'database "there_is_none_such" does not exist\n'
    )


def test_help_and_wrong_options(database):
    for name in ("client_import", "client_export"):
        done = run(database, name, "--help")
        assert done.returncode == 0
        assert "Exit codes: 0" in done.stdout
    assert run(database, "client_import", "a.csv", "--mode", "dance").returncode == 2
    assert run(database, "client_import", "a.csv", "--dance").returncode == 2
