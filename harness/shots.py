"""`./dev shots`: the pictures of the README and the guide, from a real browser."""

import argparse
import base64
import json
import socket
from typing import Any

from . import chrome, server
from .databases.session import session
from .databases.templates import Databases
from .paths import ROOT
from .say import step

FOLDER = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1440, 900
WIZARD = "client_extension.client_import_wizard_action"
IMPORTS = "action-client_extension.client_import_action"
COG = ".o_cp_action_menus .fa-cog"
TEMPLATE = ".modal [name=template_id] input"
SUGGESTED = ".o-autocomplete--dropdown-item a|Request for Documents"
# picture: (page, what it shows when it is ready, then what is clicked one after the
# other: selectors, with the text of the element after a bar)
PICTURES: dict[str, tuple[str, ...]] = {
    "clients": ("clients", ".o_list_view .o_data_row"),
    "cards": ("clients?view_type=kanban", ".o_kanban_record:not(.o_kanban_ghost)"),
    "client": ("clients/{client}", ".o_client_timeline .o_client_entry"),
    "import": (f"action-{WIZARD}", ".o_form_view .o_field_widget"),
    "import_questions": (
        f"{IMPORTS}/{{questions}}",
        ".o_client_import_question input",
    ),
    "import_values": (
        f"{IMPORTS}/{{values}}",
        ".o_form_view .o_notebook",
        ".o_notebook .nav-link|Values",
        ".o_client_import_value .o_select_menu_toggler",
    ),
    "import_corrections": (
        f"{IMPORTS}/{{corrections}}",
        ".o_form_view .o_notebook",
        ".o_notebook .nav-link|Rejected Rows",
        ".o_client_import_corrections .is-invalid",
    ),
    "letter": (
        "clients/{client}",
        ".o_form_view [name=name]",
        "button[name=action_client_write_letter]",
        TEMPLATE,
        SUGGESTED,
        ".modal [name=preview] svg",
    ),
    "mail_merge": (
        "clients",
        ".o_list_view .o_data_row",
        "thead .o_list_record_selector input",
        COG,
        ".o-dropdown-item|Write Letters",
        TEMPLATE,
        SUGGESTED,
        ".modal footer button[name=action_write]",
        ".o_form_view [name=skipped_count]",
    ),
    "statement": (
        "clients",
        ".o_list_view .o_data_row",
        "[data-menu-xmlid='client_extension_letter.client_statement_menu']",
        ".modal [name=count]",
    ),
    "labels": (
        "clients",
        ".o_list_view .o_data_row",
        "thead .o_list_record_selector input",
        COG,
        ".o-dropdown-item|Labels or Envelopes",
        ".modal [name=first_label] input",
    ),
    "trips": (
        "client-trips?view_type=kanban",
        ".o_kanban_record:not(.o_kanban_ghost)",
    ),
    "trip_rooms": (
        "client-trips/{trip}",
        ".o_form_view [name=name]",
        "button[name=action_view_rooms]",
        ".o_breadcrumb|Rooms",
    ),
    "trip_missing": (
        "client-trips/{trip}",
        ".o_form_view [name=name]",
        ".o_notebook_headers a[name=missing]",
        "[name=missing_table] tr",
    ),
    "trip_list": (
        "client-trips/{trip}",
        ".o_form_view [name=name]",
        COG,
        ".o-dropdown-item|Rooming List: print or send",
        ".modal .modal-title",
    ),
    "trips_today": (
        "client-stays-today",
        ".o_kanban_record:not(.o_kanban_ghost)",
    ),
    "dashboard_clients": ("dashboards?dashboard_id={clients}", ".o-chart-container"),
    "dashboard_turnover": ("dashboards?dashboard_id={turnover}", ".o-chart-container"),
}
#: picture of a check -> the file that is checked, and its encoding
FILES = {
    "questions": (
        "reference;name;city;Client since\n"
        "GR-101;Παπαδόπουλος Γιώργος;Αθήνα;13/01/2026\n"
        "GR-102;Νικολάου Μαρία;Πάτρα;01/14/2026\n"
        "GR-103;Δημητρίου Ελένη;Αθήνα;02/03/2026\n",
        "cp1253",
    ),
    "values": (
        "reference;name;status;country\n"
        "CRM-1;Camping De Berk;warm;Belgium\n"
        "CRM-2;Garage Petit;cold;Hollande\n"
        "CRM-3;Atelier du Lac;warm;France\n"
        "CRM-4;Zonnebloem;won;Hollande\n",
        "utf-8",
    ),
    "corrections": (
        "reference;name;email;city\n"
        "SPR-1;Camping De Berk;info@deberk.example;Genk\n"
        "SPR-2;Garage Petit;petit at example.com;Tours\n"
        "SPR-3;Atelier du Lac;atelier@lac;Annecy\n"
        ";Zonnebloem;zonnebloem@example.com;Gent\n",
        "utf-8",
    ),
}
#: calls a method of a model as the web client does, and waits for its result
CALL = """
(() => {
  const request = new XMLHttpRequest();
  request.open("POST", "/web/dataset/call_kw", false);
  request.setRequestHeader("Content-Type", "application/json");
  request.send(JSON.stringify({params: %s}));
  return JSON.parse(request.responseText).result;
})()
"""
RECORD = "SELECT res_id FROM ir_model_data WHERE module = '{}' AND name = '{}'"
DASHBOARDS = "client_extension_dashboard"
TRIPS = "client_extension_travel"
BUSY = ".o_loading_indicator, .o_blockUI"
READY = "Boolean(document.querySelector({!r})) && !document.querySelector({!r})"
FIND = (
    "[...document.querySelectorAll({!r})].find(one => one.textContent.includes({!r}))"
)
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
            ids = read_ids(databases, name)
            take(f"http://127.0.0.1:{port}", args.names or list(PICTURES), ids)
        finally:
            server.stop(process)
            databases.drop(name)
    return 0


def take(address: str, names: list[str], ids: dict[str, int]) -> None:
    """Log in and take the pictures *names*."""
    with chrome.page() as page:
        page.size(WIDTH, HEIGHT)
        page.call("Page.navigate", url=f"{address}/web/login")
        page.wait("Boolean(document.querySelector('form.oe_login_form'))")
        page.evaluate(LOGIN)
        page.wait("Boolean(document.querySelector('.o_web_client .o_main_navbar'))")
        if any(name.startswith("import_") for name in names):
            ids = {**ids, **check_files(page)}
        for name in names:
            path, selector, *clicks = PICTURES[name]
            with step(f"Picture {name}"):
                url = f"{address}/odoo/{path.format(**ids)}"
                page.call("Page.navigate", url=url)
                page.wait(READY.format(selector, BUSY))
                for click in clicks:
                    press(page, click)
                page.wait("document.fonts.status === 'loaded'")
                page.settle()
                page.picture(FOLDER / f"{name}.png")


def check_files(page: chrome.Page) -> dict[str, int]:
    """Check the files of pictures, and return the ids of these imports."""
    label = {"name": "Client since", "kind": "date"}
    call(page, "client.label", "create", label)
    ids = {}
    for name, (text, encoding) in FILES.items():
        file = base64.b64encode(text.encode(encoding)).decode()
        values = {"file": file, "file_name": f"{name}.csv"}
        ids[name] = call(page, "client.import", "create", values)
        call(page, "client.import", "check", [ids[name]])
    correct_row(page, ids["corrections"])
    return ids


def correct_row(page: chrome.Page, import_id: int) -> None:
    """Run an import, and correct the first of its rejected rows on the page."""
    call(page, "client.import", "run", [import_id])
    shown = call(page, "client.import", "get_rejected_rows", [import_id])
    row = {**shown["rows"][0], "cells": {"2": "petit@example.com"}}
    call(page, "client.import", "correct_rows", [import_id], [row])


def call(page: chrome.Page, model: str, method: str, *arguments: object) -> Any:
    """Call a method of a model, as the user of the page."""
    params = {"model": model, "method": method, "args": arguments, "kwargs": {}}
    return page.evaluate(CALL % json.dumps(params))


def press(page: chrome.Page, click: str) -> None:
    """Wait for an element, and click it."""
    selector, _bar, text = click.partition("|")
    found = FIND.format(selector, text)
    page.wait(f"Boolean({found}) && !document.querySelector({BUSY!r})")
    page.evaluate(f"(one => {{ one.focus?.(); one.click?.(); }})({found})")
    page.settle()


def read_ids(databases: Databases, name: str) -> dict[str, int]:
    """Return the ids of what pictures show: the client with the most contacts, which
    has the most to show, the dashboards, and a trip with rooms."""
    queries = {
        "client": "SELECT id FROM res_partner WHERE client_status = 'client' AND "
        "client_type_id IS NOT NULL ORDER BY (SELECT count(*) FROM res_partner "
        "child WHERE child.parent_id = res_partner.id) DESC, id LIMIT 1",
        "clients": RECORD.format(DASHBOARDS, "dashboard_clients"),
        "turnover": RECORD.format(DASHBOARDS, "dashboard_turnover"),
        "trip": RECORD.format(TRIPS, "client_trip_moulin_krakow"),
    }
    return {
        key: int(databases.rows(name, query)[0][0]) for key, query in queries.items()
    }


def free_port() -> int:
    """Return a free port."""
    with socket.socket() as probe:
        probe.bind((server.HOST, 0))
        return int(probe.getsockname()[1])
