"""What a row may not overwrite, and what it may."""

from collections.abc import Callable

import pytest
from importer.rows.columns import map_columns
from importer.rows.protect import overwritten, protect, protected_groups
from importer.types import Candidate, Outcome

Planned = Callable[..., list[Outcome]]

FIELDS = {"vat": ("vat",), "address": ("street", "zip", "city")}
HEADER = ("reference", "zip", "vat", "address", "phone")


def test_groups_are_those_the_file_has_columns_of() -> None:
    columns = map_columns(HEADER)
    groups = protected_groups({**FIELDS, "state": ("state_id",)}, columns)
    assert groups == {"vat": ["vat"], "address": ["zip", "address"]}


@pytest.mark.parametrize(
    ("cells", "stored", "names"),
    [
        ("1000;V2;;", {"vat": "V1"}, {"vat"}),
        ("1000;V1;;", {"vat": "V1"}, set()),
        (";=;;", {"vat": "V1"}, {"vat"}),
        ("1000;;New;", {"address": "Old", "zip": ""}, {"address"}),
        ("1000;;New;", {"zip": "", "address": ""}, set()),
        ("1000;;New;", {"zip": "", "address": None}, set()),
        (";;;1", {"vat": "V1", "phone": "2"}, set()),
    ],
)
def test_overwritten(
    planned: Planned, cells: str, stored: dict[str, str], names: set[str]
) -> None:
    candidate = Candidate(7, "1", values=stored)
    text = ";".join(HEADER) + f"\n1;{cells}\n"
    (outcome,) = planned(text, stored=[("1", candidate)])
    groups = protected_groups(FIELDS, map_columns(HEADER))
    assert overwritten(outcome, groups) == names


def test_new_clients_overwrite_nothing(planned: Planned) -> None:
    (outcome,) = planned("reference;name;vat\n1;A;V1\n")
    assert overwritten(outcome, {"vat": ["vat"]}) == frozenset()


def test_protect_takes_a_group_out_and_says_so(planned: Planned) -> None:
    stored = {"vat": "V1", "zip": "1", "address": "A", "phone": "3"}
    candidate = Candidate(7, "1", values=stored)
    text = "reference;ZIP;vat;address;phone\n1;2;V2; B  C ;4\n"
    (outcome,) = planned(text, stored=[("1", candidate)])
    columns = map_columns(("reference", "ZIP", "vat", "address", "phone"))
    groups = protected_groups(FIELDS, columns)
    kept = protect(outcome, {"address"}, groups, columns)
    assert set(kept.changes) == {"vat", "phone"}
    assert kept.kept == {"zip": ("1", "2"), "address": ("A", "B  C")}
    assert kept.kind == "update"
    (problem,) = kept.problems
    assert (problem.line, problem.column, problem.value, problem.warning) == (
        2,
        "ZIP, address",
        "2, B C",
        True,
    )


def test_a_row_of_protected_values_alone_is_unchanged(planned: Planned) -> None:
    candidate = Candidate(7, "1", values={"vat": "V1"})
    (outcome,) = planned("reference;vat\n1;V2\n", stored=[("1", candidate)])
    columns = map_columns(("reference", "vat"))
    kept = protect(outcome, {"vat"}, {"vat": ["vat"]}, columns)
    assert (kept.kind, kept.changes) == ("unchanged", {})
