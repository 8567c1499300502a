"""What the user answered about words that a list does not have."""

import pytest
from importer.files.decode import decode, opener
from importer.files.read import read
from importer.kinds.answers import (
    MOST_ANSWERS,
    column_name,
    resolve_answers,
    split_answers,
    with_answers,
)
from importer.kinds.registry import column_kind, label_kind
from importer.rows.clean import clean
from importer.rows.columns import STANDARD, map_columns
from importer.rows.fast_clean import FastCleaner
from importer.types import CleanOptions, Label, Lookups, New

COLUMNS = {column.key: column for column in STANDARD}
LOOKUPS = Lookups(
    {
        "country": {"belgium": (1,), "france": (2,)},
        "client_type": {"school": (5,)},
        "contact_role": {"escort": (7,), "traveller": (8,)},
    },
    {"namur": ((10, 1),), "paris": ((20, 2),), "limburg": ((11, 1), (30, 3))},
)


def answered(answers, creatable=()):
    return with_answers(LOOKUPS, COLUMNS.values(), answers, frozenset(creatable))


def cleaned(text, lookups=LOOKUPS, options=None):
    """Read one row in both ways: quickly and in full."""
    sheet = read(decode(opener(text.encode())))
    columns = map_columns(sheet.header)
    rows = list(sheet.rows())
    options = options or CleanOptions()
    fast = FastCleaner(columns, lookups, options)
    found = [clean(row, columns, lookups, options) for row in rows]
    assert [fast.clean(row) for row in rows] == found
    assert [fast.clean(row) for row in rows] == found
    return found


@pytest.mark.parametrize(
    ("key", "word", "answer", "value"),
    [
        ("status", "warm", "prospect", "prospect"),
        ("type", "Verein", "individual", False),
        ("active", "maybe", "0", False),
        ("country", "Frankrijk", "France", 2),
        ("client_type", "Ecole", "SCHOOL", 5),
        ("contact_role", "Guide", "escort", frozenset({7})),
        ("state", "Namen", "namur", 10),
    ],
)
def test_a_word_means_what_was_answered(key, word, answer, value):
    text = f"reference;{key}\nA;{word.upper()}\nB;{word}\n"
    for row in cleaned(text):
        assert row.refused
    for row in cleaned(text, answered({key: {word: answer}})):
        assert (row.values, row.problems) == ({key: value}, ())


def test_a_word_can_be_left_empty():
    lookups = answered({key: {"null": ""} for key in COLUMNS})
    text = "reference;country;state;status;contact_role\nA;NULL;NULL;NULL;Escort, null"
    (row,) = cleaned(text, lookups)
    assert row.values == {"contact_role": frozenset({7})}
    (row,) = cleaned(text, lookups, CleanOptions(clear_empty=True))
    assert not row.problems
    assert row.values["country"] is None
    assert row.values["state"] is None
    # It is not cleared: as with an empty cell.
    assert "status" not in row.values


def test_a_cell_of_which_nothing_is_left_is_empty():
    lookups = answered({"contact_role": {"x": "", "y": ""}})
    (row,) = cleaned("reference;contact_role\nA;x, y\n", lookups)
    assert (row.values, row.problems) == ({}, ())


def test_an_answer_never_changes_a_known_word():
    lookups = answered({"country": {"France": "Belgium"}, "status": {"client": ""}})
    (row,) = cleaned("reference;country;status\nA;France;client\n", lookups)
    assert row.values == {"country": 2, "status": "client"}


def test_a_word_with_several_meanings_can_be_decided():
    (row,) = cleaned("reference;state\nA;Limburg\n")
    assert [p.code for p in row.problems] == ["cell_several"]
    (row,) = cleaned(
        "reference;state\nA;Limburg\n", answered({"state": {"Limburg": "Namur"}})
    )
    assert row.values == {"state": 10}


def test_a_state_must_be_of_the_country_of_the_row():
    lookups = answered({"state": {"Namen": "Namur"}})
    text = "reference;country;state\nA;Belgium;Namen\nB;France;Namen\n"
    good, bad = cleaned(text, lookups)
    assert good.values == {"country": 1, "state": 10}
    assert [p.code for p in bad.problems] == ["cell_unknown"]


def test_a_word_is_created_only_where_that_is_allowed():
    answers = {"client_type": {"Choir": "+"}, "country": {"Narnia": "+"}}
    text = "reference;client_type;country\nA;choir;Narnia\n"
    (row,) = cleaned(text, answered(answers))
    assert [p.column for p in row.problems] == ["client_type", "country"]
    (row,) = cleaned(text, answered(answers, ["client_type"]))
    assert row.values == {"client_type": New("Choir")}


@pytest.mark.parametrize("answer", ["Germany", "limburg", "+", "x" * 600])
def test_an_answer_that_the_list_does_not_have_asks_again(answer):
    kind = column_kind(COLUMNS["state"], LOOKUPS)
    assert resolve_answers(kind, {"Somewhere": answer}) == {}


def test_a_name_that_is_too_long_is_not_created():
    kind = column_kind(COLUMNS["client_type"], LOOKUPS)
    assert resolve_answers(kind, {"x" * 501: "+"}, may_create=True) == {}


def test_answers_about_labels():
    labels = {
        "grade": Label(
            "selection", {"gold": "k1", "silver": "k2"}, {"k1": "Gold", "k2": "Silver"}
        ),
        "member": Label("boolean"),
    }
    answers = {
        "grade": resolve_answers(
            label_kind(labels["grade"]), {"or": "gold", "n/a": ""}
        ),
        "member": resolve_answers(label_kind(labels["member"]), {"perhaps": "no"}),
    }
    text = "reference;Grade;Member\nA;Or;perhaps\nB;n/a;yes\n"
    options = CleanOptions(labels=labels, answers=answers)
    first, second = cleaned(text, options=options)
    assert first.additional == {"Grade": "Gold", "Member": "0"}
    assert second.additional == {"Member": "1"}
    assert not first.problems
    assert not second.problems


def test_all_unknown_words_of_a_cell_are_named():
    (row,) = cleaned("reference;contact_role\nA;x, escort, y\n")
    assert [(p.code, p.value) for p in row.problems] == [
        ("cell_unknown", "x"),
        ("cell_unknown", "y"),
    ]


def test_columns_are_told_from_labels():
    answers = {"status": {"warm": "prospect"}, "additional:My_Grade": {"or": "gold"}}
    by_key, by_label = split_answers(answers)
    assert by_key == {"status": {"warm": "prospect"}}
    assert by_label == {"mygrade": {"or": "gold"}}
    assert column_name("standard", "status") == "status"
    assert column_name("additional", "My_Grade") == "additional:My_Grade"
    assert column_name("ignored", "x") == ""
    assert split_answers(None) == ({}, {})


def test_more_answers_than_a_list_can_have_are_not_read():
    kind = column_kind(COLUMNS["status"], LOOKUPS)
    answers = {f"word {number}": "client" for number in range(MOST_ANSWERS + 5)}
    assert len(resolve_answers(kind, answers)) == MOST_ANSWERS
