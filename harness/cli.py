"""The commands and their options.

A command first runs under the machine's Python, which makes the environment, and
then again inside it: `main` is the same for both.
"""

import importlib
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from .options import parse
from .paths import ROOT
from .say import Fail, say
from .setup import browser, source, venv

# command: (module, function, needs Odoo, needs a browser)
COMMANDS = {
    "start": ("harness.server", "start", True, False),
    "test": ("harness.testing.testrun", "test", True, True),
    "import": ("harness.transfer", "import_file", True, False),
    "export": ("harness.transfer", "export_file", True, False),
    "shell": ("harness.shell", "shell", True, False),
    "bench": ("benchmarks.commands.bench", "bench", True, False),
    "lint": ("harness.lint", "lint", False, False),
    "shots": ("harness.shots", "shots", True, True),
    "pot": ("harness.translations", "pot", True, False),
    "readme": ("harness.documents", "readme", False, False),
    "dashboards": ("harness.dashboards.files", "dashboards", False, False),
    "changelog": ("harness.documents", "changelog", False, False),
}


def end_on_signals() -> None:
    """Make termination signals (SIGTERM, SIGHUP) run every `finally`."""

    def end(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)


def main(argv: list[str]) -> int:
    """Run one command; return the exit code."""
    args = parse(argv)
    try:
        if not venv.inside():
            enter(args.command, argv)
        module, function, _, _ = COMMANDS[args.command]
        run = getattr(importlib.import_module(module), function)
        end_on_signals()
        return int(run(args))
    except Fail as failure:
        say(f"./dev {args.command}: {failure}")
        return 1
    except BrokenPipeError:
        # The reader of our output has closed it; Python would report an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


def enter(command: str, argv: list[str]) -> None:
    """Install what *command* needs, then run it again inside the environment."""
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
