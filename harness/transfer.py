"""`./dev import` and `./dev export`: the add-on's own commands on our database."""

import argparse
import subprocess

from .databases import odoobin
from .databases.environment import opened
from .databases.session import session
from .say import step


def import_file(args: argparse.Namespace) -> int:
    """Run `odoo-bin client_import`; return its exit code."""
    return run("client_import", args)


def export_file(args: argparse.Namespace) -> int:
    """Run `odoo-bin client_export`; return its exit code."""
    return run("client_export", args)


def run(name: str, args: argparse.Namespace) -> int:
    """Run the command *name* with the words that `./dev` does not know."""
    with session() as databases:
        with step(f"Preparing the database {args.db}"):
            database = opened(databases, args.db)
        words = odoobin.addon_command(databases.conf, database, name, *args.words)
        return subprocess.run(words, env=odoobin.environment()).returncode
