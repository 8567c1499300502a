"""Cells that only what is stored of the client can explain."""

from collections.abc import Callable

import pytest
from importer.rows.clean import clean
from importer.rows.columns import map_columns
from importer.rows.resolve import columns_in_doubt, drop_problems, resolve_state
from importer.types import Candidate, CleanOptions, CleanRow, Lookups, Row

#: two countries with a state North, one with a state South
STATES = Lookups(states={"north": ((61, 2), (62, 3)), "south": ((63, 2),)})
Cleaned = Callable[..., list[CleanRow]]


def resolved(cells: tuple[str, ...], country: int | None) -> CleanRow:
    columns = map_columns(("reference", "state", "country")[: len(cells)])
    row = clean(Row(2, 1, cells), columns, STATES, CleanOptions())
    return resolve_state(row, columns, STATES, CleanOptions(), country)


@pytest.mark.parametrize(
    ("cell", "country", "state", "codes"),
    [
        ("North", 2, 61, []),
        ("North", 3, 62, []),
        ("North", None, None, ["cell_several"]),
        ("North", 4, None, ["cell_unknown"]),
        ("South", 2, 63, []),
        ("South", None, 63, []),
        ("South", 3, None, ["cell_unknown"]),
        ("East", 2, None, ["cell_unknown"]),
        ("", 2, None, []),
    ],
)
def test_a_state_without_a_country_is_one_of_the_clients_country(
    cell: str, country: int | None, state: int | None, codes: list[str]
) -> None:
    row = resolved(("1", cell), country)
    assert row.values.get("state") == state
    assert [problem.code for problem in row.problems] == codes


def test_a_state_that_is_cleared_stays_so() -> None:
    assert resolved(("1", "="), 3).values == {"state": None}


def test_a_row_with_a_country_of_its_own_is_left_as_it_is() -> None:
    row = resolved(("1", "South", "="), 3)
    assert row.values == {"country": None, "state": 63}


def dropped(
    row: CleanRow, spelled: dict[str, str], left: Candidate | None = None
) -> CleanRow:
    columns = map_columns(("reference", "email", "Beds"))
    stored = Candidate(7, "A", values={"email": "nobody"}, additional={"beds": "x"})
    return drop_problems(row, columns, (stored, left or stored), spelled)


def test_a_bad_cell_that_says_what_is_stored_is_no_problem(cleaned: Cleaned) -> None:
    row = cleaned("reference;email;Beds\n1;nobody;2\n")[0]
    columns = map_columns(("reference", "email", "Beds"))
    assert [target.header for target in columns_in_doubt(row, columns)] == ["email"]
    same = dropped(row, {"email": "nobody"})
    assert (same.problems, dict(same.values)) == ((), {})
    assert same.additional == {"Beds": "2"}
    assert dropped(row, {"email": "NOBODY"}) == row


def test_a_guard_and_space_are_no_difference(cleaned: Cleaned) -> None:
    row = cleaned("reference;email;Beds\n1; '=n/a ;2\n")[0]
    assert not dropped(row, {"email": " =n/a"}).problems


def test_what_an_earlier_row_has_changed_is_stored_no_more(cleaned: Cleaned) -> None:
    row = cleaned("reference;email;Beds\n1;nobody;2\n")[0]
    left = Candidate(7, "A", values={"email": "a@example.com"})
    assert dropped(row, {"email": "n/a"}, left) == row
