"""Measures the overview of a client, its timeline, and how its form opens."""

from collections.abc import Callable
from statistics import median
from typing import Any

from lxml import etree

from .screens import ROUNDS, seconds

FORM = "client_extension.res_partner_view_form"
STOCK_FORM = "base.view_partner_form"
CLIENTS = 80
#: what is measured -> its maximum cost, relative to opening Odoo's own form: why no
#: milliseconds stands in docs/decisions/overview-beside-the-form.md
CEILINGS = {"form": 1.1, "overview_core": 0.15, "overview": 0.5, "figures_80": 0.7}
Call = Callable[[], Any]


def measure(env: Any, busiest: int, rounds: int = ROUNDS) -> dict[str, float]:
    """Return the median seconds of each call, measured alternately after a warm-up.

    *busiest* is the id of the client with the most invoices.
    """
    env = env(user=env.ref("base.user_admin"), su=False)
    partners = env["res.partner"]
    domain = [("ref", "=like", "B%"), ("client_status", "!=", False)]
    page = partners.search(domain, limit=CLIENTS, order="id desc")
    client, busy = page[0], partners.browse(busiest)
    calls: dict[str, Call] = {
        "overview_core": lambda: core(client),
        "overview": client.get_client_overview,
        "overview_busy": busy.get_client_overview,
        "figures_80": page._read_client_figures,
        "timeline": client.get_client_timeline,
        "timeline_busy": busy.get_client_timeline,
        "form": opening(client, FORM),
        "stock_form": opening(client, STOCK_FORM),
    }
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 1):
        order = list(calls.items())
        for name, call in order if turn % 2 else reversed(order):
            spent = seconds(env, call)
            if turn:
                taken[name].append(spent)
    return {name: median(values) for name, values in taken.items()}


def ratios(taken: dict[str, float]) -> dict[str, float]:
    """Return what each costs as a multiple of opening Odoo's own form."""
    return {name: round(taken[name] / taken["stock_form"], 3) for name in CEILINGS}


def core(client: Any) -> Any:
    """Read the figures that the core itself declares."""
    figures = client._get_client_visible_figures()
    own = [f for f in figures if f.section in ("invoices", "activities")]
    return client._read_client_figures(own)


def opening(client: Any, view: str) -> Call:
    """Return the call that the web client makes to fill the form *view*."""
    number = client.env.ref(view).id
    read = client.get_views([(number, "form")])
    fields = {name: model["fields"] for name, model in read["models"].items()}
    arch = etree.fromstring(read["views"]["form"]["arch"])
    wanted = specification(arch, client._name, fields)
    return lambda: client.web_read(wanted)


def specification(arch: Any, model: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that a view reads, with those of the lists inside it."""
    found: dict[str, Any] = {}
    for node in arch.iterfind(".//field"):
        name = node.get("name")
        # A field inside the list of another field belongs to that one.
        inside = any(parent.tag == "field" for parent in within(node, arch))
        if inside or name not in fields[model]:
            continue
        field = fields[model][name]
        if field["type"] in ("many2one", "many2one_reference"):
            found[name] = {"fields": {"display_name": {}}}
        elif field["type"] in ("one2many", "many2many"):
            found[name] = {"fields": lines(node, field["relation"], fields)}
        else:
            found[name] = {}
    return found


def within(node: Any, top: Any) -> list[Any]:
    """Return what stands around *node* below *top*."""
    around = []
    while (node := node.getparent()) is not None and node is not top:
        around.append(node)
    return around


def lines(node: Any, model: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that the first view inside a field reads."""
    views = [child for child in node if child.tag in ("list", "kanban")]
    if not views or model not in fields:
        return {"display_name": {}}
    return specification(views[0], model, fields)
