"""Names in one cell: whatever they hold, they come back as they were."""

import pytest
from importer.text.name_list import join_names, split_names


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["VIP"],
        ["VIP", "Groups / Youth"],
        ["Food, drinks"],
        ["Food, drinks", "a;b", 'the "best"', "l'école"],
        ['"', '""', '";"'],
        ["two\nlines", "x"],
    ],
)
def test_there_and_back(names: list[str]) -> None:
    assert split_names(join_names(names)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a; b,c\n d ", ["a", "b", "c", "d"]),
        ("a;;b,", ["a", "b"]),
        ('"a, b" ; c', ["a, b", "c"]),
        ('"open; c', ['"open', "c"]),
        ('12" screens, c', ['12" screens', "c"]),
        ('"a" b; c', ['"a" b', "c"]),
        (" ; ,", []),
    ],
)
def test_as_people_write_it(text: str, names: list[str]) -> None:
    assert split_names(text) == names
