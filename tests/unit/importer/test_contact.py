"""Whom the contact columns of a row mean."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from importer.rows.contact import CONTACT, KEYS, contacts_after, find
from importer.types import Candidate, CleanRow, Contact, Outcome

Planned = Callable[..., list[Outcome]]

ANNE = Contact(1, 11, True, "Anne", "de la Tour", "anne@example.com")
PAUL = Contact(2, 12, False, "Paul", "Roux", "office@example.com")
MARY = Contact(3, 13, False, "Mary", "Roux", "office@example.com")
SMITH = Contact(4, 0, False, "", "Smith", "")
ALL = (PAUL, MARY, SMITH, ANNE)


@pytest.mark.parametrize(
    ("first", "last", "email", "expected"),
    [
        ("", "", "", ANNE),
        ("", "", "new@example.com", ANNE),
        ("", "", "office@example.com", PAUL),
        ("Anne", "Martin", "ANNE@example.com", ANNE),
        ("", "de la Tour", "anne@example.com", ANNE),
        ("", "Martin", "anne@example.com", None),
        ("Zoé", "de la Tour", "anne@example.com", None),
        ("mary", "ROUX", "office@example.com", MARY),
        ("Mary", "Roux", "", MARY),
        ("Mary", "Roux", "else@example.com", MARY),
        ("Anne de", "la Tour", "", ANNE),
        ("Anne", "", "", ANNE),
        ("", "Roux", "", PAUL),
        ("Eve", "Smith", "", SMITH),
        ("Eve", "Roux", "office@example.com", None),
    ],
)
def test_whom_a_row_means(
    first: str, last: str, email: str, expected: Contact | None
) -> None:
    values = {
        "contact_first_name": first,
        "contact_last_name": last,
        "contact_email": email,
    }
    assert find(values, ALL) == expected


def test_without_a_main_contact_a_row_that_names_nobody_means_nobody() -> None:
    assert find({"contact_phone": "1"}, (PAUL, MARY)) is None


LEFT = replace(ANNE, is_main=False, is_ended=True)


@pytest.mark.parametrize(
    ("first", "last", "email", "contacts", "expected"),
    [
        ("", "", "", (LEFT,), None),
        ("", "", "anne@example.com", (LEFT,), None),
        ("Anne", "de la Tour", "", (LEFT,), LEFT),
        ("Anne", "Martin", "anne@example.com", (LEFT,), LEFT),
        ("Anne", "de la Tour", "", (LEFT, replace(LEFT, id=9, is_ended=False)), 9),
        ("Anne", "", "", (LEFT, replace(PAUL, first="Anne")), 2),
    ],
)
def test_who_left_is_meant_last_and_by_name_alone(
    first: str,
    last: str,
    email: str,
    contacts: tuple[Contact, ...],
    expected: Contact | int | None,
) -> None:
    values = {
        "contact_first_name": first,
        "contact_last_name": last,
        "contact_email": email,
    }
    found = find(values, contacts)
    assert (found.id if found and isinstance(expected, int) else found) == expected


def test_who_is_named_is_back() -> None:
    (back,) = contacts_after({"contact_first_name": "Anne"}, (LEFT,))
    assert (back.is_main, back.is_ended) == (True, False)


def test_empty_contact_cells_clear_nothing(
    cleaned: Callable[..., list[CleanRow]],
) -> None:
    header = ";".join(["reference", "name", *(column.key for column in CONTACT)])
    text = f"{header}\n1;A;;;;;;;\n2;B;Anne;;;;;;\n3;C;;;=;;;;\n"
    empty, named, cleared = cleaned(text, clear_empty=True)
    assert KEYS.isdisjoint(empty.values)
    assert named.values["contact_email"] == ""
    assert "contact_last_name" not in named.values
    assert cleared.values["contact_email"] == ""


def test_the_second_row_of_a_reference_knows_the_contact_of_the_first(
    planned: Planned,
) -> None:
    text = (
        "reference;name;contact_last_name;contact_email;contact_phone\n"
        "1;A;Roux;r@example.com;1\n1;A;;;2\n1;A;;r@example.com;2\n1;A;Petit;;3\n"
        "2;B;;;1\n"
    )
    outcomes = planned(text)
    kinds = [o.problems[-1].code if o.problems else o.kind for o in outcomes]
    assert kinds == ["create", "update", "unchanged", "update", "row_contact_no_name"]
    assert outcomes[1].changes == {"contact_phone": ("1", "2")}


def test_a_new_main_contact_has_nothing_of_the_one_before(planned: Planned) -> None:
    text = (
        "reference;name;contact_last_name;contact_email;contact_phone\n"
        "1;A;Roux;r@example.com;1\n1;A;Petit;;\n1;A;Petit;;1\n1;A;Petit;;1\n"
        "1;A;Roux;;\n1;A;Roux;r@example.com;\n"
    )
    outcomes = planned(text)
    kinds = ["create", "update", "update", "unchanged", "update", "unchanged"]
    assert [outcome.kind for outcome in outcomes] == kinds
    assert outcomes[2].changes == {"contact_phone": (None, "1")}


def test_spaces_in_a_name_change_nothing(planned: Planned) -> None:
    values = {"name": "A", "contact_first_name": "Anne Marie"}
    stored = [("1", Candidate(7, "A", values=values, contacts=(ANNE,)))]
    text = "reference;name;contact_first_name\n1;A;Anne  Marie\n"
    assert [o.kind for o in planned(text, stored=stored)] == ["unchanged"]
