"""`./dev pot`: export the terms of the add-ons with Odoo and merge them."""

import argparse
from pathlib import Path

from . import po
from .databases import odoobin
from .databases.session import session
from .databases.templates import addons
from .paths import ADDONS, dev_folder
from .say import say, step


def export(conf: Path, database: str, name: str) -> Path:
    """Return a fresh .pot of the add-on *name*, in the `.dev` folder."""
    path = dev_folder("pot") / f"{name}.pot"
    path.unlink(missing_ok=True)
    source = ("-c", conf, "-d", database)
    odoobin.call(
        odoobin.command("i18n", "export", *source, "-l", "pot", "-o", path, name),
        odoobin.log_file("pot"),
        f"Odoo cannot export the terms of {name}.",
    )
    if path.exists():
        po.tidy(path)
    return path


def check_pots(conf: Path, database: str) -> list[str]:
    """Return a sentence for each add-on whose committed .pot is out of date."""
    stale = []
    for name in addons():
        fresh = po.terms(export(conf, database, name))
        wrong = po.difference(po.terms(ADDONS / name / "i18n" / f"{name}.pot"), fresh)
        if wrong:
            head = f"The terms of {name} have changed, run ./dev pot"
            stale.append(f"{head}: {'; '.join(wrong[:5])} ({len(wrong)} in all)")
    return stale


def pot(_args: argparse.Namespace) -> int:
    """Export every add-on's terms and merge them into the French and Dutch files."""
    with session() as databases:
        database = databases.scratch(databases.template(), "pot")
        try:
            for name in addons():
                with step(f"Exporting the terms of {name}"):
                    write(export(databases.conf, database, name), name)
        finally:
            databases.drop(database)
    for sentence in po.incomplete():
        say(f"  {sentence}")
    return 0


def write(fresh: Path, name: str) -> None:
    """Put the export *fresh* into the add-on and merge its translations."""
    target = ADDONS / name / "i18n" / f"{name}.pot"
    if not fresh.exists():
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(fresh.read_bytes())
    for language in po.LANGUAGES:
        po.merge(target, language)
