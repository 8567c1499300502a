"""XLSX as it is written: read by others, and exactly the same texts when it returns."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from importer.rows.clean import CLEAR, text_of
from importer.text.fold import trim
from importer.text.letters import without_signs
from importer.writers.write_csv import unguard, write_rejects
from importer.writers.write_xlsx import MOST_CHARACTERS, mark, sheet_name, write_xlsx
from make_workbook import opened

HEADER = ["reference", "name"]


def written(*rows: list[str], name: str = "Clients") -> bytes:
    return b"".join(write_xlsx([HEADER, *rows], name))


def test_read_by_openpyxl() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(["00123", "=1+1"], ["", "b"])))
    sheet = book["Clients"]
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        HEADER,
        ["00123", "=1+1"],
        [None, "b"],
    ]
    assert sheet["B2"].data_type == "s", "a text, not a formula"
    assert sheet["A2"].number_format == "@"
    assert sheet["A1"].font.bold and not sheet["A2"].font.bold
    assert sheet.freeze_panes == "A2"


def test_columns_are_as_wide_as_their_first_rows() -> None:
    data = written(["1", "x" * 30], ["2", "y" * 500])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    widths = [sheet.column_dimensions[letter].width for letter in "AB"]
    assert widths == [11, 50]


def test_it_is_sent_while_it_is_written() -> None:
    taken = 0

    def rows():  # type: ignore[no-untyped-def]
        nonlocal taken
        yield HEADER
        for taken in range(50_000):
            yield [str(taken * 7919), f"name {taken * 104729}"]

    pieces = write_xlsx(rows())
    first = next(pieces)
    assert first.startswith(b"PK")
    assert taken < 20_000
    rest = list(pieces)
    assert len(rest) > 5
    assert max(map(len, rest)) < 1 << 19
    with zipfile.ZipFile(io.BytesIO(first + b"".join(rest))) as package:
        assert package.testzip() is None


def test_only_a_header() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written()))
    assert [cell.value for cell in book.active[1]] == HEADER


def test_a_text_that_no_cell_can_hold_is_left_out() -> None:
    longest = "x" * (MOST_CHARACTERS - 1)
    rows = opened(written(["1", longest], ["2", longest + "xy"], ["3", "é\U0001f600"]))
    assert [row.cells[1] for row in rows.rows()] == [longest, "", "é\U0001f600"]
    wide = "\U0001f600" * (MOST_CHARACTERS // 2 + 1)
    [row] = opened(written(["1", wide])).rows()
    assert row.cells[1] == "", "counted as Excel counts"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("=", "'="),
        (" = ", "'="),
        (" '=x ", "''=x"),
        ("'=", "''="),
        ("=1+1", "=1+1"),
        ("'=1+1", "''=1+1"),
        ("''x", "'''x"),
        ("-5", "-5"),
        ("+33 4 78", "+33 4 78"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
    ],
)
def test_mark(text: str, found: str) -> None:
    assert mark(text) == found
    assert trim(unguard(found)) == trim(text)


ODD = st.sampled_from(
    [
        "=",
        "'=",
        "''=",
        " = ",
        "'=x",
        " '=",
        '="x"',
        "_x0041_",
        "a_x000d_",
        "\r\n",
        "\x0b",
    ]
)
TEXTS = ODD | st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=20
)


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_is_written_is_read(rows: list[list[str]]) -> None:
    rows = [[f"r{number}", *row] for number, row in enumerate(rows)]
    data = b"".join(write_xlsx([["reference", "b", "c"], *rows]))
    found = [row.cells for row in opened(data).rows()]
    assert [[text_of(cell) for cell in row] for row in found] == [
        [text_of_stored(cell) for cell in row] for row in rows
    ]
    assert all(text_of(cell, guarded=True) != CLEAR for row in found for cell in row)


def text_of_stored(text: str) -> str:
    """What the import compares a stored text with."""
    return trim(without_signs(text.replace("\r\n", "\n").replace("\r", "\n")))


@given(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=3))
def test_rejected_rows_are_guarded_and_read_as_the_same(cells: list[str]) -> None:
    cells = ["r", *cells]
    header = [f"h{number}" for number in range(len(cells))]
    data = b"".join(write_rejects(header, [(cells, 2, "why")], (), "", ""))
    [row] = opened(data).rows()
    found = row.cells[: len(cells)]
    assert [text_of(cell) for cell in found] == [text_of(cell) for cell in cells]
    assert [text_of(c, True) == CLEAR for c in found] == [
        text_of(c, True) == CLEAR for c in cells
    ]
    assert not any(c.startswith(("=", "@")) and c != "=" for c in found)


def test_rejected_rows_are_a_text_file_for_spreadsheets() -> None:
    data = b"".join(write_rejects(["a", "b"], [(["=1", "-5"], 7, "no")], (), "", ""))
    assert data == b"\xef\xbb\xbfa;b;line;error\r\n'=1;'-5;7;no\r\n"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Clients", "Clients"),
        ("a/b[c]*?:\\", "a b c"),
        ("x" * 40, "x" * 31),
        ("''", "1"),
    ],
)
def test_sheet_name(name: str, found: str) -> None:
    assert sheet_name(name) == found
    book = openpyxl.load_workbook(io.BytesIO(written(["1", "a"], name=name)))
    assert book.sheetnames == [found]
