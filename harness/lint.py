"""`./dev lint`: every linter, in about the time of the slowest."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import documents, house, po
from .paths import ADDONS, ROOT
from .run import tail
from .say import Fail, duration, say
from .setup import npm

ROOMS = (
    ("client_extension", "importer"),
    ("client_extension_letter", "letter_layout"),
    ("client_extension_letter", "statement_layout"),
)
"""Code of add-ons that does not use Odoo: the add-on, and the folder in it."""
PRETTY = "**/*.{xml,js,json,scss,yaml,yml,md}"
#: top-level folders whose Python is fully typed and documented
PLAIN = ("harness", "benchmarks")
Check = Callable[[bool], str]


def run(command: Sequence[str | Path], cwd: Path = ROOT, path: str = "") -> str:
    """Run a linter; return its findings, an empty text if there are none."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": path or os.environ.get("PYTHONPATH", "")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
    )
    return done.stdout or "failed" if done.returncode else ""


def python(*words: str | Path, cwd: Path = ROOT, path: str = "") -> str:
    """Run a Python module as a linter."""
    return run([sys.executable, "-m", *words], cwd, path)


def addon_paths() -> list[str]:
    """Return the add-ons, relative to the checkout."""
    found = sorted(ADDONS.glob("*/__manifest__.py"))
    return [str(manifest.parent.relative_to(ROOT)) for manifest in found]


def exists(addon: str, room: str) -> bool:
    """Return whether this checkout has a folder of code without Odoo."""
    return (ADDONS / addon / room).is_dir()


def engines() -> list[str]:
    """Return the folders of Python code that does not use Odoo."""
    folders = [ADDONS / addon / room for addon, room in ROOMS if exists(addon, room)]
    return [*PLAIN, *(str(path.relative_to(ROOT)) for path in sorted(folders))]


def ruff(fix: bool) -> str:
    """Lint and format Python; require types and docstrings in code without Odoo."""
    fixing = ["--fix"] if fix else []
    strict = ["--extend-select=ANN,D1", "--ignore=ANN401,D105,D107,RUF012"]
    check = ("ruff", "check", "--quiet", "--output-format=concise", *fixing)
    found = python(*check, ".") + python(*check, *strict, *engines())
    return found + python(
        "ruff", "format", "--quiet", *([] if fix else ["--diff"]), "."
    )


def pylint(_fix: bool) -> str:
    """Check the rules for Odoo's Python."""
    paths = addon_paths()
    return python("pylint", "--rcfile=.pylintrc", *paths) if paths else ""


def oca(fix: bool) -> str:
    """Check manifests, XML, CSV and translation files as the OCA does."""
    fixing = ["--fix"] if fix else []
    paths = addon_paths()
    if not paths:
        return ""
    found = python("oca_pre_commit_hooks.cli", *fixing, *paths)
    files = [str(path.relative_to(ROOT)) for path in ADDONS.glob("*/i18n/*.po*")]
    if files:
        # Its own layout empties terms that are the same in both languages.
        plain = "--disable=po-pretty-format"
        found += python("oca_pre_commit_hooks.cli_po", plain, *fixing, *sorted(files))
    return found


def prettier(fix: bool) -> str:
    """Format XML, JavaScript, styles and texts."""
    script = npm.ensure() / "prettier" / "bin" / "prettier.cjs"
    return run(["node", script, "--write" if fix else "--check", PRETTY])


def layers(_fix: bool) -> str:
    """Check that the import engine is free of Odoo, and the order of all modules."""
    if not all(exists(addon, room) for addon, room in ROOMS):
        return ""
    # Include the add-on by its own name: it is read, not imported, and needs no Odoo.
    path = os.pathsep.join(map(str, (ADDONS, *(ADDONS / addon for addon, _ in ROOMS))))
    code = "from importlinter.cli import lint_imports_command as go; go()"
    return run([sys.executable, "-c", code, "--no-cache"], path=path)


def mypy(_fix: bool) -> str:
    """Check the types of code that does not use Odoo."""
    config = f"--config-file={ROOT / 'pyproject.toml'}"
    found = python("mypy", config, *PLAIN)
    for addon, room in ROOMS:
        if exists(addon, room):
            found += python("mypy", config, room, cwd=ADDONS / addon)
    return found


def translated(_fix: bool) -> str:
    """Check that the French and Dutch translations are complete."""
    return "\n".join(po.incomplete())


def bars(_fix: bool) -> str:
    """Print the figures of the code base, and check their limits."""
    said, faults = house.check()
    say("\n".join(f"    {line}" for line in said))
    return "\n".join(faults)


def readmes(fix: bool) -> str:
    """Check that README.rst and the page of the Apps store match their fragments."""
    try:
        old = [str(path.relative_to(ROOT)) for path, _ in documents.stale()]
    except Fail as failure:
        return str(failure)
    if fix and old:
        documents.readme(argparse.Namespace())
        return ""
    return "".join(f"{path} is not fresh: run ./dev readme.\n" for path in old)


CHECKS: tuple[Check, ...] = (
    pylint,
    prettier,
    mypy,
    oca,
    ruff,
    layers,
    translated,
    bars,
    readmes,
)


def timed(check: Check, fix: bool) -> bool:
    """Run *check*, print its findings, return whether there are none."""
    start = time.monotonic()
    found = check(fix)
    spent = duration(time.monotonic() - start)
    say(f"  {check.__name__}: {'FAILED' if found else 'ok'} ({spent})")
    if found:
        say(tail(found, 60))
    return not found


def chosen(names: Sequence[str]) -> list[Check]:
    """Return the linters called *names*, or all linters if there are no names."""
    known = {check.__name__: check for check in CHECKS}
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise Fail(f"There is no linter {unknown[0]}. Linters: {', '.join(known)}.")
    return [known[name] for name in names or known]


def lint(args: argparse.Namespace) -> int:
    """Run the linters; the exit code is 0 if there are no findings."""
    checks = chosen(args.names)
    # Two linters that fix files at the same time would undo each other's work.
    with ThreadPoolExecutor(1 if args.fix else os.cpu_count()) as pool:
        fine = list(pool.map(lambda check: timed(check, args.fix), checks))
    return 0 if all(fine) else 1
