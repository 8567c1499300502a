"""Reads and merges translation files; needs no Odoo."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

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


def tidy(pot: Path, addons: Path = ADDONS) -> None:
    """Remove the dates from a fresh export, which would change on every run, the terms
    of demo data, which nobody translates, and Odoo's own help of display names, which
    is exported with every add-on that extends the model.
    """
    content = polib.pofile(str(pot))
    for name in DATES:
        content.metadata.pop(name, None)
    demo = demo_records(addons / pot.stem)
    for entry in list(content):
        places = [
            place
            for place in entry.occurrences
            if place_of(place) not in demo and not is_of_odoo(place)
        ]
        if entry.occurrences and not places:
            content.remove(entry)
        entry.occurrences = places
    content.save(str(pot))


def place_of(occurrence: tuple[str, str]) -> str:
    """Return the external id at the end of a place in the source, if there is one."""
    return ":".join(filter(None, occurrence)).rpartition(":")[2]


def is_of_odoo(occurrence: tuple[str, str]) -> bool:
    """Whether a place is the help of a display name, which only Odoo writes."""
    place = ":".join(filter(None, occurrence))
    return place.startswith("model:ir.model.fields,help:") and place.endswith(
        "__display_name"
    )


def demo_records(addon: Path) -> set[str]:
    """Return the external ids of the demo data of an add-on."""
    found = set()
    for path in addon.glob("demo/*.xml"):
        for node in ElementTree.parse(path).iter("record"):
            name = node.get("id", "")
            name = name if "." in name else f"{addon.name}.{name}"
            # Odoo names the template that it makes of a product after it.
            found |= {name, f"{name}_product_template"}
    return found


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
