"""A pattern finds the texts that PostgreSQL's LIKE would."""

import pytest
from tools.like_pattern import like_pattern


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("Ro%", "Roux", True),
        ("Ro%", "Le Roux", False),
        ("%oux", "Le Roux", True),
        ("R_ux", "Roux", True),
        ("R_ux", "Rux", False),
        ("100\\%", "100%", True),
        ("100\\%", "1000", False),
        ("a.c", "abc", False),
        ("a%z", "a\nz", True),
        ("ro%", "Roux", False),
    ],
)
def test_it_matches_as_like_does(pattern: str, text: str, found: bool) -> None:
    assert bool(like_pattern(pattern).fullmatch(text)) is found


def test_case_can_be_ignored() -> None:
    assert like_pattern("éc%", ignore_case=True).fullmatch("ÉCOLE")
