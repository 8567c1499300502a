"""Generates files of realistic clients, as another system would export them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from .people import CITIES, FIRST, LAST

#: header -> field that Odoo's own importer is told to fill
PLAIN = {
    "reference": "ref",
    "name": "name",
    "address": "street",
    "address_additional": "street2",
    "zip": "zip",
    "city": "city",
    "phone": "phone",
    "email": "email",
    "website": "website",
}
RELATIONS = {**PLAIN, "country": "country_id", "category": "category_id"}
COUNTRIES = ("Belgium", "France", "Netherlands", "Germany", "Luxembourg")
CATEGORIES = ("Bench school", "Bench family", "Bench company")
CITY = tuple(PLAIN).index("city")
Cells = tuple[str, ...]


def clients(start: int, stop: int) -> Iterator[Cells]:
    """Yield the cells of the clients from number *start* up to *stop*."""
    for n in range(start, stop):
        name = f"{LAST[n % len(LAST)]} {FIRST[n // 7 % len(FIRST)]} {n}"
        yield (
            f"F{n:08}",
            name,
            f"Kerkstraat {n % 300}",
            f"Bus {n % 40}",
            f"{1000 + n % 8000}",
            CITIES[n % len(CITIES)],
            f"+32470{n % 1_000_000:06}",
            f"f{n}@example.com",
            f"https://f{n}.example.com",
        )


def with_relations(rows: Iterable[Cells]) -> Iterator[Cells]:
    """Add a country and a category by their names."""
    for n, row in enumerate(rows):
        country, category = COUNTRIES[n % 5 * (n % 3) % 5], CATEGORIES[n % 3]
        yield (*row, country, category)


def moved(rows: Iterable[Cells], every: int = 1) -> Iterator[Cells]:
    """Give one row in *every* another city, each a different one."""
    for n, row in enumerate(rows):
        city = f"{row[CITY]} {n}" if n % every == 0 else row[CITY]
        yield (*row[:CITY], city, *row[CITY + 1 :])


def text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return the bytes of a CSV file."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(chain([header], rows))
    return stream.getvalue().encode()
