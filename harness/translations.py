"""`./dev pot`: export the terms of the add-ons with Odoo and merge them."""

import argparse
from pathlib import Path

from . import po
from .databases.forks import Forks
from .databases.session import session
from .databases.templates import addons
from .paths import ADDONS, dev_folder
from .run import tail
from .say import Fail, say, step


def export(odoo: Forks, source: list[str], name: str) -> Path:
    """Return a fresh .pot of the add-on *name*, in the `.dev` folder.

    *source* are the words that name Odoo's settings and the database.
    """
    path = dev_folder("pot") / f"{name}.pot"
    path.unlink(missing_ok=True)
    words = ["i18n", "export", *source, "-l", "pot", "-o", str(path), name]
    done = odoo.run(words)
    if done.returncode:
        raise Fail(f"Odoo cannot export the terms of {name}.\n{tail(done.stderr, 25)}")
    if path.exists():
        po.tidy(path)
    return path


def check_pots(conf: Path, database: str) -> list[str]:
    """Return a sentence for each add-on whose committed .pot is out of date."""
    stale = []
    source = ["-c", str(conf), "-d", database]
    with Forks(conf, database) as odoo:
        for name in addons():
            fresh = po.terms(export(odoo, source, name))
            known = po.terms(ADDONS / name / "i18n" / f"{name}.pot")
            if wrong := po.difference(known, fresh):
                head = f"The terms of {name} have changed, run ./dev pot"
                stale.append(f"{head}: {'; '.join(wrong[:5])} ({len(wrong)} in all)")
    return stale


def pot(_args: argparse.Namespace) -> int:
    """Export every add-on's terms and merge them into the French and Dutch files."""
    with session() as databases:
        database = databases.scratch(databases.template(), "pot")
        try:
            source = ["-c", str(databases.conf), "-d", database]
            with Forks(databases.conf, database) as odoo:
                for name in addons():
                    with step(f"Exporting the terms of {name}"):
                        write(export(odoo, source, name), name)
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
