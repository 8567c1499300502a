"""The commands that every customer has: `odoo-bin client_import`, `client_export`.

One of each starts by itself, as customers start them.
"""

import json
import os
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from harness.databases import odoobin
from harness.databases.forks import Forks
from harness.testing import life

FILE = "reference;name;city;email\nCLI1;Anna Peeters;Gent;\nCLI2;Zoé;Lyon;zoe\n"


@pytest.fixture(scope="module")
def database():
    """A database with our add-ons and demo data."""
    name = life.clone("addons")
    yield name
    life.drop(name)


@pytest.fixture(scope="module")
def run(database):
    """A function that runs a command in that database: it returns the command as it
    ended, with exit code, standard output and error. Odoo is loaded once for all.
    """
    with Forks(Path(os.environ["CLIENT_EXTENSION_CONF"]), database) as odoo:
        yield lambda name, *words, other="": odoo.run(
            command(other or database, name, *words)[3:]
        )


@pytest.fixture
def clients(tmp_path):
    """A file of two clients, of whom one cannot be imported."""
    path = tmp_path / "clients.csv"
    path.write_text(FILE)
    return path


def command(database, name, *words):
    """:return: list: the words of Python, `odoo-bin` and the command"""
    conf = Path(os.environ["CLIENT_EXTENSION_CONF"])
    return odoobin.addon_command(conf, database, name, *map(str, words))


def start(database, name, *words):
    """:return: the command as it ended: exit code, standard output and error"""
    return subprocess.run(
        command(database, name, *words),
        capture_output=True,
        text=True,
        env=odoobin.environment(),
    )


def references(database):
    """:return: list: the references of the clients that these tests import"""
    query = "SELECT ref FROM res_partner WHERE ref LIKE 'CLI%' ORDER BY ref"
    server = life.databases().server
    with closing(server.connect(database)) as link, link.cursor() as cursor:
        cursor.execute(query)
        return [reference for (reference,) in cursor.fetchall()]


def test_a_check_writes_nothing_an_import_writes_and_says_what(database, run, clients):
    done = run("client_import", clients, "--check", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    checked = json.loads(done.stdout)
    assert (checked["state"], checked["created"]) == ("checked", 1)
    assert references(database) == []

    words = ("--mode", "create_skip", "--json", clients)
    done = start(database, "client_import", *words)
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
        "unknown_values": [],
        "questions": [],
    }
    assert references(database) == ["CLI1"]

    copy = clients.with_name("copy.csv")
    domain = "[('ref', '=', 'CLI1')]"
    words = (copy, "--domain", domain, "--columns", "reference,name")
    done = run("client_export", *words)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    exported = copy.read_text("utf-8-sig")
    assert exported.splitlines() == ["reference;name", "CLI1;Anna Peeters"]
    words = ("-", "--domain", domain, "--columns", "reference,name")
    done = start(database, "client_export", *words)
    assert done.stdout.lstrip("\ufeff") == exported
    done = run("client_import", copy)
    assert done.stdout.startswith("done: 1 rows, 0 created, 0 updated, 1 unchanged")


def test_a_broken_file_is_refused_whole(run, tmp_path):
    path = tmp_path / "clients.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    done = run("client_import", path, "--json")
    assert (done.returncode, done.stderr) == (1, "")
    told = json.loads(done.stdout)
    assert (told["state"], told["rows"], len(told["problems"])) == ("failed", 0, 1)


def test_what_cannot_be_done_is_one_sentence(database, run, clients, tmp_path):
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
        done = run("client_import", *words)
        assert (done.returncode, done.stdout) == (1, "")
        assert sentence in done.stderr
        # Odoo words a missing right itself, in several lines.
        if "cleaner" not in words:
            assert len(done.stderr.splitlines()) == 1
        assert "Traceback" not in done.stderr
    done = run("client_import", clients, other="there_is_none_such")
    assert done.returncode == 1
    assert done.stderr == (
        "The database there_is_none_such cannot be opened: "
        'database "there_is_none_such" does not exist\n'
    )


def test_help_and_wrong_options(run):
    for name in ("client_import", "client_export"):
        done = run(name, "--help")
        assert done.returncode == 0
        assert "Exit codes: 0" in done.stdout
    assert run("client_import", "a.csv", "--mode", "dance").returncode == 2
    assert run("client_import", "a.csv", "--dance").returncode == 2
