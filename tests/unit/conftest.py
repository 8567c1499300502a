"""What the tests of the import engine share: short ways to walk the rooms."""

from collections.abc import Callable, Iterable

import hypothesis
import pytest
from importer.files.decode import decode, opener
from importer.files.read import Sheet, read
from importer.rows.clean import clean
from importer.rows.columns import map_columns
from importer.rows.match import match, repeated
from importer.rows.plan import Ledger, plan
from importer.types import (
    Candidate,
    CleanOptions,
    CleanRow,
    Index,
    Lookups,
    Outcome,
    PlanOptions,
)

# A machine that is busy with other tests is no fault of the example at hand.
hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.load_profile("project")

LOOKUPS = Lookups(
    tables={
        "country": {"be": (1,), "belgium": (1,), "belgique": (1,), "fr": (2,)},
        "client_type": {"school": (10,), "family": (11,), "twin": (12, 13)},
        "category": {"vip": (20,), "ecole": (21,), "food, drinks": (22,)},
        "business_unit": {"camping": (30,)},
        "manager": {"lea": (40,), "lea@example.com": (40,)},
        "language": {"fr": ("fr_FR",), "french": ("fr_FR",)},
        "source": {"fair": (50,)},
    },
    states={"liege": ((60, 1),), "north": ((61, 2), (62, 3))},
    creatable=frozenset({"category"}),
)


@pytest.fixture
def sheet() -> Callable[..., Sheet]:
    """Read a text as a file."""

    def make(text: str | bytes, delimiter: str = "", encoding: str = "") -> Sheet:
        data = text.encode() if isinstance(text, str) else text
        return read(decode(opener(data), encoding), delimiter)

    return make


@pytest.fixture
def cleaned(sheet: Callable[..., Sheet]) -> Callable[..., list[CleanRow]]:
    """Clean all rows of a text."""

    def make(text: str, **options: bool) -> list[CleanRow]:
        found = sheet(text)
        columns = map_columns(found.header)
        return [
            clean(row, columns, LOOKUPS, CleanOptions(**options))
            for row in found.rows()
        ]

    return make


@pytest.fixture
def planned(cleaned: Callable[..., list[CleanRow]]) -> Callable[..., list[Outcome]]:
    """Plan all rows of a text against stored partners, as the check does."""

    def make(
        text: str,
        mode: str = "create_update",
        stored: Iterable[tuple[str, Candidate]] = (),
        options: PlanOptions | None = None,
    ) -> list[Outcome]:
        index: dict[str, tuple[Candidate, ...]] = {}
        for reference, candidate in stored:
            index[reference] = (*index.get(reference, ()), candidate)
        return plan_all(cleaned(text), index, options or PlanOptions(mode=mode))

    return make


def plan_all(rows: list[CleanRow], index: Index, options: PlanOptions) -> list[Outcome]:
    """Walk match and plan, remembering as the check does."""
    ledger = Ledger(repeated(row.reference for row in rows))
    outcomes = []
    for row in rows:
        outcomes.append(plan(match(row, index), options, ledger))
        ledger.remember(outcomes[-1], virtual=True)
    return outcomes
