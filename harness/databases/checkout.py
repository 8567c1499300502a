"""The database of a checkout: each clone has its own."""

import secrets
from collections.abc import Iterator
from pathlib import Path

from ..paths import ROOT, cache

NOTE = Path(".dev", "database")


def database() -> str:
    """Return the name of this checkout's database, chosen when it is first asked for.

    The user's cache notes which checkout it belongs to, for `abandoned`.
    """
    note = ROOT / NOTE
    if not note.exists():
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(f"client_extension_{secrets.token_hex(3)}")
    name = note.read_text().strip()
    _owners().joinpath(name).write_text(str(ROOT))
    return name


def abandoned() -> Iterator[str]:
    """Yield the databases whose checkout is gone, or now has another database."""
    for owner in sorted(_owners().iterdir()):
        note = Path(owner.read_text()) / NOTE
        if not note.exists() or note.read_text().strip() != owner.name:
            yield owner.name
            owner.unlink()


def _owners() -> Path:
    """Return the folder with a file per database that has its checkout's path."""
    folder = cache() / "checkouts"
    folder.mkdir(exist_ok=True)
    return folder
