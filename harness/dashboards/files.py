"""`./dev dashboards`: make the files of the dashboards."""

import argparse
from pathlib import Path

from ..paths import ROOT
from ..say import say
from . import clients, turnover

FOLDER = Path("addons", "client_extension_dashboard", "data", "files")


def made() -> dict[Path, str]:
    """Return the content of each file, by its path from the root."""
    return {
        FOLDER / f"{name}{kind}_dashboard.json": module.make(sample=bool(kind))
        for name, module in (("clients", clients), ("turnover", turnover))
        for kind in ("", "_sample")
    }


def dashboards(_args: argparse.Namespace) -> int:
    """Write the files."""
    for path, text in made().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text)
        say(f"  {path}")
    return 0
