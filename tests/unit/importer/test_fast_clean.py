"""The short way through the fourth room ends where the long one does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importer.rows.clean import RowCleaner, clean
from importer.rows.columns import STANDARD, map_columns
from importer.rows.fast_clean import FastCleaner
from importer.types import CleanOptions, Label, Lookups, Row

HEADER = (
    "reference", "name", "type", "email", "country", "state", "category", "comment",
    "active", "Size", "Weight",
)  # fmt: skip
COLUMNS = map_columns(HEADER, STANDARD, {})
LOOKUPS = Lookups(
    {"country": {"france": (1,), "congo": (2, 3)}, "category": {"vip": (7,)}},
    {"ain": ((4, 1),), "limburg": ((5, 2), (6, 3))},
    frozenset({"category"}),
)
LABELS = {
    "weight": Label("float"),
    "size": Label("selection", {"l": "large"}, {"large": "L"}),
}
OPTIONS = (
    CleanOptions(),
    CleanOptions(clear_empty=True),
    CleanOptions(warn_cells=True),
    CleanOptions(labels=LABELS),
    CleanOptions(new_labels=False),
)
ODD = (
    "", " ", "=", "a", "Zoé", " a", "a ", "a\r\nb", "'=1", '="0123"', "'s-Gravenhage",
    "\u200b", "x\u00a0", "1", "a@b.be", "nobody", "a@b.be; c@d.fr", "France", "FRANCE",
    "Congo", "Nowhere", "Ain", "Limburg", "VIP", "VIP, new", "individual", "yes", "1,5",
    "x" * 3000, "a\nb", "+32 470",
)  # fmt: skip
CELL = st.one_of(st.sampled_from(ODD), st.text(max_size=12))
ROW = st.tuples(*[CELL] * len(HEADER))


@given(st.lists(ROW, min_size=1, max_size=8), st.sampled_from(OPTIONS))
def test_both_ways_end_alike(cells, options):
    cleaner = FastCleaner(COLUMNS, LOOKUPS, options)
    # twice: the second time names are remembered
    for number, row in enumerate((*cells, *cells), 1):
        came = Row(number + 1, number, row)
        assert cleaner.clean(came) == clean(came, COLUMNS, LOOKUPS, options)


@pytest.mark.parametrize("options", OPTIONS[:1])
def test_a_plain_row_goes_the_short_way(options, monkeypatch):
    plain = ("1", "Zoé", "individual", "a@b.be", "France", "Ain", "VIP", "", "yes")
    row = Row(2, 1, (*plain, "L", ""))
    cleaner = FastCleaner(COLUMNS, LOOKUPS, options)
    first = cleaner.clean(row)

    def never(*_arguments):
        raise AssertionError("the long way")

    monkeypatch.setattr(RowCleaner, "clean", never)
    assert cleaner.clean(row) == first
    assert first.values["state"] == 4
    assert first.additional == {"Size": "L"}


def test_a_name_that_will_be_made_is_not_remembered():
    row = Row(2, 1, ("1", "A", "", "", "", "", "brand new", "", "", "", ""))
    cleaner = FastCleaner(COLUMNS, LOOKUPS, CleanOptions())
    cleaner.clean(row)
    LOOKUPS.tables["category"]["brand new"] = (8,)
    try:
        assert cleaner.clean(row).values["category"] == frozenset({8})
    finally:
        del LOOKUPS.tables["category"]["brand new"]
