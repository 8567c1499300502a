"""The commands and their options.

A command first runs under the machine's Python, which makes the environment, and
then again inside it: `main` is the same for both.
"""

import argparse
import importlib
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from . import browser, source, venv
from .paths import ROOT
from .say import Fail, say

# command: (module, function, needs Odoo, needs a browser)
COMMANDS = {
    "start": ("server", "start", True, False),
    "test": ("testrun", "test", True, True),
    "lint": ("lint", "lint", False, False),
    "pot": ("translations", "pot", True, False),
}


def parser() -> argparse.ArgumentParser:
    """Return the parser of `./dev`."""
    whole = argparse.ArgumentParser(
        prog="./dev", description="Client Extension for Odoo 19: every command."
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (_start, _test, _lint, _pot):
        add(commands)
    return whole


def _start(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `start`."""
    text = "run Odoo 19 with the add-ons and a demo company"
    one = commands.add_parser("start", help=text, description=text)
    one.add_argument("--port", type=int, default=8069, help="default: 8069")
    one.add_argument(
        "--db",
        default="client_extension",
        help="the database, kept between starts (default: client_extension)",
    )
    one.add_argument(
        "--modules", default="", metavar="A,B", help="install these modules as well"
    )
    one.add_argument(
        "--no-demo",
        dest="demo",
        action="store_false",
        help="a company without demo data (when the database is made)",
    )


def _test(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `test`."""
    text = "run the tests; the last line is `N passed, N failed`"
    one = commands.add_parser("test", help=text, description=text)
    one.add_argument("paths", nargs="*", metavar="PATH", help="only these tests")
    one.add_argument("-k", default="", metavar="EXPR", help="only tests so named")
    one.add_argument(
        "--fast",
        action="store_true",
        help="without browser tours, life tests and the check of translations",
    )


def _lint(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `lint`."""
    text = "run every linter; needs no Odoo"
    one = commands.add_parser("lint", help=text, description=text)
    one.add_argument("--fix", action="store_true", help="mend what can be mended")


def _pot(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `pot`."""
    text = "refresh the terms to translate and merge them into French and Dutch"
    commands.add_parser("pot", help=text, description=text)


def end_on_signals() -> None:
    """Make a request to end (SIGTERM, SIGHUP) leave through every `finally`."""

    def end(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)


def main(argv: list[str]) -> int:
    """Run one command; return the exit code."""
    args = parser().parse_args(argv)
    try:
        if not venv.inside():
            enter(args.command, argv)
        module, function, _, _ = COMMANDS[args.command]
        run = getattr(importlib.import_module(f"harness.{module}"), function)
        end_on_signals()
        return int(run(args))
    except Fail as failure:
        say(f"./dev {args.command}: {failure}")
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


def enter(command: str, argv: list[str]) -> None:
    """Get what *command* needs, then run it again inside the environment."""
    _, _, needs_odoo, needs_browser = COMMANDS[command]
    env = dict(os.environ)
    paths = [str(ROOT)]
    if needs_odoo:
        paths.append(str(source.ensure().path))
    python = venv.ensure()
    if needs_browser:
        browser.ensure()
    env["PYTHONPATH"] = os.pathsep.join(paths)
    env["PATH"] = f"{python.parent}{os.pathsep}{env.get('PATH', os.defpath)}"
    sys.stdout.flush()
    os.execve(python, [str(python), str(Path(ROOT) / "dev"), *argv], env)
