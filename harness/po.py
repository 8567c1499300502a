"""Reads and merges translation files; needs no Odoo."""

from collections.abc import Iterator
from pathlib import Path

import polib

from .paths import ADDONS

LANGUAGES = ("fr", "nl")
DATES = ("POT-Creation-Date", "PO-Revision-Date")
Terms = dict[str, tuple[tuple[str, str], ...]]


def terms(path: Path) -> Terms:
    """Return each term of *path* with its places in the source."""
    if not path.exists():
        return {}
    return {entry.msgid: tuple(entry.occurrences) for entry in polib.pofile(str(path))}


def difference(committed: Terms, exported: Terms) -> list[str]:
    """Describe the missing and the superfluous terms of the committed file."""
    new = [f"new: {term!r}" for term in exported if term not in committed]
    old = [f"gone: {term!r}" for term in committed if term not in exported]
    moved = [
        f"moved: {term!r}"
        for term, places in exported.items()
        if term in committed and committed[term] != places
    ]
    return sorted(new) + sorted(old) + sorted(moved)


def tidy(pot: Path) -> None:
    """Remove the dates from a fresh export: they would change on every run."""
    content = polib.pofile(str(pot))
    for name in DATES:
        content.metadata.pop(name, None)
    content.save(str(pot))


def merge(pot: Path, language: str) -> None:
    """Bring the translation next to *pot* up to date, keeping what is translated."""
    path = pot.with_name(f"{language}.po")
    reference = polib.pofile(str(pot))
    po = polib.pofile(str(path)) if path.exists() else polib.POFile()
    po.metadata = {**reference.metadata, **po.metadata, "Language": language}
    for name in DATES:
        po.metadata.pop(name, None)
    po.merge(reference)
    order = {entry.msgid: number for number, entry in enumerate(reference)}
    kept = [entry for entry in po if not entry.obsolete]
    po[:] = sorted(kept, key=lambda entry: order.get(entry.msgid, len(order)))
    po.save(str(path))


def incomplete(addons: Path = ADDONS) -> Iterator[str]:
    """List what is missing in each French and Dutch file below *addons*."""
    for pot in sorted(addons.glob("*/i18n/*.pot")):
        for language in LANGUAGES:
            path = pot.with_name(f"{language}.po")
            name = path.relative_to(addons.parent)
            if not path.exists():
                yield f"{name} is missing: run ./dev pot and translate it."
                continue
            po = polib.pofile(str(path))
            left = [entry.msgid for entry in po.untranslated_entries()]
            left += [entry.msgid for entry in po.fuzzy_entries()]
            if left:
                yield f"{name}: {len(left)} terms to translate, first {left[0]!r}."
