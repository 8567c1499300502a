"""Which header is what, and that no header is ever more than it may be."""

import pytest
from importer.problems import FileProblem
from importer.rows.columns import STANDARD, map_columns
from importer.text.fold import fold_header


def roles(*header: str, **mapping: str) -> dict[str, tuple[str, str]]:
    targets = map_columns(header, mapping=mapping).targets
    return {target.header: (target.role, target.key) for target in targets}


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Reference", "reference"),
        ("  RÉFÉRENCE ", "reference"),
        ("Re\u0301fe\u0301rence", "reference"),
        ("\ufeffreferentie", "reference"),
        ("address-additional", "address_additional"),
        ("Address Additional", "address_additional"),
        ("Complément d\u2019adresse", "address_additional"),
        ("Téléphone", "phone"),
        ("E-Mail", "email"),
        ("BTW-nummer", "vat"),
        ("Business\u00a0Unit", "business_unit"),
        ("categorieën", "category"),
        ("gemeente", "city"),
        ("pays", "country"),
        ("langue", "language"),
    ],
)
def test_header_in_three_languages(header: str, key: str) -> None:
    columns = map_columns((header,) if key == "reference" else ("ref", header))
    assert columns.targets[-1].key == key
    assert columns.targets[-1].role == "standard"


def test_no_alias_means_two_columns() -> None:
    seen: dict[str, str] = {}
    for column in STANDARD:
        for name in (column.key, *column.aliases):
            assert seen.setdefault(fold_header(name), column.key) == column.key, name


@pytest.mark.parametrize(
    "header",
    [
        "id", ".id", "company_id", "user_ids/login", "__proto__", "constructor",
        "parent_id", "user_id", "client_status_id", "name@fr_FR", "write_uid",
        "category_id/id", "child_ids/name", "password", "groups_id", "x" * 500,
        "=cmd()", "{{ 7*7 }}", "property_account_receivable_id",
    ],
)  # fmt: skip
def test_attack_is_only_a_label(header: str) -> None:
    assert roles("reference", header)[header] == ("additional", header)


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("additional: Notes", "Notes"),
        ("Additional:phone", "phone"),
        ("additional: additional: x", "additional: x"),
        ("additional:", "additional:"),
    ],
)
def test_label_that_says_so(header: str, label: str) -> None:
    assert roles("reference", header)[header] == ("additional", label)


def test_a_figure_is_passed_over() -> None:
    found = roles("reference", "figure: client_since", "Figure:x", "figure:", "figures")
    assert [role for role, _ in found.values()] == [
        "standard", "ignored", "ignored", "additional", "additional",
    ]  # fmt: skip
    assert roles("reference", "figure: x", **{"figure: x": "phone"})["figure: x"] == (
        "standard",
        "phone",
    )


def test_near_miss_is_suggested_and_not_taken() -> None:
    target = map_columns(("reference", "phne", "phnoe", "code SAP")).targets
    assert [t.suggestion for t in target] == ["", "phone", "phone", ""]
    assert {t.role for t in target[1:]} == {"additional"}


def test_mapping_of_the_user_comes_first() -> None:
    found = roles(
        "customerID", "phone", "fax", customerID="reference", phone="+", Fax="-"
    )
    assert found == {
        "customerID": ("standard", "reference"),
        "phone": ("additional", "phone"),
        "fax": ("ignored", ""),
    }


@pytest.mark.parametrize(
    ("header", "ignored"),
    [
        (("reference", "line", "error"), {"line", "error"}),
        (("reference", "Error"), {"Error"}),
        (("reference", "line"), set()),
    ],
)
def test_columns_of_rejected_rows(header: tuple[str, ...], ignored: set[str]) -> None:
    found = roles(*header)
    assert {name for name, (role, _) in found.items() if role == "ignored"} == ignored


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (("name", "city"), "header_no_reference"),
        (("companyname",), "header_no_reference"),
        (("reference", "phone", "Phone"), "header_duplicate"),
        (("reference", "code SAP", "Code_sap"), "header_duplicate"),
        (("Reference", "reference"), "header_duplicate"),
    ],
)
def test_header_refused(header: tuple[str, ...], code: str) -> None:
    with pytest.raises(FileProblem) as refused:
        map_columns(header)
    assert refused.value.problem.code == code
    assert refused.value.problem.layer == "header"


@pytest.mark.parametrize(
    ("header", "read", "left"),
    [
        (("reference", "Comments", "comment"), "comment", "Comments"),
        (("reference", "comment", "Comments"), "comment", "Comments"),
        (("ref", "reference"), "reference", "ref"),
        # Of two synonyms the first one.
        (("reference", "Téléphone", "Tél."), "Téléphone", "Tél."),
    ],
)
def test_exact_name_wins_over_a_synonym(
    header: tuple[str, ...], read: str, left: str
) -> None:
    targets = {target.header: target for target in map_columns(header).targets}
    assert targets[read].role == "standard"
    assert (targets[left].role, targets[left].key) == ("additional", left)
    assert targets[left].double == read
    assert targets[left].suggestion == ""


def test_what_the_user_maps_wins_over_an_exact_name() -> None:
    targets = map_columns(("reference", "comment", "Memo"), mapping={"Memo": "comment"})
    found = {target.header: (target.role, target.double) for target in targets.targets}
    assert found["Memo"] == ("standard", "")
    assert found["comment"] == ("additional", "Memo")


def test_two_columns_that_the_user_maps_to_one_are_refused() -> None:
    mapping = {"Memo": "comment", "Info": "comment"}
    with pytest.raises(FileProblem) as refused:
        map_columns(("reference", "Memo", "Info"), mapping=mapping)
    assert refused.value.problem.code == "header_duplicate"


def test_mapping_to_nothing_known() -> None:
    with pytest.raises(FileProblem) as refused:
        map_columns(("reference", "x"), mapping={"x": "company_id"})
    assert refused.value.problem.code == "header_target"


def test_columns_without_a_header_are_nameless() -> None:
    columns = map_columns(("reference", "", " "))
    assert [target.role for target in columns.targets[1:]] == ["nameless"] * 2
    assert columns.labels == ()
