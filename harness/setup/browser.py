"""Installs the programs that tests with a browser and PDF reports need."""

import os

from ..run import has
from ..say import Fail, say
from . import apt

CHROMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PDF = "wkhtmltopdf"


def chrome() -> str:
    """Return the name of the installed Chromium, or an empty text."""
    return next((name for name in CHROMES if has(name)), "")


def ensure() -> bool:
    """Install Chromium and wkhtmltopdf if missing and possible.

    Return whether browser tests can run; print what is missing.
    """
    ensure_reports()
    if not chrome():
        _install(["chromium", "fonts-liberation"])
    if not chrome():
        say("  NO CHROMIUM: BROWSER TESTS ARE SKIPPED. Ask root to install chromium.")
    return bool(chrome())


def ensure_reports() -> bool:
    """Install wkhtmltopdf if missing and possible.

    Return whether PDF reports can be made; print what is missing.
    """
    if not has(PDF):
        _install([PDF])
    if not has(PDF):
        say(f"  No {PDF}: PDF reports cannot be made. Ask root to install it.")
    return has(PDF)


def _install(names: list[str]) -> None:
    """Install packages of Debian if this machine and user can; else say why not."""
    if os.geteuid() == 0 and apt.usable():
        try:
            apt.install(names)
        except Fail as reason:
            say(f"  {reason}")
