"""The lines of an address in the window of an envelope."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter_layout.address import AddressProblem, problems, window_lines


def test_france_has_the_town_in_capitals_and_no_punctuation_below_the_names():
    lines = window_lines(
        ["Collège J. Moulin", "M. Paul Petit"],
        ["12, rue de l'Église", "", "69002 Lyon"],
        "",
        "FR",
    )
    assert lines == [
        "Collège J. Moulin",
        "M. Paul Petit",
        "12 rue de l'Église",
        "69002 LYON",
    ]


@pytest.mark.parametrize(
    ("code", "town"), [("DE", "10115 Berlin"), ("NL", "1011 AB AMSTERDAM"), ("", "X y")]
)
def test_the_town_is_in_capitals_where_the_country_wants_it(code, town):
    given_town = {"NL": "1011 AB Amsterdam"}.get(code, town)
    assert window_lines(["A"], ["Weg 1", given_town], "", code)[-1] == town


def test_a_country_abroad_is_the_last_line_in_capitals():
    lines = window_lines(["A"], ["Weg 1", "10115 Berlin"], "Allemagne", "DE")
    assert lines[-2:] == ["10115 Berlin", "ALLEMAGNE"]


def test_a_line_that_repeats_the_one_above_is_left_out():
    assert window_lines(["Ann", "ANN"], ["Weg 1"], "", "DE") == ["Ann", "Weg 1"]


def test_a_name_from_right_to_left_stays_as_it_is():
    assert window_lines(["משפחת כהן"], ["1 Weg"], "", "IL")[0] == "משפחת כהן"


def test_what_the_post_cannot_read_is_said():
    lines = ["x" * 39, *"abcdef"]
    assert problems(lines, street=False, city=False) == [
        AddressProblem("no_street"),
        AddressProblem("no_city"),
        AddressProblem("too_many"),
        AddressProblem("too_long", "x" * 39),
    ]
    assert problems(["x" * 38, *"abcde"], street=True, city=True) == []


texts = st.lists(st.text(max_size=60), max_size=6)


@given(texts, texts, st.text(max_size=20), st.sampled_from(["FR", "NL", "DE", ""]))
def test_no_line_is_empty_or_has_spaces_around(names, address, country, code):
    for line in window_lines(names, address, country, code):
        assert line
        assert line == " ".join(line.split())
