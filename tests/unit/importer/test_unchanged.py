"""What is unchanged at a look is unchanged by the plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importer.rows.columns import STANDARD, map_columns
from importer.rows.fast_clean import FastCleaner
from importer.rows.match import match
from importer.rows.plan import Ledger, plan
from importer.rows.unchanged import UnchangedDetector
from importer.text.fold import as_cell
from importer.types import Candidate, CleanOptions, Lookups, PlanOptions, Row

HEADER = ("reference", "name", "city", "email", "country", "active", "category", "Size")
COLUMNS = map_columns(HEADER, STANDARD, {})
LOOKUPS = Lookups({"country": {"france": (1,), "congo": (2, 3)}, "category": {}})
STORED = ("name", "city", "email", "country", "active")
TEXTS = ("", "a", " a", "a ", "'a", "'=a", "=", '="1"', "a\r\nb", "\n a", "x" * 3000)
TEXT = st.one_of(st.sampled_from(TEXTS), st.text("ab='\n\r \u00a0", max_size=4))
EMAIL = st.sampled_from(("", "a@b.be", "nobody", " a@b.be"))
COUNTRY = st.sampled_from(("", "France", "FRANCE", " France", "Congo", "Nowhere"))
FLAG = st.sampled_from(("", "yes", "no", "perhaps"))
LEFT = st.sampled_from(("", "", "", "L"))
CELLS = st.tuples(TEXT, TEXT, EMAIL, COUNTRY, FLAG, LEFT, LEFT)
KNOWN = st.tuples(
    TEXT, TEXT, EMAIL, st.sampled_from((None, 1)), st.sampled_from((None, False, True))
)


def detector_of(columns=COLUMNS, options=None):
    cleaner = FastCleaner(columns, LOOKUPS, options or CleanOptions())
    return UnchangedDetector(columns, cleaner, STORED.__contains__)


def row_of(*cells):
    return Row(2, 1, cells)


def is_unchanged(detector, row, known):
    return detector.may_be(row) and detector.is_unchanged(
        row, stored_as(detector, known)
    )


def stored_as(detector, known):
    """The values as a query gives them: texts are empty, all else is None."""
    values = [known[key] for key in detector.keys]
    count = detector.text_count
    return tuple(values[:count]) + tuple(value or None for value in values[count:])


@given(CELLS, KNOWN, st.sampled_from(("update", "update_skip", "create_update")))
def test_a_row_that_is_the_same_is_unchanged_by_the_plan(cells, known, mode):
    detector, known = detector_of(), dict(zip(STORED, known, strict=True))
    row = row_of("1", *cells)
    if not is_unchanged(detector, row, known):
        return
    values = {k: as_cell(v) if isinstance(v, str) else v for k, v in known.items()}
    values["active"] = bool(values["active"])
    candidate = Candidate(9, "A [1]", values=values)
    found = match(detector.cleaner.clean(row), {"1": (candidate,)})
    assert plan(found, PlanOptions(mode), Ledger()).kind == "unchanged"


@pytest.mark.parametrize(
    "cells",
    [
        ("Zoé", "Gent", "a@b.be", "France", "yes", "", ""),
        ("Zoé", "", "", "", "", "", ""),
        ("", "Gent", "", "FRANCE", "", "", ""),
        ("Zoé ", "Gent", "", "", "", "", ""),
    ],
)
def test_a_row_that_says_what_is_stored_is_the_same(cells):
    detector = detector_of()
    known = {
        "name": cells[0] or "Zoé",
        "city": "Gent",
        "email": "a@b.be",
        "country": 1,
        "active": True,
    }
    assert is_unchanged(detector, row_of("1", *cells), known)


@pytest.mark.parametrize(
    "cells",
    [
        ("Zoe", "Gent", "a@b.be", "France", "yes", "", ""),
        ("Zoé", "Gent", "b@b.be", "France", "yes", "", ""),
        ("Zoé", "Gent", "a@b.be", "Nowhere", "yes", "", ""),
        ("Zoé", "Gent", "a@b.be", "France", "no", "", ""),
        ("Zoé", "Gent", "a@b.be", "France", "yes", "vip", ""),
        ("Zoé", "Gent", "a@b.be", "France", "yes", "", "L"),
    ],
)
def test_a_row_with_another_cell_goes_through_all_rooms(cells):
    detector = detector_of()
    known = ("Zoé", "Gent", "a@b.be", 1, True)
    known = dict(zip(STORED, known, strict=True))
    assert not is_unchanged(detector, row_of("1", *cells), known)


@pytest.mark.parametrize("guarded", ["'=1", "=", '="1"', " '=1"])
def test_a_guarded_cell_goes_through_all_rooms_even_when_it_is_stored_so(guarded):
    detector = detector_of()
    known = {"name": "A", "city": guarded, "email": "", "country": 1, "active": True}
    row = row_of("1", "A", guarded, "", "", "", "", "")
    assert not is_unchanged(detector, row, known)


@pytest.mark.parametrize(
    ("clean", "options"),
    [
        (CleanOptions(clear_empty=True), PlanOptions()),
        (CleanOptions(), PlanOptions("create")),
        (CleanOptions(), PlanOptions("create_skip")),
        (CleanOptions(), PlanOptions(category_ids=frozenset({1}))),
    ],
)
def test_an_import_that_writes_more_than_the_cells_takes_no_short_way(clean, options):
    assert not detector_of(options=clean).is_possible(options)
    assert detector_of().is_possible(PlanOptions())


def test_a_file_of_references_and_one_column_is_compared_too():
    columns = map_columns(("reference", "city"), STANDARD, {})
    detector = detector_of(columns)
    assert detector.is_unchanged(row_of("1", "Gent"), ("Gent",))
    assert not detector.is_unchanged(row_of("1", "Gand"), ("Gent",))
