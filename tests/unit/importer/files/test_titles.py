"""Lines of a title above the header, in texts and in workbooks."""

import pytest
from importer.files.decode import decode, opener
from importer.files.read import Sheet, read
from importer.problems import FileProblem
from importer.rows.columns import header_test
from make_workbook import xlsx


def titled(data: str | bytes, delimiter: str = "", **mapping: str) -> Sheet:
    """Read a file that may begin with a title."""
    source = opener(data.encode() if isinstance(data, str) else data)
    return read(decode(source), delimiter, header_test(mapping=mapping))


def text_row(line: int, *cells: str) -> str:
    """A row of a sheet with these texts."""
    found = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in cells)
    return f'<row r="{line}">{found}</row>'


def test_a_workbook_with_a_title() -> None:
    rows = (("Clients",), ("Printed", "today"), ("ref", "nom", "ville"), ("1", "A"))
    sheet = titled(xlsx("".join(text_row(n * 2, *r) for n, r in enumerate(rows, 1))))
    assert (sheet.header, sheet.titles) == (("ref", "nom", "ville"), 2)
    assert [(row.line, row.number, row.blank_before) for row in sheet.rows()] == [
        (8, 1, 1)
    ]


def test_a_workbook_with_a_title_and_a_header_alone() -> None:
    rows = text_row(1, "Clients") + text_row(2, "reference", "name")
    with pytest.raises(FileProblem) as caught:
        titled(xlsx(rows))
    assert caught.value.problem.code == "file_no_rows"


def test_a_header_that_a_mapping_names() -> None:
    text = "Kunden;2026;\nKonto;Ort;Land\n1;Bonn;DE\n"
    assert titled(text).header == ("Kunden", "2026", "")
    assert titled(text, Konto="reference").header == ("Konto", "Ort", "Land")


def test_three_known_columns_are_a_header_too() -> None:
    sheet = titled("Clients\ncode;nom;ville;pays\n1;A;B;BE\n")
    assert (sheet.header, sheet.titles) == (("code", "nom", "ville", "pays"), 1)


def test_a_title_as_wide_as_the_header_is_the_header() -> None:
    assert titled("code;title\nreference;name\n1;A\n").header == ("code", "title")


def test_a_header_far_down_is_none() -> None:
    text = "\n".join([*("title" for _ in range(20)), "reference;name", "1;A"])
    assert titled(text, ";").header == ("title",)


def test_a_row_that_repeats_the_header_of_a_workbook() -> None:
    rows = (("reference", "name"), ("1", "A"), ("reference", "name"), ("2", "B"))
    sheet = titled(xlsx("".join(text_row(n, *row) for n, row in enumerate(rows, 1))))
    problems = [row.problem and row.problem.code for row in sheet.rows()]
    assert problems == [None, "row_header", None]
