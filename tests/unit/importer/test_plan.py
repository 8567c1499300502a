"""The five modes, in file order."""

from collections.abc import Callable

import pytest
from importer.rows.match import repeated
from importer.rows.report import report
from importer.types import Candidate, Outcome, PlanOptions

Planned = Callable[..., list[Outcome]]

HERE = (
    "1",
    Candidate(7, "Zoë [1]", values={"name": "Zoë", "city": "Gent", "phone": ""}),
)


def kinds(outcomes: list[Outcome]) -> list[str]:
    return [o.problems[-1].code if o.problems else o.kind for o in outcomes]


@pytest.mark.parametrize(
    ("mode", "here", "missing"),
    [
        ("create", "match_exists", "create"),
        ("create_skip", "skip", "create"),
        ("update", "update", "match_missing"),
        ("update_skip", "update", "skip"),
        ("create_update", "update", "create"),
    ],
)
def test_mode(planned: Planned, mode: str, here: str, missing: str) -> None:
    outcomes = planned("reference;name\n1;New\n2;Other\n", mode, [HERE])
    assert kinds(outcomes) == [here, missing]


def test_a_text_that_is_stored_in_a_shape_of_its_own_is_unchanged(
    planned: Planned,
) -> None:
    normalizers = {"name": lambda text: text.replace(", ", ",")}
    stored = [("1", Candidate(7, "1", values={"name": "Roux, Anne"}))]
    rows = "reference;name\n1;Roux,Anne\n1;Roux,Anna\n"
    options = PlanOptions("update", normalizers=normalizers)
    outcomes = planned(rows, stored=stored, options=options)
    assert kinds(outcomes) == ["unchanged", "update"]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("create", ["create", "match_repeated", "match_repeated"]),
        ("create_skip", ["create", "skip", "skip"]),
        ("update", ["match_missing"] * 3),
        ("update_skip", ["skip"] * 3),
        ("create_update", ["create", "update", "unchanged"]),
    ],
)
def test_reference_twice(planned: Planned, mode: str, expected: list[str]) -> None:
    outcomes = planned("reference;name\n5;A\n5;B\n5;B\n", mode)
    assert kinds(outcomes) == expected
    if mode == "create":
        assert outcomes[1].problems[0].params == {"first": "2"}
    if mode == "create_update":
        assert outcomes[1].changes == {"name": ("A", "B")}


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("create", ["cell_email", "cell_email"]),
        ("create_skip", ["skip", "cell_email"]),
        ("update", ["cell_email", "cell_email"]),
        ("update_skip", ["cell_email", "skip"]),
        ("create_update", ["cell_email", "cell_email"]),
    ],
)
def test_a_bad_cell_of_a_row_that_is_skipped_is_no_problem(
    planned: Planned, mode: str, expected: list[str]
) -> None:
    outcomes = planned("reference;name;email\n1;New;bad\n2;Other;bad\n", mode, [HERE])
    assert kinds(outcomes) == expected


def test_a_row_that_is_none_is_rejected_in_every_mode(planned: Planned) -> None:
    rows = "reference;name\n1;New;more\n2;Other;more\n"
    for mode in ("create_skip", "update_skip"):
        assert kinds(planned(rows, mode, [HERE])) == ["row_extra_cells"] * 2


def test_a_yes_or_no_that_is_cleared_is_neither(planned: Planned) -> None:
    stored = [
        (reference, Candidate(number, "A", additional={"vegan": text}))
        for number, (reference, text) in enumerate([("1", "1"), ("2", "0"), ("3", "")])
    ]
    rows = "reference;name;Vegan\n1;;=\n2;;=\n3;;=\n"
    yes, no, nothing = planned(rows, "update", stored)
    assert yes.additional == {"Vegan": ("1", "")}
    assert no.additional == {"Vegan": ("0", "")}
    assert nothing.kind == "unchanged"


def test_second_row_is_taken_when_the_first_was_refused(planned: Planned) -> None:
    outcomes = planned("reference;name;email\n5;A;bad\n5;A;\n", "create")
    assert kinds(outcomes) == ["cell_email", "create"]


def test_only_differences_are_changes(planned: Planned) -> None:
    rows = "reference;name;city;phone\n1;Zoë;Mons;\n1;Zoë;Mons;\n"
    outcomes = planned(rows, "update", [HERE])
    assert outcomes[0].changes == {"city": ("Gent", "Mons")}
    assert outcomes[1].kind == "unchanged"


def test_nothing_and_nothing_are_the_same(planned: Planned) -> None:
    rows = "reference;phone;country;category\n1;=;=;=\n"
    assert kinds(planned(rows, "update", [HERE])) == ["unchanged"]


def test_a_name_is_needed_to_create(planned: Planned) -> None:
    outcomes = planned("reference;city\n1;Mons\n2;Mons\n", "create_update", [HERE])
    assert kinds(outcomes) == ["update", "row_no_name"]


def test_several_partners_are_named(planned: Planned) -> None:
    stored = [("9", Candidate(1, "A [9]")), ("9", Candidate(2, "B [9]"))]
    outcome = planned("reference;name\n9;C\n", "create_update", stored)[0]
    assert outcome.problems[0].code == "match_several"
    params = {"clients": "A [9], B [9]", "count": "2", "ids": "1,2"}
    assert outcome.problems[0].params == params


def test_match_is_exact(planned: Planned) -> None:
    stored = [("123", Candidate(1, "A")), ("abc", Candidate(2, "B"))]
    outcomes = planned("reference;name\n00123;C\nABC;D\n123;A\n", "create_skip", stored)
    assert kinds(outcomes) == ["create", "create", "skip"]


def test_partner_that_is_no_client_becomes_one(planned: Planned) -> None:
    plain = Candidate(3, "A", is_client=False, values={"name": "A"})
    options = PlanOptions("update", default_status="prospect")
    rows = "reference;name;status\n1;A;\n1;A;client\n"
    outcomes = planned(rows, stored=[("1", plain)], options=options)
    assert outcomes[0].changes == {"status": (None, "prospect")}
    assert outcomes[1].changes == {"status": ("prospect", "client")}


def test_what_the_import_gives_to_its_rows(planned: Planned) -> None:
    options = PlanOptions(
        "create_update", "prospect", category_ids=frozenset({21}), business_unit_id=30
    )
    here = Candidate(7, "Z", values={"category": frozenset({20}), "business_unit": 31})
    rows = "reference;name;category\n1;;\n2;B;vip\n"
    old, new = planned(rows, stored=[("1", here)], options=options)
    assert old.changes == {"category": (frozenset({20}), frozenset({20, 21}))}
    assert {key: value for key, (_, value) in new.changes.items()} == {
        "reference": "2",
        "name": "B",
        "status": "prospect",
        "business_unit": 30,
        "category": frozenset({20, 21}),
    }


def test_no_is_a_value_when_creating(planned: Planned) -> None:
    rows = "reference;name;active;type\n1;A;non;individual\n"
    changes = planned(rows)[0].changes
    assert changes["active"] == (None, False)
    assert changes["type"] == (None, False)


def test_additional_data_by_label_whatever_its_case(planned: Planned) -> None:
    here = Candidate(7, "Z", additional={"Code SAP": "007", "Other": "x"})
    rows = "reference;CODE_SAP;fresh\n1;007;\n1;008;new\n"
    outcomes = planned(rows, "update", [("1", here)])
    assert outcomes[0].kind == "unchanged"
    assert outcomes[1].additional == {
        "CODE_SAP": ("007", "008"),
        "fresh": ("", "new"),
    }


def test_report_adds_up(planned: Planned) -> None:
    rows = "reference;name\n1;Zoë\n\n1;New\n2;B\n;C\n"
    found = report(planned(rows, "create_update", [HERE]))
    assert (found.created, found.updated, found.unchanged) == (1, 1, 1)
    assert (found.skipped, found.rejected, found.rows, found.blank) == (0, 1, 4, 1)
    assert [p.code for p in found.problems] == ["row_no_reference"]
    assert (found + found).rows == 8


def test_repeated_finds_every_reference_that_comes_again() -> None:
    references = [str(n) for n in range(20_000)] + ["7", "19999"]
    found = repeated(references)
    assert {text for text in references if text in found} == {"7", "19999"}


def test_additional_data_that_a_cell_cannot_change(planned: Planned) -> None:
    here = Candidate(7, "Z", additional={"agent": "Ann"})
    options = PlanOptions(fixed={"agent": "many2one"})
    rows = "reference;name;Agent\n1;;Ann\n1;;Bob\n2;B;Ann\n"
    outcomes = planned(rows, stored=[("1", here)], options=options)
    assert kinds(outcomes) == ["unchanged", "cell_kind", "cell_kind"]


@pytest.mark.parametrize(
    ("column", "stored", "cell", "kind"),
    [
        ("vat", "BE0477472701", "be 0477.472.701", "unchanged"),
        ("vat", "BE0477472701", "0477472701", "update"),
        ("vat", "", "BE0477472701", "update"),
        ("website", "http://example.com", "example.com", "unchanged"),
        ("website", "https://example.com", "example.com", "update"),
        ("phone", "01 02", "0102", "update"),
    ],
)
def test_shapes_that_odoo_gives(
    planned: Planned, column: str, stored: str, cell: str, kind: str
) -> None:
    here = Candidate(7, "Z", values={column: stored})
    outcome = planned(f"reference;{column}\n1;{cell}\n", stored=[("1", here)])[0]
    assert outcome.kind == kind
