"""Tests that are known to fail beside all add-ons of the OCA, each with its reason.

A line of the list is Odoo's tag of a test of theirs (`/addon:Class.test`), or the name
that pytest gives a test or a class of ours (`addons/.../test_x.py::Class`).
"""

from collections.abc import Iterable
from pathlib import Path

KNOWN = Path(__file__).with_name("neighbours_known.txt")


def read_known(path: Path = KNOWN) -> set[str]:
    """Return the tests in the list."""
    lines = (line.strip() for line in path.read_text().splitlines())
    return {line for line in lines if line and not line.startswith("#")}


def is_known(name: str, known: Iterable[str]) -> bool:
    """Return whether a test of ours, or its class, is among the *known* ones."""
    return any(name == one or name.startswith(f"{one}::") for one in known)


def unexpected(failed: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return the *failed* tests that are not *known*, and the known ones that pass."""
    failed, known = set(failed), set(known)
    again = [f"{tag} passes again: take it off {KNOWN.name}." for tag in known - failed]
    return sorted([*(failed - known), *again])
