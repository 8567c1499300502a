"""Cutting a statement into pages, without a database."""

import pytest
from statement_layout.pages import (
    FOOT_HEIGHT,
    HEAD_HEIGHT,
    ROW_HEIGHT,
    SPARE,
    cut,
    room,
)

FIRST, LATER = 160.0, 255.0


def used(page):
    """Return the height that a page needs."""
    lines = page.stop - page.start + (not page.is_first) + (not page.is_last)
    foot = FOOT_HEIGHT if page.is_last else 0
    return HEAD_HEIGHT + lines * ROW_HEIGHT + foot


@pytest.mark.parametrize("count", [0, 1, 14, 15, 16, 17, 18, 19, 20, 23, 24, 25, 200])
def test_every_row_is_on_one_page_and_all_fit(count):
    pages = cut(count, FIRST, LATER)
    rows = [row for page in pages for row in range(page.start, page.stop)]
    assert rows == list(range(count))
    for page in pages:
        assert used(page) + SPARE <= (FIRST if page.is_first else LATER)


def test_the_first_page_has_the_address_and_the_last_one_the_totals():
    pages = cut(200, FIRST, LATER)
    assert [page.is_first for page in pages] == [True] + [False] * (len(pages) - 1)
    assert [page.is_last for page in pages] == [False] * (len(pages) - 1) + [True]


def test_no_page_is_without_rows_when_all_fit_on_one():
    assert len(cut(5, FIRST, LATER)) == 1
    assert len(cut(0, FIRST, LATER)) == 1


def test_a_window_at_the_foot_of_the_sheet_leaves_the_totals_to_the_next_page():
    first, second = cut(2, HEAD_HEIGHT + SPARE + 2 * ROW_HEIGHT, LATER)
    assert (first.stop, second.start, second.is_last) == (1, 1, True)
    assert len(cut(0, 1, LATER)) == 2


def test_a_page_without_room_has_the_address_alone():
    assert room(0, 2) < 0
    first, *others = cut(2, 1, LATER)
    assert (first.start, first.stop) == (0, 0)
    assert sum(page.stop - page.start for page in others) == 2


def test_it_ends_however_little_room_there_is():
    assert [page.stop for page in cut(2, 1, 1)] == [0, 1, 2, 2]
