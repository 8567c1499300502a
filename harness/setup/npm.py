"""The linters that come from npm, installed into the checkout's `node_modules`."""

from pathlib import Path

from ..paths import ROOT, digest, locked
from ..run import has, quiet
from ..say import Fail, step

FOLDER = ROOT / "node_modules"
STAMP = FOLDER / ".client-extension"


def ensure() -> Path:
    """Return the folder of the packages, installed from package-lock.json."""
    key = digest((ROOT / "package-lock.json").read_bytes())
    if _is(key):
        return FOLDER
    if not has("npm") or not has("node"):
        raise Fail("prettier needs Node.js 18 or newer: apt-get install nodejs npm.")
    with locked("npm"):
        if not _is(key):
            with step("Installing prettier"):
                quiet(
                    ["npm", "ci", "--no-audit", "--no-fund"],
                    "npm ci failed: is the npm registry reachable?",
                    cwd=ROOT,
                )
            STAMP.write_text(key)
    return FOLDER


def _is(key: str) -> bool:
    """Return whether the packages of the lock file *key* are installed."""
    return STAMP.exists() and STAMP.read_text() == key
