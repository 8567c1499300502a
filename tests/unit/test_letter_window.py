"""Where the windows of envelopes are, and what of a letter may be printed."""

import pytest
from letter_layout.address import MAX_LINES
from letter_layout.safe_html import is_own_image, printable
from letter_layout.window import (
    LINE_HEIGHT,
    WINDOWS,
    Window,
    default_window,
    moved,
)


@pytest.mark.parametrize("key", sorted(WINDOWS))
def test_every_window_is_on_the_page_and_holds_six_lines(key):
    window = WINDOWS[key]
    assert window.is_on_page
    assert window.text_top + MAX_LINES * LINE_HEIGHT <= window.bottom
    assert window.left < window.text_left
    assert window.text_left + window.text_width == window.left + window.width


def test_the_windows_of_din_5008_have_room_for_the_sender():
    assert {key for key, window in WINDOWS.items() if window.has_sender} == {
        "left_a",
        "left_b",
    }


@pytest.mark.parametrize(
    ("code", "key"),
    [("FR", "right"), ("BE", "right"), ("CH", "right_swiss"), ("NL", "left_b")],
)
def test_each_country_starts_with_its_usual_window(code, key):
    assert default_window(code) == key


def test_the_offset_of_the_printer_moves_the_address():
    window = moved(WINDOWS["left_b"], 1.5, -2)
    assert (window.text_left, window.top) == (26.5, 43)


@pytest.mark.parametrize(
    "wrong",
    [
        {"left": -1},
        {"top": 10},
        {"width": 5},
        {"height": 5},
        {"left": 150},
        {"top": 250},
    ],
)
def test_a_window_beyond_the_page_is_refused(wrong):
    good = {"left": 20, "top": 45, "width": 85, "height": 45}
    assert Window(**good).is_on_page
    assert not Window(**{**good, **wrong}).is_on_page


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("/web/image/12-ab/logo.png", True),
        ("data:image/png;base64,AAAA", True),
        ("data:image/svg+xml;base64,AAAA", False),
        ("http://intranet/x.png", False),
        ("//intranet/x.png", False),
        ("/web/content/1", False),
        ("/web/image//evil", False),
        ("/web/image/../../x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_images_of_the_database_are_own(address, own):
    assert is_own_image(address) is own


@pytest.mark.parametrize(
    "text",
    [
        '<p>Hi<img src="http://x/y.png"></p>',
        '<p style="background: u\\72l(http://x/y)">Hi</p>',
        '<p style="background: URL(http://x/y)">Hi</p>',
        '<p>Hi</p><iframe src="http://x/y"></iframe>',
        '<p>Hi</p><link rel="stylesheet" href="http://x/y">',
        '<table background="http://x/y"><tr><td>Hi</td></tr></table>',
        '<p>Hi</p><img src="/web/image/1" srcset="http://x/y 2x">',
        '<p>Hi</p><svg><image href="http://x/y"/></svg>',
        '<p>Hi</p><input type="image" src="http://x/y">',
        '<p>Hi</p><video poster="http://x/y"></video>',
        "<p>Hi</p><style>@import 'http://x/y'</style>",
    ],
)
def test_nothing_of_a_text_makes_the_server_fetch_something(text):
    cleaned = printable(text)
    assert "Hi" in cleaned
    assert "x/y" not in cleaned


def test_links_and_own_images_stay():
    text = '<p>Hi <a href="http://x/y">there</a><img src="/web/image/1"></p>'
    assert printable(text) == f"<div>{text}</div>"
    assert printable(" ") == ""
