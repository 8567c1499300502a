"""Numbers of a spreadsheet as the texts that its user sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importer.text.number_text import formatter, iso_text, number_text


def shown(code: str, stored: str, from_1904: bool = False) -> str:
    return formatter(200, {200: code}, from_1904)(stored)


@pytest.mark.parametrize(
    ("code", "stored", "text"),
    [
        ("General", "1.5", "1.5"),
        ("0", "12", "12"),
        ("0.00", "12.3456", "12.3456"),
        ("#,##0", "1234567", "1234567"),
        ("#,##0.00", "1234567.5", "1234567.5"),
        ('#,##0.00\\ "€"', "5", "5"),
        ("[$€-40C]#,##0", "1500", "1500"),
        ("0%", "0.155", "0.155"),
        ("0.00E+00", "123456789012", "123456789012"),
        ("# ?/?", "5", "5"),
        ("# ##0", "1250000", "1250000"),
        ("#\\ ##0", "1250", "1250"),
        ('0" €"', "7", "7"),
        ("@", "7", "7"),
        ("[Red]0", "7", "7"),
    ],
)
def test_a_pretty_figure_is_the_number(code: str, stored: str, text: str) -> None:
    assert shown(code, stored) == text


@pytest.mark.parametrize(
    ("code", "stored", "text"),
    [
        ("00000", "123", "00123"),
        ("00000", "123456", "123456"),
        ("[$-40C]00000", "1000", "01000"),
        ("[&lt;=9]00".replace("&lt;", "<"), "7", "07"),
        ("0#\\ ##\\ ##\\ ##\\ ##", "612345678", "06 12 34 56 78"),
        ('0#" "##" "##" "##" "##', "612345678", "06 12 34 56 78"),
        ("0#\\ ##\\ ##\\ ##\\ ##", "5", "00 00 00 00 05"),
        ("[>=100]000-0;[<100]00", "1234", "123-4"),
        ("[>=100]000-0;[<100]00", "7", "07"),
        (
            "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####",
            "4155550148",
            "(415) 555-0148",
        ),
        ('"C-"0000', "42", "C-0042"),
        ("\\+#", "33612345678", "+33612345678"),
        ("00000", "-5", "-5"),
        ("00000", "1.5", "1.5"),
        ("00000_);(00000)", "12", "00012"),
    ],
)
def test_a_mask_is_followed(code: str, stored: str, text: str) -> None:
    assert shown(code, stored) == text


@pytest.mark.parametrize(
    ("code", "stored", "text"),
    [
        ("dd/mm/yyyy", "45296", "2024-01-05"),
        ("dd/mm/yyyy", "45296.75", "2024-01-05"),
        ("mmmm", "45296", "2024-01-05"),
        ("[$-40C]d mmmm yyyy", "45296", "2024-01-05"),
        ("dd/mm/yyyy hh:mm", "45296.604166666664", "2024-01-05 14:30:00"),
        ("dd/mm/yyyy hh:mm", "45296", "2024-01-05"),
        ("yyyy-mm-dd hh:mm:ss", "45296.99999", "2024-01-05 23:59:59"),
        ("dd/mm/yyyy", "1", "1900-01-01"),
        ("dd/mm/yyyy", "59", "1900-02-28"),
        ("dd/mm/yyyy", "61", "1900-03-01"),
        ("dd/mm/yyyy", "2958465", "9999-12-31"),
        ("dd/mm/yyyy", "2958466", "2958466"),
        ("dd/mm/yyyy", "-1", "-1"),
        ("hh:mm", "0.5", "12:00"),
        ("h:mm AM/PM", "0.75", "18:00"),
        ("hh:mm:ss", "0.500011574", "12:00:01"),
        ("[h]:mm", "1.5", "36:00"),
        ('"day" 0', "5", "5"),
        ("\\d0", "5", "5"),
    ],
)
def test_a_date_is_iso(code: str, stored: str, text: str) -> None:
    assert shown(code, stored) == text


def test_formats_by_number() -> None:
    assert formatter(14, {}, False)("45296") == "2024-01-05"
    assert formatter(20, {}, False)("0.5") == "12:00"
    assert formatter(46, {}, False)("2") == "48:00"
    assert formatter(9, {}, False)("0.5") == "0.5"
    assert formatter(14, {14: "0"}, False)("45296") == "45296", "the file's own wins"


@pytest.mark.parametrize(
    ("stored", "text"),
    [("0", "1904-01-01"), ("43834", "2024-01-05"), ("2957003", "9999-12-31")],
)
def test_dates_from_1904(stored: str, text: str) -> None:
    assert shown("dd/mm/yyyy", stored, from_1904=True) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_exact_and_plain(number: float) -> None:
    text = number_text(repr(number))
    assert float(text) == number
    assert "E" not in text.upper()
    assert not text.endswith(".0")


@given(st.integers(-(10**18), 10**18))
def test_every_whole_number_is_as_stored(number: int) -> None:
    assert number_text(str(number)) == str(number)
    assert number_text(f"{number}.0") == str(number)


@given(st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False))
def test_no_format_fails(code: str, number: float) -> None:
    assert isinstance(shown(code, repr(number)), str)


@given(st.text('0#?-+() dmyhs;[]<>=1"\\_*.,/%@', max_size=12), st.integers(0, 10**12))
def test_no_odd_format_fails(code: str, number: int) -> None:
    assert isinstance(shown(code, str(number)), str)


def test_iso() -> None:
    assert iso_text("2024-01-05T00:00:00.000Z") == "2024-01-05"
    assert iso_text("2024-01-05T10:00:00") == "2024-01-05 10:00:00"
