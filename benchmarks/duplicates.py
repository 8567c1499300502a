"""Measures the lookups that suggest possible duplicates while a user types."""

from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

from .screens import ROUNDS, seconds

CHUNK = 1_000
#: lookup -> its maximum, in milliseconds
GOALS = {
    "by_name": 10,
    "by_email": 10,
    "by_phone": 10,
    "by_reference": 10,
    "similar_name": 50,
    "file_chunk": 50,
}
#: beginnings of many names, and of few
NAMES = ("Lam", "Lambert Hugo", "lefevre an", "De Vries Anna 12", "Quatremère")
#: names that no client has: one similar to many clients, one similar to none
ALIKE = ("Lambertt Hugo 12", "Fontaines Greta", "Familie Lefevre", "Quatremère Zoé")
#: what the file of the chunk would change
COLUMNS = ("name", "address", "city", "zip", "phone", "email", "vat", "status")
Call = Callable[[int], Any]


def measure(env: Any, rows: int, rounds: int = ROUNDS) -> dict[str, float]:
    """Return the median seconds of each lookup among *rows* clients."""
    calls = look_ups(env, rows)
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 1):
        for name, call in calls.items():
            spent = seconds(env, partial(call, turn))
            if turn:
                taken[name].append(spent)
    return {name: median(values) for name, values in taken.items()}


def look_ups(env: Any, rows: int) -> dict[str, Call]:
    """Return the lookups to measure; each receives the number of its round."""
    from odoo.fields import Domain

    partners = env["res.partner"].with_context(active_test=False)
    country = env.ref("base.be").id

    def find(**values: Any) -> Any:
        return partners.client_find_duplicates({**values, "country_id": country})

    def person(turn: int) -> int:
        return 1 + turn * 7_919 % rows

    def begins(turn: int) -> Any:
        name = NAMES[turn % len(NAMES)]
        return partners._search_client_names_starting(name, Domain.TRUE)

    def alike(turn: int) -> Any:
        name = ALIKE[turn % len(ALIKE)]
        return partners._search_client_similar_names(name, Domain.TRUE)

    return {
        "by_name": begins,
        "by_email": lambda turn: find(email=f"B{person(turn)}@example.com"),
        "by_phone": lambda turn: find(phone=f"0470 {person(turn):06}"),
        "by_reference": lambda turn: find(ref=f"B{person(turn):08}"),
        "similar_name": alike,
        "file_chunk": chunk(env, rows),
    }


def chunk(env: Any, rows: int) -> Call:
    """Return the lookup of a thousand references, with their stored values."""
    client_import = env["client.import"].new({"mode": "create_update"})
    index = env["client.import.index"]
    known = env["client.import.columns"]._get_import_columns()
    columns = {column.key: column for column in known if column.key in COLUMNS}

    def look(turn: int) -> Any:
        numbers = ((turn * CHUNK + row) % rows + 1 for row in range(CHUNK))
        references = [f"B{number:08}" for number in numbers]
        return index._search_partners(client_import, references, columns, {})

    return look
