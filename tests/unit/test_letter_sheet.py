"""Where the labels of a sheet and the address of an envelope are."""

from itertools import chain

import pytest
from letter_layout.address import MAX_LINES
from letter_layout.sheet import ENVELOPES, SENDER, SHEETS, LabelSheet, font_size

GOOD = {
    "columns": 3,
    "rows": 7,
    "width": 63.5,
    "height": 38.1,
    "left": 7.2,
    "top": 15.1,
    "pitch_x": 66,
    "pitch_y": 38.1,
}
SMALL = LabelSheet(
    columns=2, rows=2, width=100, height=50, left=5, top=10, pitch_x=101, pitch_y=52
)


@pytest.mark.parametrize("key", sorted(SHEETS))
def test_every_sheet_is_on_the_page_and_in_its_middle(key):
    sheet = SHEETS[key]
    assert sheet.is_on_page
    left, top = sheet.place(0)
    last_left, last_top = sheet.place(sheet.count - 1)
    assert left + last_left + sheet.width == pytest.approx(210, abs=0.02)
    assert top + last_top + sheet.height == pytest.approx(297, abs=0.02)


@pytest.mark.parametrize(
    ("key", "count", "left", "top"),
    [
        ("avery_l7159", 24, 7.21, 12.9),
        ("avery_l7160", 21, 7.21, 15.15),
        ("avery_l7161", 18, 7.21, 8.7),
        ("avery_l7163", 14, 4.65, 15.15),
        ("avery_l7651", 65, 4.75, 10.7),
        ("zweckform_3474", 24, 0, 0.5),
        ("zweckform_3659", 12, 8, 21.6),
        ("zweckform_3669", 15, 0, 21.5),
        ("herma_4614", 24, 6, 13.3),
        ("herma_4620", 16, 0, 0.5),
    ],
)
def test_sheets_have_the_numbers_of_their_makers(key, count, left, top):
    sheet = SHEETS[key]
    assert sheet.count == count
    assert sheet.place(0) == pytest.approx((left, top), abs=0.01)


def test_labels_are_filled_line_by_line_from_the_first_free_one():
    assert list(SMALL.places(3, 2)) == [[(106, 10), (5, 62), (106, 62)]]
    assert list(SMALL.places(4, 4)) == [
        [(106, 62)],
        [(5, 10), (106, 10), (5, 62)],
    ]
    assert list(SMALL.places(0)) == []


@pytest.mark.parametrize("number", [1, 3, 4, 5, 8, 9, 100])
@pytest.mark.parametrize("first", [1, 2, 4])
def test_each_label_is_used_once_and_sheets_are_full(number, first):
    sheets = list(SMALL.places(number, first))
    assert len(list(chain(*sheets))) == number
    assert all(len(set(sheet)) == len(sheet) for sheet in sheets)
    assert all(len(sheet) == SMALL.count for sheet in sheets[1:-1])
    assert len(sheets) == -(-(first - 1 + number) // SMALL.count)


@pytest.mark.parametrize(
    "wrong",
    [
        {"columns": 0},
        {"rows": 0},
        {"columns": 4},
        {"rows": 8},
        {"width": 67},
        {"height": 39},
        {"left": -1},
        {"top": 31},
        {"pitch_x": 60},
        {"pitch_y": 30},
        {"width": 0},
    ],
)
def test_labels_beyond_the_sheet_or_on_top_of_each_other_are_refused(wrong):
    assert LabelSheet(**GOOD).is_on_page
    assert not LabelSheet(**{**GOOD, **wrong}).is_on_page


@pytest.mark.parametrize("key", sorted(SHEETS))
def test_three_lines_fit_every_label(key):
    lines = ["Marie-Claude Roussel", "8 avenue du Maréchal Foch", "38000 GRENOBLE"]
    sheet = SHEETS[key]
    size = sheet.font_size(lines)
    assert 5 <= size <= 10
    assert 3 * size * 1.2 * 25.4 / 72 <= sheet.height - 2 * sheet.padding


def test_letters_get_smaller_before_lines_are_broken():
    short, long, longest = "a" * 20, "a" * 45, "a" * 90
    assert font_size([short] * 3, 60, 30) == 10
    assert 7 <= font_size([long] * 3, 60, 30) < 10
    # Two lines each, in letters as large as they can be.
    assert font_size([longest], 60, 30) == 10
    assert font_size([short] * 6, 60, 16) < 7
    assert font_size([longest] * 20, 60, 16) == 5
    assert font_size([short.upper()] * 3, 44, 30) < font_size([short] * 3, 44, 30)


@pytest.mark.parametrize("key", sorted(ENVELOPES))
def test_the_address_of_an_envelope_is_where_the_post_reads_it(key):
    envelope = ENVELOPES[key]
    assert envelope.width > envelope.height
    assert envelope.left >= envelope.width / 2
    assert envelope.top >= 40
    assert envelope.top + MAX_LINES * 4.94 <= envelope.height - 15
    assert envelope.left + 80 <= envelope.width - 15
    assert SENDER[1] < envelope.top
