"""The commands of `./dev` and their options."""

import argparse
from typing import TypeAlias

from .databases import checkout

# Commands that pass unknown options to a command of the add-on.
PASSING = ("import", "export")
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
    _readme(commands)
    _changelog(commands)
    _dashboards(commands)
    return whole


def parse(argv: list[str]) -> argparse.Namespace:
    """Parse *argv*; `words` are passed to a command of the add-on."""
    whole = parser()
    args, words = whole.parse_known_args(argv)
    if words and args.command not in PASSING:
        whole.error(f"unrecognized arguments: {' '.join(words)}")
    args.words = words
    return args


def _add(commands: Commands, name: str, text: str) -> argparse.ArgumentParser:
    """Add the command *name* with the help *text*."""
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
        help="beside the OCA's add-ons every test of ours, or of PATH, not only those "
        "that they can touch",
    )
    one.add_argument(
        "--neighbours-all",
        action="store_true",
        help="the same beside all add-ons of the OCA that extend partners, with their "
        "own tests (a long run, on request)",
    )
    one.add_argument(
        "--odoo",
        action="store_true",
        help="instead of ours Odoo's own tests of contacts, account, crm and sale, "
        "compared with an Odoo without our add-ons",
    )


def _import(commands: Commands) -> None:
    """Add `import`."""
    text = "import a file of clients, without a browser"
    one = _add(commands, "import", text)
    one.usage = "./dev import [--db N] FILE [OPTION ...]"
    one.epilog = (
        "FILE and the options are those of `odoo-bin client_import`: --mode, "
        "--mapping, --delimiter, --category, --check, --json, --user, --company. "
        "docs/import.md explains them."
    )
    _database(one)


def _export(commands: Commands) -> None:
    """Add `export`."""
    text = "export clients to a CSV or XLSX file that can be imported again"
    one = _add(commands, "export", text)
    one.usage = "./dev export [--db N] FILE [OPTION ...]"
    one.epilog = (
        "FILE and the options are those of `odoo-bin client_export`: --domain, "
        "--delimiter, --columns, --user, --company. docs/import.md explains them."
    )
    _database(one)


def _bench(commands: Commands) -> None:
    """Add `bench`."""
    text = "measure our add-on against Odoo's own way, in a scratch database"
    one = _add(commands, "bench", text)
    one.add_argument(
        "what",
        choices=["import", "export", "screens", "letters", "survive", "fuzz"],
        help="files coming in or going out, lists and look-ups, many letters in one "
        "PDF, imports whose worker "
        "is killed, or how broken files are read",
    )
    one.add_argument(
        "--rows",
        type=int,
        default=0,
        metavar="N",
        help="default: 6000 rows of a file, 50000 of an export, 200000 of a list, 500 "
        "letters",
    )
    one.add_argument(
        "--memory",
        type=int,
        default=50_000,
        metavar="N",
        help="of import: watch a worker up to a file of N rows (default: 50000; 0: no);"
        " of export: 0: do not watch",
    )
    one.add_argument(
        "--bulk", action="store_true", help="of import: with client_extension_bulk"
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
    one.add_argument("--fix", action="store_true", help="correct what can be corrected")
    one.add_argument("names", nargs="*", metavar="NAME", help="only these linters")


def _pot(commands: Commands) -> None:
    """Add `pot`."""
    text = "refresh the terms to translate and merge them into French and Dutch"
    _add(commands, "pot", text)


def _shots(commands: Commands) -> None:
    """Add `shots`."""
    text = "take the pictures in docs/images with a real browser"
    one = _add(commands, "shots", text)
    one.add_argument("names", nargs="*", metavar="NAME", help="only these pictures")


def _readme(commands: Commands) -> None:
    """Add `readme`."""
    text = "make README.rst and the page of the Apps store of every add-on"
    _add(commands, "readme", text)


def _dashboards(commands: Commands) -> None:
    """Add `dashboards`."""
    text = "make the files of the dashboards of client_extension_dashboard"
    _add(commands, "dashboards", text)


def _changelog(commands: Commands) -> None:
    """Add `changelog`."""
    text = "make a section of CHANGELOG.md of the news fragments, which are deleted"
    one = _add(commands, "changelog", text)
    one.add_argument("version", metavar="VERSION", help="of the release: 19.0.2.0.0")
