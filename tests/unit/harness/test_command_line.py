"""The options of ./dev, and failures in one sentence."""

import re
import subprocess
import sys

import pytest

from harness import cli, options
from harness.paths import ROOT


def run(*words, **env):
    return subprocess.run(
        [sys.executable, ROOT / "dev", *words], capture_output=True, text=True, env=env
    )


def test_help_names_every_command():
    words = run("--help").stdout
    for command in cli.COMMANDS:
        assert re.search(rf"\n    {command}\s", words)


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_explains_itself(command):
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"./dev {command}" in done.stdout


def test_an_unknown_command_is_refused():
    done = run("dance")
    assert done.returncode == 2
    assert "invalid choice: 'dance'" in done.stderr


def test_import_hands_its_options_to_the_command_of_the_addon():
    words = "import --mode create a.csv --category A --check --json --delimiter ;"
    args = options.parse(words.split())
    assert args.words == words.split()[1:]
    assert args.db.startswith("client_extension_")
    args = options.parse(["export", "a.csv", "--db", "mine", "--domain", "[]"])
    assert (args.db, args.words) == ("mine", ["a.csv", "--domain", "[]"])


def test_other_commands_refuse_what_they_do_not_know(capsys):
    with pytest.raises(SystemExit):
        options.parse(["lint", "--dance"])
    assert "unrecognized arguments: --dance" in capsys.readouterr().err


def test_start_has_demo_data_unless_told_otherwise():
    parse = options.parser().parse_args
    assert parse(["start"]).demo
    assert not parse(["start", "--no-demo"]).demo


def test_an_odoo_path_without_odoo_is_one_sentence(tmp_path):
    done = run(
        "shell",
        PATH="/usr/bin:/bin",
        ODOO_PATH=str(tmp_path),
        CLIENT_EXTENSION_CACHE=str(tmp_path / "cache"),
    )
    assert done.returncode == 1
    assert done.stderr == (
        f"./dev shell: There is no Odoo in {tmp_path}: "
        "it should hold a folder named odoo.\n"
    )


def test_no_apt_and_no_git_is_one_sentence(tmp_path):
    done = run("shell", PATH="", CLIENT_EXTENSION_CACHE=str(tmp_path / "cache"))
    assert done.returncode == 1
    assert done.stderr.startswith("./dev shell: Odoo 19 cannot be had here: ")
    assert "Traceback" not in done.stderr
