"""`./dev shell`: an Odoo shell, or a script on its standard input."""

import argparse
import subprocess

from .databases import odoobin
from .databases.environment import opened
from .databases.session import session
from .say import step


def shell(args: argparse.Namespace) -> int:
    """Run `odoo-bin shell` on the database; a script must commit by itself."""
    with session() as databases:
        with step(f"Preparing the database {args.db}"):
            name = opened(databases, args.db)
        source = ("-c", databases.conf, "-d", name)
        words = odoobin.command("shell", *source, "--no-http", "--log-level=warn")
        return subprocess.run(words, env=odoobin.environment()).returncode
