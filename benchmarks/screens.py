"""Measures the calls behind the first page of the Clients list and of Contacts."""

import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

from lxml import etree

from . import labels

OURS = "client_extension.res_partner_action"
STOCK = "contacts.action_contacts"
PAGE = 80
COUNT_LIMIT = 10_001
ROUNDS = 25
# Part of many names, and part of the name of one client.
TYPED, TYPED_ONE = "lefèv", "B00001234"
# The maximum cost of searching and grouping by a label, relative to stock.
CEILINGS = {"label_search": 1.0, "label_group": 2.0}
Call = Callable[[], Any]


class Screen:
    """The list and search views that an action opens."""

    def __init__(self, env: Any, action: str) -> None:
        """Read the views as the web client does."""
        self.model = env[env.ref(action).res_model]
        values = env["ir.actions.act_window"].browse(env.ref(action).id).read()[0]
        self.domain = self._evaluate(values["domain"] or "[]")
        views = {kind: number for number, kind in values["views"]}
        search = values["search_view_id"]
        wanted = [(views["list"], "list"), (search[0] if search else False, "search")]
        read = self.model.get_views(wanted)
        fields = read["models"][self.model._name]["fields"]
        self.list = etree.fromstring(read["views"]["list"]["arch"])
        self.search = etree.fromstring(read["views"]["search"]["arch"])
        self.specification = specification(self.list, fields)

    @staticmethod
    def _evaluate(text: str, **names: Any) -> Any:
        """Return the value of a domain as written in a view."""
        from odoo.tools.safe_eval import safe_eval

        return safe_eval(text, names)

    def first_page(self, domain: Any = ()) -> Any:
        """Do what opening the list does."""
        return self.model.web_search_read(
            [*self.domain, *domain],
            self.specification,
            limit=PAGE,
            order=self.list.get("default_order"),
            count_limit=COUNT_LIMIT,
        )

    def typed(self, letters: str = TYPED) -> Any:
        """Do what typing *letters* and Enter does: look in the first field."""
        field = self.search.find("./field")
        name = field.get("name")
        text = field.get("filter_domain") or f"[('{name}', 'ilike', self)]"
        return self.first_page(self._evaluate(text, self=letters))

    def grouped(self, field: str) -> Any:
        """Do what grouping the list by *field* does."""
        return self.model.web_read_group(self.domain, [field], [], limit=PAGE)

    def panel(self) -> None:
        """Do what the search panel does when the list opens."""
        for field in self.search.iterfind(".//searchpanel/field"):
            multi = field.get("select") == "multi"
            kind = "select_multi_range" if multi else "select_range"
            options: dict[str, Any] = {"search_domain": self.domain, "limit": 200}
            options["enable_counters"] = field.get("enable_counters") == "1"
            options["expand"] = field.get("expand") == "1"
            getattr(self.model, f"search_panel_{kind}")(field.get("name"), **options)


def specification(arch: Any, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that the list *arch* reads, with the shown fields of links."""
    found: dict[str, Any] = {}
    for node in arch.iterfind(".//field"):
        name = node.get("name")
        if "client_figure" in (node.get("options") or ""):
            # Hidden at first, and read only while it is shown.
            continue
        kind = fields.get(name, {}).get("type")
        if kind == "many2one":
            found[name] = {"fields": {"display_name": {}}}
        elif kind in ("many2many", "one2many"):
            tags = "tags" in (node.get("widget") or "")
            shown: dict[str, Any] = {"display_name": {}, "color": {}} if tags else {}
            found[name] = {"fields": shown}
        else:
            found[name] = {}
    return found


def seconds(env: Any, call: Call) -> float:
    """Return the seconds of one call with an empty record cache."""
    env.invalidate_all()
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def measure(env: Any, rounds: int = ROUNDS) -> dict[str, float]:
    """Return the median seconds of each call, measured alternately after a warm-up.

    Every other round is in reverse order: no call always follows the slow one.
    """
    ours, stock = Screen(env, OURS), Screen(env, STOCK)
    code, choice = labels.field(env, "Code"), labels.field(env, "Choice")
    calls: dict[str, Call] = {
        "list": ours.first_page,
        "stock_list": stock.first_page,
        "search": ours.typed,
        "stock_search": stock.typed,
        "search_one": lambda: ours.typed(TYPED_ONE),
        "stock_one": lambda: stock.typed(TYPED_ONE),
        "panel": ours.panel,
        "stock_group": lambda: stock.grouped("country_id"),
        "label_search": lambda: ours.first_page([(code, "ilike", "sap-0001")]),
        "label_group": lambda: ours.grouped(choice),
    }
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 1):
        order = list(calls.items())
        for name, call in order if turn % 2 else reversed(order):
            spent = seconds(env, call)
            if turn:
                taken[name].append(spent)
    return {name: median(values) for name, values in taken.items()}


def ratios(taken: Mapping[str, float]) -> dict[str, float]:
    """Return ours as a multiple of stock; the panel, as one of its stock list."""
    return {
        "list": round(taken["list"] / taken["stock_list"], 3),
        "search": round(taken["search"] / taken["stock_search"], 3),
        "search_one": round(taken["search_one"] / taken["stock_one"], 3),
        "panel": round(taken["panel"] / taken["stock_list"], 3),
        "label_search": round(taken["label_search"] / taken["stock_search"], 3),
        "label_group": round(taken["label_group"] / taken["stock_group"], 3),
    }
