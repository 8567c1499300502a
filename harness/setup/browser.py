"""Installs the programs that tests with a browser and PDF reports need."""

import os

from ..run import has
from ..say import Fail, say
from . import apt

CHROMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chrome() -> str:
    """Return the name of the installed Chromium, or an empty text."""
    return next((name for name in CHROMES if has(name)), "")


def ensure() -> bool:
    """Install Chromium and wkhtmltopdf if missing and possible.

    Return whether browser tests can run; print what is missing.
    """
    missing = [] if chrome() else ["chromium", "fonts-liberation"]
    missing += [] if has("wkhtmltopdf") else ["wkhtmltopdf"]
    if missing and os.geteuid() == 0 and apt.usable():
        try:
            apt.install(missing)
        except Fail as reason:
            say(f"  {reason}")
    if not has("wkhtmltopdf"):
        say("  No wkhtmltopdf: PDF reports cannot be made. Ask root to install it.")
    if not chrome():
        say("  NO CHROMIUM: BROWSER TESTS ARE SKIPPED. Ask root to install chromium.")
    return bool(chrome())
