"""Add-ons of the OCA used together with ours: fetched for a test, not for the product.

`testing/addon_tests.py` installs them, and runs their tests and those of ours that they
can touch in one database. They are in the cache, in a separate folder that is not in
the add-ons path of any server.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from ..paths import ROOT, cache, digest, locked

LIST = ROOT / "requirements-neighbours.txt"
COMPLETE = ".complete"


def names() -> list[str]:
    """Return the technical names of the add-ons in the list."""
    lines = (line.partition("==")[0].strip() for line in LIST.read_text().splitlines())
    found = (line for line in lines if line and not line.startswith("#"))
    return [name.removeprefix("odoo-addon-").replace("-", "_") for name in found]


def tested(folder: Path) -> set[str]:
    """Return the names of those in *folder* that have tests."""
    return {name for name in names() if any((folder / name).glob("tests/test_*.py"))}


def ensure() -> Path:
    """Return the folder of the add-ons, fetched if missing."""
    target = cache() / f"neighbours-{digest(LIST.read_bytes())}"
    if not (target / COMPLETE).exists():
        with locked("neighbours"):
            if not (target / COMPLETE).exists():
                shutil.rmtree(target, ignore_errors=True)
                _fetch(target)
                (target / COMPLETE).touch()
    return target / "odoo" / "addons"


def _fetch(target: Path) -> None:
    # Without dependencies: they depend on Odoo, which is here already.
    subprocess.run(
        [
            sys.executable,
            *("-m", "pip", "install", "--quiet", "--no-deps"),
            *("--disable-pip-version-check", "--no-input"),
            *("--target", str(target), "-r", str(LIST)),
        ],
        check=True,
    )
