"""Add-ons of the OCA used together with ours: fetched for a test, not for the product.

`testing/addon_tests.py` installs them, and runs their tests and those of ours that they
can touch in one database. They are in the cache, in a separate folder that is not in
the add-ons path of any server.
"""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..paths import ROOT, cache, digest, locked

LIST = ROOT / "requirements-neighbours.txt"
#: those that `./dev test --neighbours-all` adds
MORE = ROOT / "requirements-neighbours-all.txt"
COMPLETE = ".complete"


def names(every: bool = False) -> list[str]:
    """Return the technical names of the add-ons in the list, or in both lists."""
    lines = (
        line.partition("==")[0].strip()
        for path in _lists(every)
        for line in path.read_text().splitlines()
    )
    found = (line for line in lines if line and not line.startswith("#"))
    return [name.removeprefix("odoo-addon-").replace("-", "_") for name in found]


def tested(folder: Path, chosen: Iterable[str]) -> set[str]:
    """Return the names of those of the *chosen* ones in *folder* that have tests.

    Odoo finds none in a folder that is no package.
    """
    return {
        name
        for name in chosen
        if (folder / name / "tests" / "__init__.py").exists()
        and any((folder / name).glob("tests/test_*.py"))
    }


def installable(chosen: Iterable[str], folders: Iterable[Path]) -> list[str]:
    """Return those of the *chosen* ones that can be installed together: their needs
    are met by add-ons in *folders* and by the Python environment.

    An add-on on PyPI may need another one that is not there for this version. Of two
    that exclude each other, the first one stays.
    """
    folders = list(folders)
    known: dict[str, bool] = {}

    def is_met(name: str) -> bool:
        if name not in known:
            known[name] = False
            values = _manifest(name, folders)
            known[name] = (
                values is not None
                and values.get("installable", True)
                and all(map(_is_importable, _python(values)))
                and all(map(is_met, values.get("depends", ("base",))))
                and not _is_excluded(name, values, _met(known), folders)
            )
        return known[name]

    known["base"] = True
    return [name for name in chosen if is_met(name)]


def ensure(every: bool = False) -> Path:
    """Return the folder of the add-ons of the list, or of both, fetched if missing."""
    lists = _lists(every)
    key = digest(b"".join(path.read_bytes() for path in lists))
    target = cache() / f"neighbours-{key}"
    if not (target / COMPLETE).exists():
        with locked("neighbours"):
            if not (target / COMPLETE).exists():
                shutil.rmtree(target, ignore_errors=True)
                _fetch(target, lists)
                (target / COMPLETE).touch()
    return target / "odoo" / "addons"


def _lists(every: bool) -> list[Path]:
    return [LIST, MORE] if every else [LIST]


def _manifest(name: str, folders: Iterable[Path]) -> dict[str, Any] | None:
    """Return the manifest of an add-on, None if it is in none of the *folders*."""
    for folder in folders:
        path = folder / name / "__manifest__.py"
        if path.exists():
            values: dict[str, Any] = ast.literal_eval(path.read_text())
            return values
    return None


def _met(known: dict[str, bool]) -> list[str]:
    """Return the add-ons that are known to be installable."""
    return [name for name, is_met in known.items() if is_met]


def _is_excluded(
    name: str, values: dict[str, Any], others: Iterable[str], folders: Iterable[Path]
) -> bool:
    """Return whether an add-on and one of the *others* exclude each other."""
    excluded = set(values.get("excludes", ()))
    return any(
        other in excluded
        or name in (_manifest(other, folders) or {}).get("excludes", ())
        for other in others
    )


def _python(manifest: dict[str, Any]) -> list[str]:
    """Return the Python packages that a manifest asks for."""
    needs: list[str] = manifest.get("external_dependencies", {}).get("python", [])
    return needs


def _is_importable(package: str) -> bool:
    """Return whether Odoo's environment has a package of a manifest."""
    name = re.split(r"[<>=!~\[ .]", package)[0]
    return find_spec(name.replace("-", "_")) is not None


def _fetch(target: Path, lists: Iterable[Path]) -> None:
    # Without dependencies: they depend on Odoo, which is here already.
    subprocess.run(
        [
            sys.executable,
            *("-m", "pip", "install", "--quiet", "--no-deps"),
            *("--disable-pip-version-check", "--no-input"),
            *("--target", str(target)),
            *(word for path in lists for word in ("-r", str(path))),
        ],
        check=True,
    )
