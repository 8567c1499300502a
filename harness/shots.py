"""`./dev shots`: the pictures of the README and the guide, from a real browser."""

import argparse
import socket

from . import chrome, server
from .databases.session import session
from .databases.templates import Databases
from .paths import ROOT
from .say import step

FOLDER = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1440, 900
WIZARD = "client_extension.client_import_wizard_action"
# picture: (page, what it shows when it is ready)
PICTURES = {
    "clients": ("clients", ".o_list_view .o_data_row"),
    "cards": ("clients?view_type=kanban", ".o_kanban_record:not(.o_kanban_ghost)"),
    "client": ("clients/{client}", ".o_client_timeline .o_client_entry"),
    "import": (f"action-{WIZARD}", ".o_form_view .o_field_widget"),
}
BUSY = ".o_loading_indicator, .o_blockUI"
READY = "Boolean(document.querySelector({!r})) && !document.querySelector({!r})"
LOGIN = """
document.querySelector('input[name=login]').value = 'admin';
document.querySelector('input[name=password]').value = 'admin';
document.querySelector('form.oe_login_form').submit();
"""


def shots(args: argparse.Namespace) -> int:
    """Take every picture, or only those in *args*."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with session() as databases:
        name = databases.scratch(databases.template(), "shots")
        port = free_port()
        process = server.launch(databases, name, port)
        try:
            with step("Starting Odoo"):
                server.wait_until_up(process, port)
            client = first_client(databases, name)
            take(f"http://127.0.0.1:{port}", args.names or list(PICTURES), client)
        finally:
            server.stop(process)
            databases.drop(name)
    return 0


def take(address: str, names: list[str], client: int) -> None:
    """Log in and take the pictures *names*."""
    with chrome.page() as page:
        page.size(WIDTH, HEIGHT)
        page.call("Page.navigate", url=f"{address}/web/login")
        page.wait("Boolean(document.querySelector('form.oe_login_form'))")
        page.evaluate(LOGIN)
        page.wait("Boolean(document.querySelector('.o_web_client .o_main_navbar'))")
        for name in names:
            path, selector = PICTURES[name]
            with step(f"Picture {name}"):
                url = f"{address}/odoo/{path.format(client=client)}"
                page.call("Page.navigate", url=url)
                page.wait(READY.format(selector, BUSY))
                page.wait("document.fonts.status === 'loaded'")
                page.settle()
                page.picture(FOLDER / f"{name}.png")


def first_client(databases: Databases, name: str) -> int:
    """Return the client with the most contacts, which has the most to show."""
    connection = databases.server.connect(name)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM res_partner WHERE client_status = 'client' AND "
                "client_type_id IS NOT NULL ORDER BY (SELECT count(*) FROM res_partner "
                "child WHERE child.parent_id = res_partner.id) DESC, id LIMIT 1"
            )
            return int(cursor.fetchone()[0])
    finally:
        connection.close()


def free_port() -> int:
    """Return a free port."""
    with socket.socket() as probe:
        probe.bind((server.HOST, 0))
        return int(probe.getsockname()[1])
