"""Measures our import against Odoo's own, alternately, in one run and database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import client_file
from .client_file import PLAIN, RELATIONS, Cells
from .importers import Pace, copy, ours, stock, undone

#: what is measured -> the required multiple of Odoo's rows per second
GOALS = {
    "new": 1.8,
    "new_relations": 2.8,
    "new_two_processes": 2.5,
    "new_relations_two_processes": 5.0,
    "unchanged": 500.0,
    "changed_5pct": 100.0,
    "changed_all": 8.0,
}
#: the same for new clients with ``client_extension_bulk``
BULK_GOALS = {
    "new": 2.7,
    "new_relations": 5.0,
    "new_two_processes": 4.0,
    "new_relations_two_processes": 7.0,
}
TITLES = {
    "new": "new rows, 9 plain columns",
    "new_relations": "new rows, country and category by name",
    "new_two_processes": "new rows, two processes",
    "new_relations_two_processes": "... country and category, two processes",
    "unchanged": "the file again, nothing changed",
    "changed_5pct": "the file again, 1 row in 20 changed",
    "changed_all": "the file again, every row changed",
}
#: Odoo's importer is slow: so many batches are enough to know its speed
STOCK_UPDATE_BATCHES = 1
#: ours is fast, so another process on the machine could distort one result
UPDATE_TURNS = (*["ours"] * 3, "stock", *["ours"] * 3)
WHOLE = 1_000_000
CHANGES: dict[str, Callable[[list[Cells]], list[Cells]]] = {
    "unchanged": list,
    "changed_5pct": lambda rows: list(client_file.moved(rows, 20)),
    "changed_all": lambda rows: list(client_file.moved(rows)),
}


@dataclass
class Result:
    """One line of the table: our speed, Odoo's, and PostgreSQL's where useful."""

    ours: Pace = field(default_factory=Pace)
    stock: Pace = field(default_factory=Pace)
    copy: Pace = field(default_factory=Pace)
    #: rows of ``res_partner`` that our import wrote
    written: int = 0

    @property
    def ratio(self) -> float:
        """Our speed as a multiple of Odoo's."""
        return self.ours.rate / self.stock.rate if self.stock.rate else 0.0


def prepare(env: Any) -> None:
    """Create the categories used by the files, and warm up both importers.

    Files are stored on disk, as is Odoo's default: the cached databases store them
    inside.
    """
    env["ir.config_parameter"].search([("key", "=", "ir_attachment.location")]).unlink()
    env["res.partner.category"].create(
        [{"name": name} for name in client_file.CATEGORIES]
    )
    env.cr.commit()
    rows = list(client_file.with_relations(client_file.clients(0, 50)))
    data = client_file.text(tuple(RELATIONS), rows)
    with undone(env):
        ours(env, data)
        ours(env, data)
    with undone(env):
        stock(env, data, tuple(RELATIONS), tuple(RELATIONS.values()), 1)


def measure(env: Any, rows: int, settle: Callable[[], None]) -> dict[str, Result]:
    """Return a result for each line of the table that one process can fill.

    ``settle`` does what a database does by itself between two nights.
    """
    prepare(env)
    cells = list(client_file.clients(0, rows))
    results = {
        "new": measure_new(env, PLAIN, cells),
        "new_relations": measure_new(
            env, RELATIONS, list(client_file.with_relations(cells))
        ),
    }
    ids = store(env, cells)
    settle()
    for name, change in CHANGES.items():
        results[name] = measure_update(env, change(cells), ids)
    return results


def measure_new(env: Any, columns: Mapping[str, str], cells: list[Cells]) -> Result:
    """Import a file of new clients both ways, each before and after the other."""
    header, fields = tuple(columns), tuple(columns.values())
    data = client_file.text(header, cells)
    result = Result()

    def by_us() -> None:
        count, seconds, record = ours(env, data)
        expect(record.created_count, len(cells), "created")
        result.ours.add(count, seconds)

    def by_odoo() -> None:
        count, seconds = stock(env, data, header, fields, WHOLE)
        expect(count, len(cells), "created by Odoo")
        result.stock.add(count, seconds)

    def by_postgresql() -> None:
        if columns is PLAIN:
            result.copy.add(*copy(env, data, fields, len(cells)))

    for turn in (by_us, by_odoo, by_postgresql, by_odoo, by_us):
        with undone(env):
            turn()
    return result


def store(env: Any, cells: list[Cells]) -> list[str]:
    """Store the clients of the file; return the ids by which Odoo finds them again.

    Odoo's importer does not search for references: it updates with a file that has the
    External ID of each record, as its own export writes it.
    """
    _rows, _seconds, record = ours(env, client_file.text(tuple(PLAIN), cells))
    expect(record.created_count, len(cells), "created")
    partners = env["res.partner"].search(
        [("ref", "in", [row[0] for row in cells])], order="ref"
    )
    found = partners.export_data(["id"])["datas"]
    env.cr.commit()
    return [external for (external,) in found]


def measure_update(env: Any, cells: list[Cells], ids: list[str]) -> Result:
    """Import existing clients: ours a few times, Odoo's, ours as often again."""
    header, fields = tuple(PLAIN), tuple(PLAIN.values())
    data = client_file.text(header, cells)
    known = client_file.text(
        ("id", *header), [(i, *row) for i, row in zip(ids, cells, strict=True)]
    )
    result = Result()
    for turn in UPDATE_TURNS:
        with undone(env):
            if turn == "ours":
                count, seconds, record = ours(env, data)
                expect(record.updated_count + record.unchanged_count, count, "known")
                result.ours.add(count, seconds)
                result.written = written(env)
            else:
                result.stock.add(
                    *stock(
                        env,
                        known,
                        ("id", *header),
                        ("id", *fields),
                        STOCK_UPDATE_BATCHES,
                    )
                )
    return result


def written(env: Any) -> int:
    """Return how many partners this transaction has written."""
    env.cr.execute("SELECT count(*) FROM res_partner WHERE write_date >= now()")
    return int(env.cr.fetchone()[0])


def expect(found: int, wanted: int, what: str) -> None:
    """Raise an error if an importer did not do what is measured."""
    if found != wanted:
        raise RuntimeError(f"{found} rows {what} instead of {wanted}")
