"""Where things are stored: the checkout, its `.dev` folder and the user's cache."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .say import say

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
DEV = ROOT / ".dev"
LOCK_FILE = ROOT / "requirements.lock"
UNCOUNTED = {"__pycache__", "tests"}
NAME = "client-extension-odoo"


def cache() -> Path:
    """Return the cache folder, created if missing.

    `CLIENT_EXTENSION_CACHE` sets it; by default it is in the user's cache folder.
    """
    named = os.environ.get("CLIENT_EXTENSION_CACHE")
    home = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    folder = Path(named) if named else Path(home) / NAME
    folder = folder.expanduser().absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def dev_folder(name: str) -> Path:
    """Return the git-ignored folder `.dev/<name>` of the checkout, made if missing."""
    folder = DEV / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def digest(*parts: object) -> str:
    """Return a short key of *parts*; bytes are hashed unchanged."""
    whole = hashlib.sha256()
    for part in parts:
        raw = part if isinstance(part, bytes) else str(part).encode()
        whole.update(len(raw).to_bytes(8, "big") + raw)
    return whole.hexdigest()[:12]


def files_digest(folders: Iterable[Path]) -> str:
    """Return a key of the names and contents of the files below *folders*.

    Tests are ignored: they do not change a database.
    """
    parts: list[object] = []
    for folder in sorted(folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not UNCOUNTED.intersection(path.parts):
                parts += [path.relative_to(folder.parent), path.read_bytes()]
    return digest(*parts)


@contextmanager
def locked(name: str, short: bool = False) -> Iterator[None]:
    """Let one `./dev` at a time run the step *name*; the others wait.

    They print that they wait, unless the step is *short*.
    """
    with (cache() / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not short:
                say(f"  Waiting for another ./dev that is busy here too ({name}).")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Provide a temporary folder that becomes *target* if the body succeeds.

    A set-up that is killed half-way therefore never leaves an incomplete *target*; the
    next one removes what it left behind.
    """
    for old in target.parent.glob(f".{target.name}.*"):
        shutil.rmtree(old, ignore_errors=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    temporary.chmod(0o755)
    try:
        yield temporary
        if target.exists():
            shutil.rmtree(target)
        temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
