"""What a cell says, and what it refuses to say."""

from collections.abc import Callable

import pytest
from importer.rows.clean import clean
from importer.rows.columns import map_columns
from importer.types import CleanOptions, CleanRow, Label, Lookups, New, Row

Cleaned = Callable[..., list[CleanRow]]


def one(cleaned: Cleaned, column: str, cell: str, **options: bool) -> CleanRow:
    cell = cell.replace('"', '""')
    return cleaned(f'reference;{column}\n1;"{cell}"\n2;x\n', **options)[0]


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("name", "  Zoë\u00a0", "Zoë"),
        ("zip", "01000", "01000"),
        ("phone", "+33 6 12 34 56 78", "+33 6 12 34 56 78"),
        ("vat", "00123456789012345678901", "00123456789012345678901"),
        ("comment", "a\r\nb\rc", "a\nb\nc"),
        ("comment", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("comment", "'=1+1", "=1+1"),
        ("comment", "'==", "=="),
        ("city", "'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("phone", "'+32 4", "+32 4"),
        ("type", "Particulier", False),
        ("type", "PROFESSIONNEL", True),
        ("type", "bedrijf", True),
        ("type", "individual", False),
        ("active", "oui", True),
        ("active", "Nee", False),
        ("active", "0", False),
        ("status", "Klant", "client"),
        ("status", "prospect", "prospect"),
        ("email", "zoe@example.com", "zoe@example.com"),
        ("email", "a@b.be; c@d.fr", "a@b.be; c@d.fr"),
        ("country", "Belgique", 1),
        ("country", "BE", 1),
        ("client_type", " SCHOOL ", 10),
        ("manager", "LEA@example.com", 40),
        ("language", "French", "fr_FR"),
        ("category", "VIP, École", frozenset({20, 21})),
        ("category", "vip;VIP", frozenset({20})),
        ("category", "Food, drinks", frozenset({22})),
        ("category", "Vip, New one", frozenset({20, New("New one")})),
        ("source", "fair", 50),
        ("state", "Liège", 60),
    ],
)
def test_cell(cleaned: Cleaned, column: str, cell: str, value: object) -> None:
    row = one(cleaned, column, cell)
    assert row.problems == ()
    assert row.values[column] == value
    assert type(row.values[column]) is type(value)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("active", "perhaps", "cell_flag"),
        ("type", "robot", "cell_type"),
        ("status", "friend", "cell_status"),
        ("email", "nobody", "cell_email"),
        ("email", "a@b", "cell_email"),
        ("email", "a@@b.be", "cell_email"),
        ("email", "a b@c.be", "cell_email"),
        ("email", "a@b.be, oops", "cell_email"),
        ("country", "Narnia", "cell_unknown"),
        ("client_type", "Twin", "cell_several"),
        ("client_type", "unheard", "cell_unknown"),
        ("manager", "nobody", "cell_unknown"),
        ("business_unit", "nowhere", "cell_unknown"),
        ("source", "nowhere", "cell_unknown"),
        ("state", "North", "cell_several"),
        ("state", "Nowhere", "cell_unknown"),
        ("name", "=", "cell_clear"),
        ("type", "=", "cell_clear"),
        ("active", "=", "cell_clear"),
        ("status", "=", "cell_clear"),
    ],
)
def test_cell_refused(cleaned: Cleaned, column: str, cell: str, code: str) -> None:
    row = one(cleaned, column, cell)
    assert [(p.code, p.line, p.column) for p in row.problems] == [(code, 2, column)]
    assert row.refused
    assert column not in row.values
    lenient = one(cleaned, column, cell, warn_cells=True)
    assert [p.code for p in lenient.problems] == [code]
    assert not lenient.refused
    assert column not in lenient.values


def test_problem_shows_the_cell_at_fault(cleaned: Cleaned) -> None:
    row = one(cleaned, "email", "not an address")
    assert row.problems[0].value == "not an address"
    assert row.problems[0].layer == "cell"


@pytest.mark.parametrize(
    ("column", "nothing"),
    [
        ("city", ""),
        ("email", ""),
        ("country", None),
        ("state", None),
        ("client_type", None),
        ("category", frozenset()),
    ],
)
def test_clearing(cleaned: Cleaned, column: str, nothing: object) -> None:
    assert one(cleaned, column, "=").values == {column: nothing}
    assert one(cleaned, column, "").values == {}
    assert one(cleaned, column, "", clear_empty=True).values == {column: nothing}


def test_what_empty_cells_never_clear(cleaned: Cleaned) -> None:
    for column in ("name", "active", "type", "status"):
        row = one(cleaned, column, "", clear_empty=True)
        assert (row.values, row.problems) == ({}, ())


def test_state_of_the_country_of_the_row(cleaned: Cleaned) -> None:
    row = cleaned("reference;state;country\n1;north;FR\n2;Liège;FR\n")
    assert row[0].values == {"country": 2, "state": 61}
    assert [p.code for p in row[1].problems] == ["cell_unknown"]


def test_all_problems_of_a_row_are_named(cleaned: Cleaned) -> None:
    row = cleaned("reference;active;email;country\n1;maybe;x;y\n")[0]
    assert [p.code for p in row.problems] == ["cell_flag", "cell_email", "cell_unknown"]


@pytest.mark.parametrize("reference", ["", "  ", "="])
def test_row_without_reference(cleaned: Cleaned, reference: str) -> None:
    row = cleaned(f"reference;name\n{reference};A\n2;B\n")[0]
    assert [p.code for p in row.problems] == ["row_no_reference"]


def test_reference_keeps_zeros_and_loses_space_and_guard(cleaned: Cleaned) -> None:
    rows = cleaned("reference;name\n 00123\u00a0;A\n'=1;B\n'-5;C\n")
    assert [row.reference for row in rows] == ["00123", "=1", "-5"]


def test_additional_data(cleaned: Cleaned) -> None:
    rows = cleaned("reference;code SAP\n1; 007 \n2;\n3;=\n4;'=x\n")
    assert [dict(row.additional) for row in rows] == [
        {"code SAP": "007"},
        {},
        {"code SAP": ""},
        {"code SAP": "=x"},
    ]


def test_additional_data_that_may_not_be_added() -> None:
    columns = map_columns(("reference", "Old", "New"))
    row = Row(2, 1, ("1", "a", "b"))
    found = clean(
        row, columns, Lookups(), CleanOptions(labels={"old": Label()}, new_labels=False)
    )
    assert dict(found.additional) == {"Old": "a"}
    assert [(p.code, p.column) for p in found.problems] == [("cell_no_label", "New")]


def test_cell_under_no_header_is_not_lost_silently(cleaned: Cleaned) -> None:
    rows = cleaned("reference;;name\n1;;A\n2;oops;B\n")
    assert [[p.code for p in row.problems] for row in rows] == [[], ["row_extra_cells"]]


@pytest.mark.parametrize(
    ("kind", "cell", "text"),
    [
        ("char", "007", "007"),
        ("integer", "1 250", "1250"),
        ("float", "1\u00a0250,5", "1250.5"),
        ("boolean", "oui", "1"),
        ("boolean", "non", "0"),
        ("date", "05/01/2024", "2024-01-05"),
        ("date", "2024-01-05", "2024-01-05"),
        ("date", "2024-01-05 14:30:00", "2024-01-05"),
        ("date", "2024-01-05T14:30:00.123Z", "2024-01-05"),
        ("date", "2024-01-05 14:30:00+01:00", "2024-01-05"),
        ("date", "5/1/2024 2:30 PM", "2024-01-05"),
        ("float", "0,125", "0.125"),
        ("float", "12,5", "12.5"),
        ("float", "1.2340", "1.2340"),
        ("float", "1250.125", "1250.125"),
        ("float", "1 250,125", "1250.125"),
        ("float", "1E5", "100000"),
        ("float", "-,5", "-0.5"),
        ("selection", "PREMIÈRE", "a1"),
        ("integer", "=", ""),
        ("many2one", "anything", "anything"),
    ],
)
def test_additional_data_of_a_kind(kind: str, cell: str, text: str) -> None:
    found = of_kind(kind, cell)
    assert (found.problems, dict(found.additional)) == ((), {"X": text})


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("integer", "many"),
        ("float", "1,2,3"),
        ("boolean", "perhaps"),
        ("date", "31/02/2024"),
        ("date", "05/01/20245"),
        ("date", "01/02/2024 to 05/02/2024"),
        ("date", "2024-01-02 garbage"),
        ("date", "2024-01-02-03"),
        ("float", "nan"),
        ("float", "-inf"),
        ("float", "1e999"),
        ("float", "1_0.5"),
        ("integer", "1_000"),
        ("integer", "9" * 30),
        ("integer", "9" * 5000),
        ("selection", "third"),
    ],
)
def test_additional_data_of_another_kind(kind: str, cell: str) -> None:
    found = of_kind(kind, cell)
    assert [(p.code, p.params["kind"]) for p in found.problems] == [("cell_kind", kind)]


@pytest.mark.parametrize(
    ("cell", "large", "small"),
    [
        ("1,000", "1000", "1.0"),
        ("1.000", "1000", "1.0"),
        ("-12.500", "-12500", "-12.5"),
        ("1.234", "1234", "1.2340"),
        ("999,999", "999999", "999.9990"),
    ],
)
def test_a_number_that_may_be_a_thousand_is_no_guess(
    cell: str, large: str, small: str
) -> None:
    problem = of_kind("float", cell).problems[0]
    assert (problem.code, problem.value) == ("cell_unclear", cell)
    assert problem.params == {"large": large, "small": small}
    for text in (large, small):
        assert not of_kind("float", text).problems


def test_a_spreadsheet_writes_a_point_before_decimals() -> None:
    found = of_kind("float", "1.234", points=True)
    assert (found.problems, dict(found.additional)) == ((), {"X": "1.2340"})
    assert of_kind("float", "1,234", points=True).problems


def of_kind(kind: str, cell: str, points: bool = False) -> CleanRow:
    label = Label(kind, {"premiere": "a1"})
    columns = map_columns(("reference", "X"))
    options = CleanOptions(labels={"x": label}, points=points)
    return clean(Row(2, 1, ("1", cell)), columns, Lookups(), options)
