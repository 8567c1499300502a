"""The commands of `./dev` and their options."""

import argparse
from pathlib import Path
from typing import TypeAlias

from .databases import checkout

MODES = ("create", "create_skip", "update", "update_skip", "create_update")
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
EPILOG = """\
variables:
  ODOO_PATH               use this Odoo 19.0 source instead of fetching one
  DATABASE_URL, PGHOST... use this PostgreSQL instead of the embedded one
  CLIENT_EXTENSION_CACHE  keep what is fetched and made in this folder
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of `./dev`."""
    whole = argparse.ArgumentParser(
        prog="./dev",
        description="Client Extension for Odoo 19: every command.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (_start, _test, _import, _export, _bench, _shell, _lint, _pot, _shots):
        add(commands)
    return whole


def _add(commands: Commands, name: str, text: str) -> argparse.ArgumentParser:
    """Add the command *name*, explained by *text*."""
    return commands.add_parser(name, help=text, description=text)


def _database(one: argparse.ArgumentParser) -> None:
    """Add the option that names the database."""
    one.add_argument(
        "--db",
        default=checkout.database(),
        metavar="N",
        help="the database, made when missing (default: this checkout's own)",
    )


def _start(commands: Commands) -> None:
    """Add `start`."""
    one = _add(commands, "start", "run Odoo 19 with the add-ons and a demo company")
    one.add_argument("--port", type=int, default=8069, help="default: 8069")
    _database(one)
    one.add_argument(
        "--modules", default="", metavar="A,B", help="install these modules as well"
    )
    one.add_argument(
        "--no-demo",
        dest="demo",
        action="store_false",
        help="no demo data (counts when the database is made)",
    )


def _test(commands: Commands) -> None:
    """Add `test`."""
    text = "run the tests; the last line is `N passed, N failed`"
    one = _add(commands, "test", text)
    one.add_argument("paths", nargs="*", metavar="PATH", help="only these tests")
    one.add_argument("-k", default="", metavar="EXPR", help="only tests so named")
    one.add_argument(
        "--fast",
        action="store_true",
        help="without browser tours, life tests and the check of translations",
    )
    one.add_argument(
        "--all",
        action="store_true",
        help="beside the OCA's add-ons every test of ours, not only those that they "
        "can touch",
    )
    one.add_argument(
        "--odoo",
        action="store_true",
        help="instead of ours Odoo's own tests of contacts, account, crm and sale, "
        "compared with an Odoo without our add-ons",
    )


def _import(commands: Commands) -> None:
    """Add `import`."""
    one = _add(commands, "import", "import a file of clients, without a browser")
    one.add_argument("file", type=Path, metavar="FILE", help="CSV, XLSX or ODS")
    one.add_argument(
        "--mode",
        choices=MODES,
        help="what happens to known and unknown references (default: that of the "
        "mapping, else create_update)",
    )
    one.add_argument(
        "--mapping",
        default="",
        metavar="NAME",
        help="what the columns are and the other answers, as kept under that name",
    )
    _database(one)
    one.add_argument(
        "--delimiter", default="", metavar="C", help="found by itself when left out"
    )
    one.add_argument(
        "--category",
        action="append",
        default=[],
        metavar="NAME",
        help="give every client of the file this category (several times: each)",
    )
    one.add_argument("--check", action="store_true", help="say what would happen only")
    one.add_argument("--json", action="store_true", help="print one JSON object only")


def _export(commands: Commands) -> None:
    """Add `export`."""
    text = "export clients to a CSV or XLSX file that can be imported again"
    one = _add(commands, "export", text)
    one.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="its ending says which: XLSX, else CSV; `-`: CSV on the standard output",
    )
    _database(one)
    one.add_argument(
        "--domain", default="[]", help="which clients, as an Odoo domain (default: all)"
    )
    one.add_argument("--delimiter", default=";", metavar="C", help="default: ;")
    one.add_argument(
        "--columns",
        metavar="A,B",
        help="headers, figures too (default: every column that the import knows)",
    )


def _bench(commands: Commands) -> None:
    """Add `bench`."""
    text = "measure our add-on against Odoo's own way, in a scratch database"
    one = _add(commands, "bench", text)
    one.add_argument(
        "what",
        choices=["import", "export", "screens", "survive", "fuzz"],
        help="files coming in or going out, lists and look-ups, imports whose worker "
        "is killed, or how broken files are read",
    )
    one.add_argument(
        "--rows",
        type=int,
        default=0,
        metavar="N",
        help="default: 6000 rows of a file, 50000 of an export, 200000 of a list",
    )
    one.add_argument(
        "--memory",
        type=int,
        default=50_000,
        metavar="N",
        help="of import: watch a worker up to a file of N rows (default: 50000; 0: no);"
        " of export: 0: do not watch",
    )
    one.add_argument("--json", action="store_true", help="end with a line of JSON")
    one.add_argument(
        "--minutes", type=float, default=1.0, metavar="N", help="fuzz: default 1"
    )
    one.add_argument(
        "--seed", type=int, metavar="N", help="fuzz: the first file; alone, --minutes 0"
    )


def _shell(commands: Commands) -> None:
    """Add `shell`."""
    text = "an Odoo shell; runs the script on its standard input, if there is one"
    _database(_add(commands, "shell", text))


def _lint(commands: Commands) -> None:
    """Add `lint`."""
    one = _add(commands, "lint", "run every linter; needs no Odoo")
    one.add_argument("--fix", action="store_true", help="mend what can be mended")


def _pot(commands: Commands) -> None:
    """Add `pot`."""
    text = "refresh the terms to translate and merge them into French and Dutch"
    _add(commands, "pot", text)


def _shots(commands: Commands) -> None:
    """Add `shots`."""
    text = "take the pictures in docs/images with a real browser"
    one = _add(commands, "shots", text)
    one.add_argument("names", nargs="*", metavar="NAME", help="only these pictures")
