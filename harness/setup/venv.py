"""The Python environment: one venv for each lock file and Python version."""

import shutil
import subprocess
import sys
from pathlib import Path

from ..paths import LOCK_FILE, cache, digest, locked
from ..run import quiet
from ..say import Fail, step

COMPLETE = ".complete"
VERSIONS = ("3.12", "3.11")
PROBE = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"


def version_of(program: str) -> str:
    """Return the version of a Python that can make a venv, else an empty text."""
    try:
        done = subprocess.run([program, "-c", PROBE], capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip()


def interpreter() -> tuple[str, str]:
    """Return the Python to use and its version: this one if suitable, else another."""
    names = [sys.executable, *(f"python{version}" for version in VERSIONS)]
    for name in names:
        program = shutil.which(name)
        version = version_of(program) if program else ""
        if program and version in VERSIONS:
            return program, version
    raise Fail(
        "No Python 3.11 or 3.12 that can make a venv was found: install one "
        "(Debian: apt-get install python3.11-venv) and try again."
    )


def folder(version: str) -> Path:
    """Return the folder of the venv of the current lock file."""
    return cache() / f"venv-{version}-{digest(LOCK_FILE.read_bytes())}"


def inside() -> bool:
    """Return whether this process runs in the project's venv."""
    return Path(sys.prefix) == folder(".".join(map(str, sys.version_info[:2])))


def ensure() -> Path:
    """Return the Python of the venv, created from the lock file if missing."""
    program, version = interpreter()
    target = folder(version)
    if not (target / COMPLETE).exists():
        with locked("venv"):
            if not (target / COMPLETE).exists():
                with step(f"Installing the Python {version} environment"):
                    _make(program, target)
    return target / "bin" / "python"


def _make(program: str, target: Path) -> None:
    """Create the venv in its final place, which its scripts name; mark it complete."""
    shutil.rmtree(target, ignore_errors=True)
    quiet([program, "-m", "venv", target], "The Python venv could not be made.")
    quiet(
        [
            target / "bin" / "python",
            *("-m", "pip", "install", "--quiet", "--no-deps"),
            *("--disable-pip-version-check", "--no-input", "-r", LOCK_FILE),
        ],
        "The Python packages could not be installed: is a package index reachable?",
    )
    (target / COMPLETE).touch()
